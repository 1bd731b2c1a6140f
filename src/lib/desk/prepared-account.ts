import { checkBars, type BarRemarks } from '../backtest/check-bars.js'
import { checkCapital } from '../backtest/check-capital.js'
import { barTimeText, type PriceBars } from '../backtest/price-bars.js'
import type { AccountSettings } from '../backtest/run-account.js'
import type { Strategy } from '../backtest/strategy.js'
import type { TradedInstrument } from '../backtest/traded-instrument.js'
import { ContangoError } from '../kernel/errors.js'
import { loadInstruments } from './backtest-bars.js'
import type { BacktestRequest } from './backtest-on.js'
import type { LoadedInstrument } from './loaded-instrument.js'
import { costTable, type CostTerms } from './requested-costs.js'
import type { SignalContext } from './signal-reader.js'
import { withColumns } from './with-columns.js'
import { tradedInstruments, type TradableInstrument, type TradingContext } from './traded-instruments.js'

/** What is traded, with its costs and margins, and the account that trades it. */
export interface PreparedAccount {
  readonly loaded: readonly LoadedInstrument[]
  readonly tradable: readonly TradableInstrument[]
  readonly instruments: readonly TradedInstrument[]
  /** Of the first leg of the first instrument. */
  readonly terms: CostTerms
  readonly settings: AccountSettings
}

/**
 * Loads and checks what a strategy trades: bars, costs, margins, capital.
 * @param firstDecisionBar the bar on which the strategy decides first
 * @param columns what it looks at besides prices
 */
export async function preparedAccount(
  ctx: TradingContext & SignalContext,
  request: Omit<BacktestRequest, 'assertions'>,
  strategy: Strategy,
  firstDecisionBar: number,
  columns: readonly string[],
): Promise<PreparedAccount> {
  const { costsFrom } = request
  const table =
    costsFrom === null
      ? null
      : costsFrom === 'config'
        ? ctx.config.execution
        : ctx.config.costsOf(ctx.resolveFile(costsFrom))
  const costsOf = costTable(table, request.costs)
  const sharesVolume = request.order.maxVolumeShare !== null
  const withVolume = sharesVolume || table !== null || costsOf(null).impact > 0 || strategy.outside === true
  const loaded = await withColumns(ctx, await loadInstruments(ctx, request, withVolume), columns, request.roll)
  for (const { name, bars } of loaded) {
    sayRemarks(ctx, name, bars, checkBars(bars))
    for (const { code, message, details } of strategy.remarks?.(bars) ?? []) ctx.warn(code, message, details)
    const count = bars.timeMs.length
    if (count >= firstDecisionBar + 2) continue
    throw new ContangoError(
      'noData',
      'TOO_FEW_BARS',
      `${strategy.name} decides on bar ${firstDecisionBar + 1} for the first time and fills on the next; there ${count === 1 ? 'is 1 bar' : `are ${count} bars`} of ${name}`,
      'a longer history, or a shorter window',
      { bars: count, firstDecisionBar },
    )
  }
  const tradable = tradedInstruments(ctx, loaded, {
    multiplier: request.multiplier,
    costsOf,
    margins: request.margins,
    sharesVolume,
  })
  const instruments = tradable.map(({ traded }) => traded)
  const settings: AccountSettings = {
    lots: request.lots,
    sizing: request.sizing,
    initialCapitalUsd: request.initialCapitalUsd,
    ...request.order,
  }
  checkCapital(instruments, settings)
  return { loaded, tradable, instruments, terms: costsOf(loaded[0].legs[0].product), settings }
}

function sayRemarks(
  ctx: TradingContext,
  name: string,
  { timeMs }: PriceBars,
  { outsideRange, gaps, longestGapDays, longestGapBar }: BarRemarks,
): void {
  if (outsideRange > 0) {
    ctx.warn(
      'OUTSIDE_RANGE',
      `${name}: ${outsideRange} ${outsideRange === 1 ? 'bar opens or closes outside its' : 'bars open or close outside their'} own high and low`,
      {
        bars: outsideRange,
      },
    )
  }
  if (gaps > 0) {
    const from = barTimeText(timeMs[longestGapBar])
    ctx.warn(
      'BARS_GAP',
      `${name}: ${gaps === 1 ? 'a gap' : `${gaps} gaps`} of more than a week between bars, the longest of ${longestGapDays} days after ${from}: what is held moves over it at once`,
      { gaps, longestGapDays, from },
    )
  }
}
