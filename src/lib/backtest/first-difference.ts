/** First index from `from` on, before `until`, at which a − b < limit; `until` where there is none. NaN is not below. */
export function firstDifferenceBelow(
  a: Float64Array,
  b: Float64Array,
  limit: number,
  from: number,
  until: number,
): number {
  let i = from
  // Four at a time: it is the innermost loop of a sweep.
  for (const last = until - 3; i < last; i += 4) {
    if (a[i] - b[i] < limit) return i
    if (a[i + 1] - b[i + 1] < limit) return i + 1
    if (a[i + 2] - b[i + 2] < limit) return i + 2
    if (a[i + 3] - b[i + 3] < limit) return i + 3
  }
  while (i < until && !(a[i] - b[i] < limit)) i++
  return i
}
