/** The shortest decimal whose 32-bit float is `value`; `value` itself must be the image of one. Integers stay. */
export function shortestFloat32(value: number): number {
  if (Number.isInteger(value)) return value
  for (let digits = 6; digits <= 9; digits++) {
    const candidate = Number(value.toPrecision(digits))
    if (Math.fround(candidate) === value) return candidate
  }
  return value
}

/**
 * Undoes the noise of prices that passed through 32-bit floats: 31.950000762939453 is how 31.95 looks from there. Only
 * where every number of the column is the image of a 32-bit float and some number shows it, so that a column with one
 * honest double stays as it is. Replaces in place.
 * @returns how many numbers changed
 */
export function undoFloat32(values: Float64Array): number {
  let noisy = false
  for (const value of values) {
    if (value !== value) continue
    if (Math.fround(value) !== value) return 0
    noisy ||= value !== shortestFloat32(value)
  }
  if (!noisy) return 0
  let changed = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[i]) continue
    const shortest = shortestFloat32(values[i])
    if (shortest !== values[i]) {
      values[i] = shortest
      changed++
    }
  }
  return changed
}
