import { quantile } from '../../kernel/quantile.js'

/** A price this small beside its history's median is next to nothing. */
const NEXT_TO_NOTHING = 0.2

/** Size below which a neighbour of a zero makes the zero believable: a fifth of the history's median |price|. */
export function believableZeroLimit(values: Float64Array): number {
  const sizes = values
    .filter((value) => Number.isFinite(value) && value !== 0)
    .map(Math.abs)
    .sort()
  return NEXT_TO_NOTHING * quantile(sizes, 0.5)
}
