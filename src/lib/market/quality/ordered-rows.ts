/**
 * Row numbers in ascending order of up to two keys; the input order decides between equal keys. Rows that are in order
 * already cost one pass.
 */
export function orderedRows(first: Int32Array, second: Int32Array | null): Int32Array {
  const rows = Int32Array.from({ length: first.length }, (_, row) => row)
  const compare = (a: number, b: number): number => first[a] - first[b] || (second ? second[a] - second[b] : 0) || a - b
  for (let row = 1; row < rows.length; row++) {
    if (compare(row - 1, row) > 0) return rows.sort(compare)
  }
  return rows
}

export function inOrder<T extends Int32Array | Float64Array>(column: T, rows: Int32Array): T {
  const ordered = column.slice() as T
  for (let i = 0; i < rows.length; i++) ordered[i] = column[rows[i]]
  return ordered
}
