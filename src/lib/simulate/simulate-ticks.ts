import { gjrStep, unitVariance, type GjrGarch } from './gjr-garch.js'
import { portableExp } from './portable-exp.js'

/** One simulated tick, in the unit of the start price. */
export interface SimulatedTick {
  readonly last: number
  readonly bid: number
  readonly ask: number
}

export interface TickModel {
  readonly startPrice: number
  /** Volatility of a whole day, as a fraction: 0.02 is 2 %. */
  readonly dailyVolatility: number
  readonly garch: GjrGarch
  /** Smallest move of the price. */
  readonly tick: number
  /** Ticks over which one day's variance is spread. */
  readonly ticksPerDay: number
}

/** A spread of one tick in quiet markets, two more for each doubling of the volatility, never above this. */
const WIDEST_SPREAD_TICKS = 12

/**
 * An endless path of ticks: the mid moves by σ·√h·z, where h follows a GJR-GARCH of long-run variance 1, so that busy
 * minutes come together; the spread widens with √h; a trade is at the bid or at the ask.
 * @param normal standard normal draws
 * @param uniform draws from [0, 1)
 */
export function simulateTicks(model: TickModel, normal: () => number, uniform: () => number): () => SimulatedTick {
  const { tick, dailyVolatility, ticksPerDay } = model
  const garch = unitVariance(model.garch)
  const sigma = dailyVolatility / Math.sqrt(ticksPerDay)
  const perUnit = Math.round(1 / tick)
  const rounded = (price: number): number => Math.round(price * perUnit) / perUnit
  let mid = model.startPrice
  let variance = 1
  return () => {
    const shock = Math.sqrt(variance) * normal()
    variance = gjrStep(garch, shock, variance)
    mid *= portableExp(sigma * shock)
    const extra = Math.max(0, Math.floor(4 * (Math.sqrt(variance) - 1)))
    const spread = Math.min(1 + extra, WIDEST_SPREAD_TICKS)
    const bid = rounded(mid - (spread * tick) / 2)
    const ask = rounded(bid + spread * tick)
    return { bid, ask, last: uniform() < 0.5 ? bid : ask }
  }
}
