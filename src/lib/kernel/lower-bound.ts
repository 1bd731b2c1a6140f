/**
 * First position of an ascending column whose value is ≥ `value`; `until` where there is none. Binary search.
 * @param from @param until the part to look in, the second exclusive
 */
export function lowerBound(
  ascending: Int32Array | Float64Array,
  value: number,
  from = 0,
  until = ascending.length,
): number {
  let low = from
  let high = until
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}
