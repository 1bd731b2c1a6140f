import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PriceBars } from '../../src/lib/backtest/price-bars.js'
import type { BacktestSettings } from '../../src/lib/backtest/run-backtest.js'
import { MARKET_ORDERS } from '../../src/lib/backtest/order-rules.js'
import { plainInstrument, type TradedInstrument } from '../../src/lib/backtest/traded-instrument.js'
import { NO_COSTS, type CostModel } from '../../src/lib/execution/costs.js'

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/goldens/backtest/${name}`, import.meta.url))
}

/** Python writes NaN, which JSON does not know. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(fixture(name), 'utf8').replaceAll(/\bNaN\b/g, 'null')) as T
}

/** bars_2500.csv of the peers' figures. */
export function goldenBars(): PriceBars {
  const rows = readFileSync(fixture('bars_2500.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => Number(row[at]))
  return {
    timeMs: Float64Array.from(rows, (row) => Date.parse(row[0])),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
  }
}

/** Bars from opens and closes, a day each from 2020-01-01, high and low at the greater and the lesser of the two. */
export function barsOf(open: readonly number[], close: readonly number[]): PriceBars {
  return {
    timeMs: Float64Array.from(open, (_, i) => Date.UTC(2020, 0, 1 + i)),
    open: Float64Array.from(open),
    high: Float64Array.from(open, (price, i) => Math.max(price, close[i])),
    low: Float64Array.from(open, (price, i) => Math.min(price, close[i])),
    close: Float64Array.from(close),
  }
}

/** One lot of 1000, a million of capital, fills at the next open, and no costs but those given. */
export function settings(costs: Partial<CostModel> = {}, others: Partial<BacktestSettings> = {}): BacktestSettings {
  return {
    ...MARKET_ORDERS,
    lots: 1,
    sizing: null,
    multiplier: 1000,
    initialCapitalUsd: 1_000_000,
    maintenanceMarginUsd: 0,
    costs: { ...NO_COSTS, ...costs },
    ...others,
  }
}

/** One lot of 1000 without margin, and no costs but those given: what `runBacktest` makes of bars under `settings()`. */
export function plainly(bars: PriceBars, costs: Partial<CostModel> = {}, initialMarginUsd = 0): TradedInstrument {
  const margins = { initial: initialMarginUsd, maintenance: 0 }
  return plainInstrument('', bars, 1000, { ...NO_COSTS, ...costs }, margins)
}
