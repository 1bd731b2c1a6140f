/**
 * The order that makes rows ascend by `first`, then `second`, rows with equal keys as they came; null where they
 * already do.
 */
export function ascendingOrder(first: Int32Array, second?: Int32Array): Int32Array | null {
  const compare = (a: number, b: number): number =>
    first[a] - first[b] || (second === undefined ? 0 : second[a] - second[b]) || a - b
  let ascending = true
  for (let i = 1; i < first.length && ascending; i++) ascending = compare(i - 1, i) < 0
  return ascending ? null : Int32Array.from(first, (_, i) => i).sort(compare)
}

/** `values` in another order; the same array where there is nothing to move. */
export function reordered<T extends Int32Array | Float64Array>(values: T, order: Int32Array | null): T {
  if (order === null) return values
  const moved = values.slice() as T
  for (let i = 0; i < order.length; i++) moved[i] = values[order[i]]
  return moved
}
