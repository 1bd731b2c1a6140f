import { midRanks } from '../../kernel/mid-ranks.js'
import { mean } from '../../kernel/moments.js'
import { hacVariance } from '../robustness/hac-variance.js'

export interface InformationCoefficient {
  /** Days on which both are known. */
  readonly observations: number
  /** Spearman's rank correlation of score and what followed; NaN where one of them does not vary. */
  readonly value: number
  /**
   * value ÷ its standard error, that of the mean of the products of standardised ranks under a long-run variance:
   * what follows overlaps from day to day, and a plain t would take each day for news.
   */
  readonly t: number
}

const FEWEST = 20

/** Do higher scores come before higher changes? Grinold & Kahn (1999), "Active Portfolio Management", with ranks. */
export function informationCoefficient(score: Float64Array, forward: Float64Array): InformationCoefficient {
  const known: number[] = []
  for (let i = 0; i < score.length; i++) if (Number.isFinite(score[i]) && Number.isFinite(forward[i])) known.push(i)
  const observations = known.length
  if (observations < FEWEST) return { observations, value: Number.NaN, t: Number.NaN }
  const x = standardised(midRanks(Float64Array.from(known, (i) => score[i])))
  const y = standardised(midRanks(Float64Array.from(known, (i) => forward[i])))
  const products = x.map((value, i) => value * y[i])
  const value = mean(products)
  if (!Number.isFinite(value)) return { observations, value: Number.NaN, t: Number.NaN }
  const variance = hacVariance(products.map((product) => product - value)) / observations
  return { observations, value, t: variance > 0 ? value / Math.sqrt(variance) : Number.NaN }
}

/** Mean 0, variance 1 with divisor n; NaN throughout where nothing varies. */
function standardised(values: Float64Array): Float64Array {
  const centre = mean(values)
  const variance = mean(values.map((value) => (value - centre) ** 2))
  return values.map((value) => (variance > 0 ? (value - centre) / Math.sqrt(variance) : Number.NaN))
}
