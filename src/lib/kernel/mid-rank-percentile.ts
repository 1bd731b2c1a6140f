/**
 * Where `value` stands in `sample`, 0 to 100: 100 × (number below + half the number equal) ÷ n. Ties share their
 * ranks, so a sample that never moves puts every one of its values at 50.
 * @param sample may or may not contain `value` itself
 * @returns NaN for no sample or a NaN value
 */
export function midRankPercentile(value: number, sample: ArrayLike<number>): number {
  const n = sample.length
  if (n === 0 || Number.isNaN(value)) return Number.NaN
  let below = 0
  let equal = 0
  for (let i = 0; i < n; i++) {
    if (sample[i] < value) below++
    else if (sample[i] === value) equal++
  }
  return (100 * (below + equal / 2)) / n
}
