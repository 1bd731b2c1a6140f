import { upperIncompleteGamma } from './incomplete-gamma.js'

/** P(X > x) of χ² with `degrees` of freedom: the p-value of a likelihood ratio; 1 at and below 0. */
export function chiSquareSurvival(x: number, degrees: number): number {
  return x <= 0 ? 1 : upperIncompleteGamma(degrees / 2, x / 2)
}
