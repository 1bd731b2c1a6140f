/**
 * Row numbers in ascending order of up to two keys; the input order decides between equal keys. Rows that are in order
 * already cost one pass.
 */
export function orderedRows(first: Int32Array, second: Int32Array | null): Int32Array {
  const rows = new Int32Array(first.length)
  let ascending = true
  for (let row = 0; row < rows.length; row++) {
    rows[row] = row
    if (row === 0 || !ascending || first[row - 1] < first[row]) continue
    ascending = first[row - 1] === first[row] && (second === null || second[row - 1] <= second[row])
  }
  if (ascending) return rows
  return rows.sort((a, b) => first[a] - first[b] || (second ? second[a] - second[b] : 0) || a - b)
}

export function inOrder<T extends Int32Array | Float64Array>(column: T, rows: Int32Array): T {
  const ordered = column.slice() as T
  for (let i = 0; i < rows.length; i++) ordered[i] = column[rows[i]]
  return ordered
}
