import type { Performance } from './performance.js'

/** What several metrics share is computed once a performance: a run may have a million bars. */
export function once<Result>(compute: (performance: Performance) => Result): (performance: Performance) => Result {
  const kept = new WeakMap<Performance, { readonly result: Result }>()
  return (performance) => {
    const before = kept.get(performance)
    if (before !== undefined) return before.result
    const result = compute(performance)
    kept.set(performance, { result })
    return result
  }
}
