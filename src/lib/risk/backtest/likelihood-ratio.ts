import { chiSquareSurvival } from '../../kernel/chi-square-distribution.js'

/** A likelihood ratio, its degrees of freedom and the probability of a larger one where the model is right. */
export interface LikelihoodRatio {
  readonly lr: number
  readonly df: number
  readonly p: number
}

export function likelihoodRatio(lr: number, df: number): LikelihoodRatio {
  const positive = Math.max(0, lr) // rounding can leave −1e−14
  return { lr: positive, df, p: chiSquareSurvival(positive, df) }
}

/** count·ln(probability) with 0·ln 0 = 0. */
export function countLog(count: number, probability: number): number {
  return count === 0 ? 0 : count * Math.log(probability)
}
