/** For each of `wanted` (ascending) the last position in `days` (ascending) that is not after it; −1 where there is none. */
export function lastAtOrBefore(days: Int32Array, wanted: Int32Array): Int32Array {
  let at = -1
  return wanted.map((day) => {
    while (at + 1 < days.length && days[at + 1] <= day) at++
    return at
  })
}
