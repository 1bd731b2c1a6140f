/** How many values a test holds of, without a copy of them: a run may have a million bars. */
export function countWhere(values: Float64Array, holds: (value: number) => boolean): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if (holds(values[i])) count++
  return count
}
