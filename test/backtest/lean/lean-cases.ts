import type { PriceBars } from '../../../src/lib/backtest/price-bars.js'
import type { AccountSettings } from '../../../src/lib/backtest/run-account.js'
import { plainInstrument, type LegRoll, type TradedInstrument } from '../../../src/lib/backtest/traded-instrument.js'
import type { BacktestSettings } from '../../../src/lib/backtest/run-backtest.js'
import type { ParameterValues, Strategy, StrategyParameter } from '../../../src/lib/backtest/strategy.js'
import { seededRng, type Rng } from '../../../src/lib/kernel/rng.js'
import { settings } from '../golden-bars.js'

/** A walk of a few hundred bars that may go below zero. */
export function walk(bars: number, rng: Rng, start = 40): PriceBars {
  const [open, high, low, close] = Array.from({ length: 4 }, () => new Float64Array(bars))
  let price = start
  for (let i = 0; i < bars; i++) {
    open[i] = price + 0.3 * rng.normal()
    price += 0.9 * rng.normal()
    close[i] = price
    high[i] = Math.max(open[i], price) + 0.2 * rng.uniform()
    low[i] = Math.min(open[i], price) - 0.2 * rng.uniform()
  }
  const timeMs = Float64Array.from(open, (_, i) => Date.UTC(2015, 0, 1 + i))
  return { timeMs, open, high, low, close }
}

/** What `runBacktest` trades under these settings, and how. */
export function traded(bars: PriceBars, settings: BacktestSettings): readonly [TradedInstrument, AccountSettings] {
  const { multiplier, costs, maintenanceMarginUsd, ...account } = settings
  const margins = { initial: 0, maintenance: maintenanceMarginUsd }
  return [plainInstrument('', bars, multiplier, costs, margins), account]
}

/** The same walk through contracts: gaps of any size between them, at settlements or with opens of their own, and margins. */
export function rolled(instrument: TradedInstrument, rng: Rng): TradedInstrument {
  const { bars, legs } = instrument
  const settles = rng.uniform() < 0.5
  const { close, open } = bars
  const rolls: LegRoll[] = []
  const shift = new Float64Array(close.length)
  let gaps = 0
  close.forEach((level, bar) => {
    shift[bar] = gaps
    if (rng.uniform() > 0.05) return
    const gap = 2 * rng.normal()
    rolls.push({ bar, from: 0, to: 0, fromPrice: level + gaps, toPrice: level + gaps + gap })
    gaps += gap
  })
  const at = (levels: Float64Array): Float64Array => levels.map((level, bar) => level + shift[bar])
  const price = at(close)
  const joined = settles ? { ...bars, open: close, high: close, low: close } : bars
  const margin = rng.uniform() < 0.5 ? Float64Array.from(close, () => 500 + 4000 * rng.uniform()) : undefined
  return {
    ...instrument,
    settles,
    bars: { ...joined, price },
    legs: [{ ...legs[0], open: settles ? price : at(open), close: price, rolls }],
    initialMarginUsd: margin?.map((usd) => 1.1 * usd),
    maintenanceMarginUsd: margin,
  }
}

/** Parameters within their bounds, windows short enough for a few hundred bars. */
export function someValues(strategy: Strategy, rng: Rng): ParameterValues {
  const one = (parameter: StrategyParameter): number | string => {
    if (parameter.kind === 'choice') return parameter.options[rng.integer(parameter.options.length)]
    if (parameter.kind === 'text') return parameter.default
    const max = Math.min(parameter.max, parameter.kind === 'integer' ? parameter.min + 40 : parameter.max)
    return parameter.kind === 'integer'
      ? parameter.min + rng.integer(max - parameter.min + 1)
      : parameter.min + rng.uniform() * (Math.min(max, 4 * parameter.default) - parameter.min)
  }
  for (let tries = 0; tries < 500; tries++) {
    const values = Object.fromEntries(strategy.parameters.map((parameter) => [parameter.name, one(parameter)]))
    if ((strategy.conflict?.(values) ?? null) === null) return values
  }
  throw new Error(`no parameters of ${strategy.name} go together`)
}

/** Costs, sizes, margins and fill times; some of them ruin the account. */
export function someSettings(rng: Rng): BacktestSettings {
  return settings(
    {
      commissionUsdPerLot: rng.uniform() < 0.5 ? 2.5 : 0,
      slippagePrice: rng.uniform() < 0.5 ? 0.02 : 0,
      slippageFraction: rng.uniform() < 0.3 ? 0.001 : 0,
    },
    {
      lots: 1 + rng.integer(4),
      initialCapitalUsd: rng.uniform() < 0.7 ? 1_000_000 : 20_000,
      maintenanceMarginUsd: rng.uniform() < 0.3 ? 3000 : 0,
      fill: rng.uniform() < 0.7 ? 'next-open' : 'next-close',
    },
  )
}

export function caseRng(seed: number): Rng {
  return seededRng(seed, 'lean-cases')
}
