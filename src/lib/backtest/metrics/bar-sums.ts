import { once } from './once.js'

/** Sums over the returns that several metrics share. */
export interface BarSums {
  /** Returns above and below zero. */
  readonly gains: number
  readonly losses: number
  readonly gained: number
  /** Σ of the returns below zero, positive. */
  readonly lost: number
  /** Σ min(r − risk-free rate, 0)². */
  readonly downsideSquares: number
  readonly longestGain: number
  readonly longestLoss: number
}

export const barSums = once(({ returns, riskFreePerBar }): BarSums => {
  let gains = 0
  let losses = 0
  let gained = 0
  let lost = 0
  let downsideSquares = 0
  let longestGain = 0
  let longestLoss = 0
  let gainRun = 0
  let lossRun = 0
  for (let i = 0; i < returns.length; i++) {
    const value = returns[i]
    if (value > 0) {
      gains++
      gained += value
      if (++gainRun > longestGain) longestGain = gainRun
    } else gainRun = 0
    if (value < 0) {
      losses++
      lost -= value
      if (++lossRun > longestLoss) longestLoss = lossRun
    } else lossRun = 0
    const excess = value - riskFreePerBar
    if (excess < 0) downsideSquares += excess * excess
  }
  return { gains, losses, gained, lost, downsideSquares, longestGain, longestLoss }
})
