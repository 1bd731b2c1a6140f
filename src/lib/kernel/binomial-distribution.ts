import { incompleteBeta } from './incomplete-beta.js'

/** P(X ≤ count) of `trials` independent trials that each succeed with `probability`. */
export function binomialCdf(count: number, trials: number, probability: number): number {
  if (count < 0) return 0
  if (count >= trials) return 1
  return incompleteBeta(trials - count, count + 1, 1 - probability)
}
