/**
 * The k-th smallest value (from 0), found by rearranging `values` in place: what stands before position k is ≤ it, what
 * stands behind is ≥ it. Linear time: R. W. Floyd, R. L. Rivest (1975), "Algorithm 489: SELECT".
 * @param values without NaN
 * @param from @param to the part to look in, both inclusive; k lies inside
 */
export function quickselect(values: Float64Array, k: number, from = 0, to = values.length - 1): number {
  let left = from
  let right = to
  while (right > left) {
    if (right - left > 600) {
      // Narrow the range first to where a sample says that the value must be.
      const n = right - left + 1
      const rank = k - left + 1
      const logN = Math.log(n)
      const size = 0.5 * Math.exp((2 * logN) / 3)
      const sd = 0.5 * Math.sqrt((logN * size * (n - size)) / n) * (rank < n / 2 ? -1 : 1)
      const near = Math.max(left, Math.floor(k - (rank * size) / n + sd))
      const far = Math.min(right, Math.floor(k + ((n - rank) * size) / n + sd))
      quickselect(values, k, near, far)
    }
    const pivot = values[k]
    let i = left
    let j = right
    swap(values, left, k)
    if (values[right] > pivot) swap(values, left, right)
    while (i < j) {
      swap(values, i, j)
      i++
      j--
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
    }
    if (values[left] === pivot) swap(values, left, j)
    else {
      j++
      swap(values, j, right)
    }
    if (j <= k) left = j + 1
    if (k <= j) right = j - 1
  }
  return values[k]
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i]
  values[i] = values[j]
  values[j] = value
}
