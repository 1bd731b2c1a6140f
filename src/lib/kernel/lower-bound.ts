/** First position of an ascending column whose value is ≥ `value`; the length where there is none. Binary search. */
export function lowerBound(ascending: Int32Array, value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}
