/** Glosten, Jagannathan & Runkle (1993): a fall raises tomorrow's variance by more than a rise does where γ > 0. */
export interface GjrGarch {
  readonly omega: number
  readonly alpha: number
  readonly gamma: number
  readonly beta: number
}

/** α + β + γ/2: the share of a variance shock that is left a day later. Below 1, else there is no long-run variance. */
export function gjrPersistence(model: GjrGarch): number {
  return model.alpha + model.beta + model.gamma / 2
}

/** ω / (1 − persistence): the variance that the recursion returns to, in the squared unit of ω's returns. */
export function gjrLongRunVariance(model: GjrGarch): number {
  return model.omega / (1 - gjrPersistence(model))
}

/**
 * One step of h′ = ω + (α + γ·1[e < 0])·e² + β·h.
 * @param shock e, in the unit in which ω was fitted
 * @param variance h ≥ 0, that day's variance
 * @returns the next day's variance
 */
export function gjrStep(model: GjrGarch, shock: number, variance: number): number {
  return model.omega + (model.alpha + (shock < 0 ? model.gamma : 0)) * shock * shock + model.beta * variance
}

/** The same model with ω such that the long-run variance is 1: for shocks in standard deviations. */
export function unitVariance(model: GjrGarch): GjrGarch {
  return { ...model, omega: 1 - gjrPersistence(model) }
}
