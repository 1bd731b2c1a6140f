import { normalQuantile } from '../../kernel/normal-distribution.js'
import { drawdownsOf, type Drawdown } from './drawdowns-of.js'
import { once } from './once.js'

/** Sums over the drawdown of a run. */
export interface DrawdownTally {
  readonly stretches: readonly Drawdown[]
  /** Lowest, as a fraction of the peak and in USD, ≤ 0. */
  readonly deepest: number
  readonly deepestUsd: number
  /** Bars below a peak, and Σ drawdown over all bars. */
  readonly below: number
  readonly sum: number
  /** Mean |drawdown| and √(mean drawdown²) of the n bars after the first. */
  readonly painIndex: number
  readonly ulcerIndex: number
  /** Mean of the drawdowns after the first bar that lie below their own normal 5 % quantile. */
  readonly normalTailMean: number
}

export const drawdownTally = once((performance): DrawdownTally => {
  const { drawdown, drawdownUsd, returns } = performance
  const n = returns.length
  let deepest = 0
  let deepestUsd = 0
  let below = 0
  let sum = 0
  let squares = 0
  for (let bar = 0; bar < drawdown.length; bar++) {
    const depth = drawdown[bar]
    if (depth < deepest) deepest = depth
    if (drawdownUsd[bar] < deepestUsd) deepestUsd = drawdownUsd[bar]
    if (depth < 0) below++
    sum += depth
    squares += depth * depth
  }
  const first = drawdown.length > 0 ? drawdown[0] : 0
  const after = sum - first
  const afterSquares = squares - first * first
  const centre = after / n
  const bound = centre + normalQuantile(0.05) * Math.sqrt(Math.max(0, afterSquares - n * centre * centre) / (n - 1))
  let tailSum = 0
  let tail = 0
  for (let bar = 1; bar < drawdown.length; bar++) {
    if (drawdown[bar] < bound) {
      tailSum += drawdown[bar]
      tail++
    }
  }
  return {
    stretches: drawdownsOf(performance),
    deepest,
    deepestUsd,
    below,
    sum,
    painIndex: -after / n,
    ulcerIndex: Math.sqrt(afterSquares / n),
    normalTailMean: tailSum / tail,
  }
})
