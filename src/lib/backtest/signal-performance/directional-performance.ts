import { quantile } from '../../kernel/quantile.js'
import type { Rng } from '../../kernel/rng.js'
import { hacVariance } from '../robustness/hac-variance.js'

/** How following a signal's direction did: one lot for `horizon` days from every day with a direction. */
export interface DirectionalPerformance {
  /** Days with a direction whose horizon is over. */
  readonly observations: number
  readonly long: number
  readonly short: number
  /** Share of them that moved the signal's way; days without a move count for neither. */
  readonly hitRate: number
  /** Mean of side × change, in price units. */
  readonly meanPnl: number
  /** meanPnl ÷ its standard error under a long-run variance. */
  readonly t: number
  /** 95 % interval of meanPnl by a circular block bootstrap. */
  readonly low: number
  readonly high: number
  /** Mean change on the same days: what being long throughout would have earned. */
  readonly buyAndHold: number
  /** The same holding periods with the side of each decided by a coin. */
  readonly coinFlip: {
    readonly low: number
    readonly high: number
    /** Share of coins that did as well or better. */
    readonly p: number
  }
}

const DRAWS = 999
const FEWEST = 20

/** @param side −1, 0 or 1 on each day, NaN where the signal is not known */
export function directionalPerformance(
  side: Float64Array,
  forward: Float64Array,
  horizon: number,
  rng: Rng,
): DirectionalPerformance {
  const pnl: number[] = []
  const episodes: number[] = []
  let long = 0
  let hits = 0
  let moves = 0
  let held = 0
  let before = 0
  let last = -2
  for (let i = 0; i < side.length; i++) {
    if (!(side[i] === 1 || side[i] === -1) || !Number.isFinite(forward[i])) continue
    const earned = side[i] * forward[i]
    pnl.push(earned)
    held += forward[i]
    if (side[i] > 0) long++
    if (forward[i] !== 0) {
      moves++
      if (earned > 0) hits++
    }
    if (last === i - 1 && before === side[i]) episodes[episodes.length - 1] += earned
    else episodes.push(earned)
    before = side[i]
    last = i
  }
  const n = pnl.length
  const sum = pnl.reduce((total, one) => total + one, 0)
  const meanPnl = n > 0 ? sum / n : Number.NaN
  const enough = n >= FEWEST
  const variance = enough ? hacVariance(Float64Array.from(pnl, (one) => one - meanPnl)) / n : Number.NaN
  const interval = enough ? blockInterval(pnl, horizon, rng) : { low: Number.NaN, high: Number.NaN }
  return {
    observations: n,
    long,
    short: n - long,
    hitRate: moves > 0 ? hits / moves : Number.NaN,
    meanPnl,
    t: variance > 0 ? meanPnl / Math.sqrt(variance) : Number.NaN,
    ...interval,
    buyAndHold: n > 0 ? held / n : Number.NaN,
    coinFlip: enough ? coins(episodes, n, sum, rng) : { low: Number.NaN, high: Number.NaN, p: Number.NaN },
  }
}

/** Means of resampled days, in blocks longer than the overlap of the horizon; sums of blocks from prefix sums. */
function blockInterval(pnl: readonly number[], horizon: number, rng: Rng): { low: number; high: number } {
  const n = pnl.length
  const block = Math.min(n, Math.max(horizon, Math.ceil(n ** (1 / 3))))
  const prefix = new Float64Array(2 * n + 1)
  for (let i = 0; i < 2 * n; i++) prefix[i + 1] = prefix[i] + pnl[i % n]
  const means = new Float64Array(DRAWS)
  for (let draw = 0; draw < DRAWS; draw++) {
    let total = 0
    for (let left = n; left > 0; left -= block) {
      const start = rng.integer(n)
      total += prefix[start + Math.min(block, left)] - prefix[start]
    }
    means[draw] = total / n
  }
  means.sort()
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) }
}

function coins(episodes: readonly number[], n: number, sum: number, rng: Rng): DirectionalPerformance['coinFlip'] {
  const means = new Float64Array(DRAWS)
  let better = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    let total = 0
    for (const earned of episodes) total += rng.uniform() < 0.5 ? earned : -earned
    means[draw] = total / n
    if (total >= sum) better++
  }
  means.sort()
  return { low: quantile(means, 0.025), high: quantile(means, 0.975), p: (better + 1) / (DRAWS + 1) }
}
