import type { EpochDay } from '../../kernel/day.js'

/** The values of one series that the lake holds: the last vintage of each period. */
export type StoredValues = ReadonlyMap<EpochDay, { readonly value: number; readonly knownOn: EpochDay }>

/**
 * When each value of an answer became known. The API gives no release dates, so:
 * - a value that the lake holds keeps the date it has there;
 * - one that is seen for the first time has the date of the publication rule or, where that lies later, the first
 *   decision day after the fetch: what has been seen is known, such as a forecast for a month to come;
 * - one that differs from the lake's is a revision, which nobody could use before the first decision day after the fetch.
 * @param byRule the publication rule's day for each period
 * @param afterFetch the first decision day after the fetch
 */
export function knownOnOfAnswer(
  period: Int32Array,
  value: Float64Array,
  byRule: Int32Array,
  stored: StoredValues,
  afterFetch: EpochDay,
): Int32Array {
  return Int32Array.from(period, (day, i) => {
    const before = stored.get(day)
    if (before === undefined) return Math.min(byRule[i], afterFetch)
    return before.value === value[i] ? before.knownOn : afterFetch
  })
}
