import type { Clock } from '../../runtime/clock.js'

export interface TtlCache<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
}

/** Values that stand for themselves for `ttlMs`, at most `entries` of them: the one that was stored first goes first. */
export function createTtlCache<T>(entries: number, ttlMs: number, clock: Pick<Clock, 'monotonicMs'>): TtlCache<T> {
  const kept = new Map<string, { value: T; untilMs: number }>()
  return {
    get(key) {
      const found = kept.get(key)
      if (found === undefined) return undefined
      if (found.untilMs > clock.monotonicMs()) return found.value
      kept.delete(key)
      return undefined
    },
    set(key, value) {
      kept.delete(key)
      kept.set(key, { value, untilMs: clock.monotonicMs() + ttlMs })
      if (kept.size > entries) kept.delete(kept.keys().next().value!)
    },
  }
}
