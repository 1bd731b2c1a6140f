import { basename } from 'node:path'
import type { EpochDay } from '../kernel/day.js'
import type { PriceBarsFile } from '../sources/csv/price-bars-file.js'
import type { BacktestRequest } from './backtest-on.js'
import { requestedCosts, type CostFlags } from './requested-costs.js'
import { requestedOrders, type OrderFlags } from './requested-orders.js'
import { requestedRoll } from './requested-roll.js'
import { requestedSizing, type SizingFlags } from './requested-sizing.js'

/** The flags that `backtest` and its kin share, as parsed. */
export interface BacktestFlags extends SizingFlags, CostFlags, OrderFlags {
  readonly prices?: string
  readonly basis: 'auto' | 'bars' | 'settlements'
  readonly roll: string
  readonly from?: EpochDay
  readonly lots: number
  readonly multiplier?: number
  readonly 'initial-capital': number
  readonly 'bars-per-year'?: number
  readonly 'initial-margin-usd'?: number
  readonly 'maintenance-margin-usd'?: number
  readonly 'spread-credit'?: number
  readonly costs?: string
}

/** What one line asks to be traded: a strategy, on what, with which words after `--`. */
export interface BacktestLine {
  readonly strategy: string
  readonly instrument?: string
  readonly parameters: readonly string[]
}

export function backtestRequest(
  { strategy, instrument, parameters }: BacktestLine,
  flags: BacktestFlags,
  readBars: (file: string, withVolume: boolean) => Promise<PriceBarsFile>,
): Omit<BacktestRequest, 'assertions'> {
  const { prices } = flags
  return {
    strategy,
    parameters,
    instrument,
    prices:
      prices === undefined ? undefined : { file: basename(prices), read: (withVolume) => readBars(prices, withVolume) },
    basis: flags.basis,
    roll: requestedRoll(flags.roll, `contango backtest ${strategy} ${instrument ?? 'wti'}`),
    from: flags.from ?? null,
    barsPerYear: flags['bars-per-year'] ?? null,
    lots: flags.lots,
    sizing: requestedSizing(flags, {
      lots: flags.lots,
      stopLoss: flags['stop-loss'] ?? null,
    }),
    multiplier: flags.multiplier ?? null,
    initialCapitalUsd: flags['initial-capital'],
    margins: {
      initialUsd: flags['initial-margin-usd'] ?? null,
      maintenanceUsd: flags['maintenance-margin-usd'] ?? null,
      spreadCredit: flags['spread-credit'] ?? null,
    },
    costs: requestedCosts(flags),
    costsFrom: flags.costs ?? null,
    order: requestedOrders(flags),
  }
}
