/**
 * Σ of squares of `target` that a least-squares fit on `columns` explains, y'X(X'X)⁻¹X'y, over columns made orthogonal one
 * after another, so that a column in millions does not drown one of zeros and ones.
 * @returns null where the columns do not vary apart
 */
export function explainedSquares(columns: readonly Float64Array[], target: Float64Array): number | null {
  let explained = 0
  const basis: Float64Array[] = []
  for (const column of columns) {
    const before = dot(column, column)
    const rest = column.slice()
    for (let pass = 0; pass < 2; pass++) {
      for (const unit of basis) {
        const along = dot(unit, rest)
        for (let i = 0; i < rest.length; i++) rest[i] -= along * unit[i]
      }
    }
    const size = dot(rest, rest)
    if (!(size > 1e-20 * before)) return null
    const length = Math.sqrt(size)
    const unit = rest.map((value) => value / length)
    basis.push(unit)
    explained += dot(unit, target) ** 2
  }
  return explained
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
