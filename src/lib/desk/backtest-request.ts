import { basename } from 'node:path'
import type { FillTime, IntrabarPath } from '../backtest/order-rules.js'
import type { PriceBarsFile } from '../sources/csv/price-bars-file.js'
import type { BacktestRequest } from './backtest-on.js'
import { requestedRoll } from './requested-roll.js'

/** The flags that `backtest` and its kin share, as parsed. */
export interface BacktestFlags {
  readonly prices?: string
  readonly basis: 'auto' | 'bars' | 'settlements'
  readonly roll: string
  readonly lots: number
  readonly multiplier?: number
  readonly 'initial-capital': number
  readonly 'initial-margin-usd': number
  readonly 'maintenance-margin-usd': number
  readonly 'commission-usd': number
  readonly slippage: number
  readonly 'slippage-ticks': number
  readonly 'slippage-fraction': number
  readonly fill: FillTime
  readonly 'stop-loss'?: number
  readonly 'take-profit'?: number
  readonly 'trailing-stop'?: number
  readonly intrabar: IntrabarPath
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
  readBars: (file: string) => Promise<PriceBarsFile>,
): Omit<BacktestRequest, 'assertions'> {
  const { prices } = flags
  return {
    strategy,
    parameters,
    instrument,
    prices: prices === undefined ? undefined : { file: basename(prices), read: () => readBars(prices) },
    basis: flags.basis,
    roll: requestedRoll(flags.roll, `contango backtest ${strategy} ${instrument ?? 'wti'}`),
    lots: flags.lots,
    multiplier: flags.multiplier ?? null,
    initialCapitalUsd: flags['initial-capital'],
    initialMarginUsd: flags['initial-margin-usd'],
    maintenanceMarginUsd: flags['maintenance-margin-usd'],
    commissionUsdPerLot: flags['commission-usd'],
    slippagePrice: flags.slippage,
    slippageTicks: flags['slippage-ticks'],
    slippageFraction: flags['slippage-fraction'],
    order: {
      fill: flags.fill,
      stopLoss: flags['stop-loss'] ?? null,
      takeProfit: flags['take-profit'] ?? null,
      trailingStop: flags['trailing-stop'] ?? null,
      intrabar: flags.intrabar,
    },
  }
}
