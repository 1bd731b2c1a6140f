import type { Performance } from './performance.js'

/** A figure that several metrics are made of, computed once for each performance: a run may have a million bars. */
export function once<Figure>(compute: (performance: Performance) => Figure): (performance: Performance) => Figure {
  const known = new WeakMap<Performance, { readonly figure: Figure }>()
  return (performance) => {
    const found = known.get(performance)
    if (found !== undefined) return found.figure
    const figure = compute(performance)
    known.set(performance, { figure })
    return figure
  }
}
