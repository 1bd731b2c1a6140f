import { once } from './once.js'
import type { Metric } from './performance.js'
import { deepest, painIndex, ulcerIndex } from './ratios.js'

export interface Drawdown {
  /** Bar of the peak; −1 is the initial capital. */
  readonly peakBar: number
  readonly troughBar: number
  /** First bar back at the peak; null while it lasts. */
  readonly recoveryBar: number | null
  /** Fraction of the peak, negative. */
  readonly depth: number
  readonly depthUsd: number
  /** Bars from the peak to the recovery, or to the last bar. */
  readonly bars: number
}

/** Every stretch below a former peak, in order of time. */
export function drawdownsOf({
  drawdown,
  drawdownUsd,
}: {
  readonly drawdown: Float64Array
  readonly drawdownUsd: Float64Array
}): Drawdown[] {
  const found: Drawdown[] = []
  let peakBar = -1
  let troughBar = -1
  for (let bar = 0; bar <= drawdown.length; bar++) {
    const ends = bar === drawdown.length || drawdown[bar] === 0
    if (!ends) {
      if (troughBar < 0 || drawdown[bar] < drawdown[troughBar]) troughBar = bar
      continue
    }
    if (troughBar >= 0) {
      found.push({
        peakBar,
        troughBar,
        recoveryBar: bar === drawdown.length ? null : bar,
        depth: drawdown[troughBar],
        depthUsd: drawdownUsd[troughBar],
        bars: Math.min(bar, drawdown.length - 1) - peakBar,
      })
      troughBar = -1
    }
    peakBar = bar
  }
  return found
}

/** Every stretch below a former peak, found once. */
const stretches = once(drawdownsOf)

const deepestUsd = once(({ drawdownUsd }): number => {
  let least = 0
  for (let i = 0; i < drawdownUsd.length; i++) if (drawdownUsd[i] < least) least = drawdownUsd[i]
  return least
})

export const DRAWDOWN_METRICS: readonly Metric[] = [
  {
    name: 'maxDrawdown',
    convention: 'lowest equity ÷ highest before it − 1, negative; the first peak is the initial capital',
    value: deepest,
  },
  {
    name: 'maxDrawdownCash',
    convention: 'lowest equity − highest before it, USD, negative',
    value: deepestUsd,
  },
  {
    name: 'maxDrawdownBars',
    convention: 'longest time below a peak, bars from the peak to its recovery or to the last bar',
    value: (p) => stretches(p).reduce((longest, { bars }) => Math.max(longest, bars), 0),
  },
  { name: 'drawdowns', convention: 'number of stretches below a peak', value: (p) => stretches(p).length },
  {
    name: 'avgDrawdown',
    convention: 'mean depth of the stretches below a peak, negative',
    value: (p) => {
      const all = stretches(p)
      return all.length === 0 ? 0 : all.reduce((sum, { depth }) => sum + depth, 0) / all.length
    },
  },
  {
    name: 'avgDrawdownBars',
    convention: 'mean number of bars from a peak to its recovery, or to the last bar',
    value: (p) => {
      const all = stretches(p)
      return all.length === 0 ? 0 : all.reduce((sum, { bars }) => sum + bars, 0) / all.length
    },
  },
  {
    name: 'avgUnderwater',
    convention: 'mean depth of the bars below a peak, negative',
    value: ({ drawdown }) => {
      let below = 0
      let sum = 0
      for (let i = 0; i < drawdown.length; i++) {
        if (drawdown[i] < 0) below++
        sum += drawdown[i]
      }
      return below === 0 ? 0 : sum / below
    },
  },
  { name: 'painIndex', convention: 'Σ |drawdown| ÷ n of the n bars after the first', value: painIndex },
  { name: 'ulcerIndex', convention: '√(Σ drawdown² ÷ n) of the n bars after the first', value: ulcerIndex },
]
