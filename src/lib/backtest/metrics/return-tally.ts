import { normalQuantile } from '../../kernel/normal-distribution.js'
import { once } from './once.js'

/** A return no larger than the rounding of equity is none: a fill at the mark moves nothing. */
export const NO_MOVE = 1e-13

/** Sums and counts over the returns of a run. */
export interface ReturnTally {
  /** Σ max(r, 0) and Σ max(−r, 0). */
  readonly gains: number
  readonly losses: number
  /** Returns above and below zero by more than {@link NO_MOVE}, and the longest run of each. */
  readonly ups: number
  readonly downs: number
  readonly longestUp: number
  readonly longestDown: number
  /** Σ min(r − risk-free rate, 0)². */
  readonly downsideSquares: number
  /** Quantile of 5 % of the normal distribution with the mean and deviation of the returns, and the mean of those below it. */
  readonly normalVar: number
  readonly normalTailMean: number
}

export const returnTally = once(({ returns, mean, sd, riskFreePerBar }): ReturnTally => {
  const normalVar = mean + normalQuantile(0.05) * sd
  let gains = 0
  let losses = 0
  let ups = 0
  let downs = 0
  let upRun = 0
  let downRun = 0
  let longestUp = 0
  let longestDown = 0
  let downsideSquares = 0
  let tailSum = 0
  let tail = 0
  for (let i = 0; i < returns.length; i++) {
    const value = returns[i]
    if (value > 0) gains += value
    else losses -= value
    if (value > NO_MOVE) {
      ups++
      upRun++
      downRun = 0
      if (upRun > longestUp) longestUp = upRun
    } else {
      upRun = 0
      if (value < -NO_MOVE) {
        downs++
        downRun++
        if (downRun > longestDown) longestDown = downRun
      } else downRun = 0
    }
    const excess = value - riskFreePerBar
    if (excess < 0) downsideSquares += excess * excess
    if (value < normalVar) {
      tailSum += value
      tail++
    }
  }
  return {
    gains,
    losses,
    ups,
    downs,
    longestUp,
    longestDown,
    downsideSquares,
    normalVar,
    normalTailMean: tailSum / tail,
  }
})
