import { portableExp } from './portable-exp.js'

/**
 * Two factors of the log spot price: ln S = χ + ξ, dχ = −κχ dt + σχ dzχ, dξ = μ dt + σξ dzξ, corr(dzχ, dzξ) = ρ.
 * Schwartz & Smith (2000), "Short-Term Variations and Long-Term Dynamics in Commodity Prices", Management Science 46(7).
 */
export interface SchwartzSmith {
  /** Speed at which a shortage or a glut fades, per year; half-life ln 2 / κ. */
  readonly kappaPerYear: number
  /** Volatility of χ, per √year. */
  readonly sigmaChi: number
  /** Volatility of ξ, per √year: the floor that the term structure of volatility falls to. */
  readonly sigmaXi: number
  readonly rho: number
  /** Risk premium of χ, per year. */
  readonly lambdaChi: number
  /** Risk-neutral drift of ξ, per year: the tilt of the far curve is μξ* + σξ²/2. */
  readonly muXiStar: number
}

/**
 * A(τ) = μξ*·τ − (1 − e^(−κτ))·λ/κ + ½[(1 − e^(−2κτ))·σχ²/(2κ) + σξ²·τ + 2(1 − e^(−κτ))·ρσχσξ/κ].
 * Schwartz & Smith (2000), equation 9b.
 * @param years τ ≥ 0, time to the last trading day
 * @returns log points; 0 at τ = 0
 */
export function riskNeutralTilt(model: SchwartzSmith, years: number): number {
  const { kappaPerYear: kappa, sigmaChi, sigmaXi, rho, lambdaChi, muXiStar } = model
  const faded = 1 - portableExp(-kappa * years)
  const fadedTwice = 1 - portableExp(-2 * kappa * years)
  const variance =
    (fadedTwice * sigmaChi * sigmaChi) / (2 * kappa) +
    sigmaXi * sigmaXi * years +
    (2 * faded * rho * sigmaChi * sigmaXi) / kappa
  return muXiStar * years - (faded * lambdaChi) / kappa + 0.5 * variance
}

/**
 * ln F(τ) = e^(−κτ)·χ + ξ + A(τ). Schwartz & Smith (2000), equation 9a.
 * @returns log of the futures price, in the log of the spot's unit
 */
export function logFutures(model: SchwartzSmith, chi: number, xi: number, years: number): number {
  return portableExp(-model.kappaPerYear * years) * chi + xi + riskNeutralTilt(model, years)
}

/**
 * Instantaneous volatility of a futures price: √(e^(−2κτ)σχ² + σξ² + 2e^(−κτ)ρσχσξ). It falls with τ: the Samuelson effect.
 * @returns per √year, as a fraction
 */
export function futuresVolatility(model: SchwartzSmith, years: number): number {
  const { sigmaChi, sigmaXi, rho } = model
  const decay = portableExp(-model.kappaPerYear * years)
  return Math.sqrt(decay * decay * sigmaChi * sigmaChi + sigmaXi * sigmaXi + 2 * decay * rho * sigmaChi * sigmaXi)
}
