import type { PriceBars } from '../../../src/lib/backtest/price-bars.js'
import type { BacktestSettings } from '../../../src/lib/backtest/run-backtest.js'
import type { ParameterValues, Strategy, StrategyParameter } from '../../../src/lib/backtest/strategy.js'
import { seededRng, type Rng } from '../../../src/lib/kernel/rng.js'
import { settings } from '../golden-bars.js'

/** A walk of a few hundred bars that may go below zero, with or without rolls. */
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
  const rolls = rng.uniform() < 0.5 ? Uint8Array.from(open, () => (rng.uniform() < 0.05 ? 1 : 0)) : undefined
  return { timeMs, open, high, low, close, rolls }
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
