/** More points than pixels draw the same line: each step keeps its lowest, highest and last one. */
const MOST_STEPS = 1200

/** Positions that a line of at most {@link MOST_STEPS} steps needs, ascending. */
export function drawnPoints(values: Float64Array): number[] {
  const points = values.length
  if (points <= 3 * MOST_STEPS) return Array.from({ length: points }, (_, point) => point)
  const kept = new Set<number>([0])
  for (let step = 0; step < MOST_STEPS; step++) {
    const from = Math.floor((points * step) / MOST_STEPS)
    const to = Math.floor((points * (step + 1)) / MOST_STEPS)
    let low = from
    let high = from
    for (let point = from; point < to; point++) {
      if (values[point] < values[low]) low = point
      if (values[point] > values[high]) high = point
    }
    kept
      .add(low)
      .add(high)
      .add(to - 1)
  }
  return [...kept].sort((a, b) => a - b)
}
