import { basename } from 'node:path'
import type { Column, Table } from '../cli/table.js'
import { barTimeText } from '../backtest/price-bars.js'
import { FILL_REASONS } from '../backtest/records.js'
import type { BacktestAnswer } from './backtest-on.js'
import { curveBefore, volatilityBefore } from './trade-regimes.js'

/** One row a bar. */
export function equityTable({ bars, run, drawdown }: BacktestAnswer): Table {
  const { equityUsd, instruments } = run
  const dates = Array.from(equityUsd, (_, bar) => barTimeText(run.timeMs[bar]))
  const close = (bars.price ?? bars.close).subarray(0, equityUsd.length)
  const columns: Column[] = [
    { name: 'date', kind: 'text', values: dates },
    // Of several instruments each has its own bars, and no close is that of the account.
    ...(instruments.length === 1
      ? [
          { name: 'close', kind: 'number', values: close } as const,
          { name: 'lots', kind: 'number', values: instruments[0].lots } as const,
        ]
      : instruments.map(({ name, lots }) => ({ name: `lots ${name}`, kind: 'number', values: lots }) as const)),
    { name: 'equity', kind: 'number', values: equityUsd },
    { name: 'drawdown', kind: 'number', values: drawdown },
    ...sessionsOf(run, 'session', Array.from(equityUsd.keys())),
  ]
  return { length: equityUsd.length, columns }
}

/** One row a round trip. */
export function tradesTable({ run, contractOf, regimes }: BacktestAnswer): Table {
  const { trades, instruments, timeMs } = run
  const at = (bar: number): string => barTimeText(timeMs[bar])
  const numbers = ['entryPrice', 'exitPrice', 'grossUsd', 'commissionUsd', 'netUsd', 'worstUsd', 'bestUsd'] as const
  const contracts = (months: Float64Array): (string | null)[] =>
    Array.from(months, (month, t) => contractOf(trades.instrument[t], 0, month))
  return {
    length: trades.lots.length,
    columns: [
      { name: 'side', kind: 'text', values: Array.from(trades.lots, (lots) => (lots > 0 ? 'long' : 'short')) },
      { name: 'lots', kind: 'number', values: trades.lots.map(Math.abs) },
      { name: 'entryBar', kind: 'integer', values: trades.entryBar },
      { name: 'exitBar', kind: 'integer', values: trades.exitBar },
      { name: 'entryDate', kind: 'text', values: Array.from(trades.entryBar, at) },
      { name: 'exitDate', kind: 'text', values: Array.from(trades.exitBar, at) },
      ...numbers.map((name): Column => ({ name, kind: 'number', values: trades[name] })),
      { name: 'instrument', kind: 'text', values: Array.from(trades.instrument, (i) => instruments[i].name) },
      { name: 'entryContract', kind: 'text', values: contracts(trades.entryMonth) },
      { name: 'exitContract', kind: 'text', values: contracts(trades.exitMonth) },
      { name: 'rolls', kind: 'integer', values: trades.rolls },
      { name: 'tag', kind: 'text', values: Array.from(trades.tag, (tag) => run.tags[tag] || null) },
      {
        name: 'volatility',
        kind: 'text',
        values: Array.from(trades.entryBar, (bar) => volatilityBefore(regimes, bar)),
      },
      { name: 'curve', kind: 'text', values: Array.from(trades.entryBar, (bar) => curveBefore(regimes, bar)) },
      ...sessionsOf(run, 'entrySession', trades.entryBar),
      ...sessionsOf(run, 'exitSession', trades.exitBar),
    ],
  }
}

/** One row a fill of a leg, those of rolls too. */
export function fillsTable({ run, contractOf }: BacktestAnswer): Table {
  const { fills, instruments, timeMs } = run
  const numbers = ['price', 'commissionUsd', 'slippageUsd', 'impactUsd'] as const
  return {
    length: fills.bar.length,
    columns: [
      { name: 'bar', kind: 'integer', values: fills.bar },
      { name: 'date', kind: 'text', values: Array.from(fills.bar, (bar) => barTimeText(timeMs[bar])) },
      { name: 'side', kind: 'text', values: Array.from(fills.lots, (lots) => (lots > 0 ? 'buy' : 'sell')) },
      { name: 'lots', kind: 'number', values: fills.lots.map(Math.abs) },
      ...numbers.map((name): Column => ({ name, kind: 'number', values: fills[name] })),
      { name: 'instrument', kind: 'text', values: Array.from(fills.instrument, (i) => instruments[i].name) },
      {
        name: 'contract',
        kind: 'text',
        values: Array.from(fills.month, (month, f) => contractOf(fills.instrument[f], fills.leg[f], month)),
      },
      { name: 'reason', kind: 'text', values: Array.from(fills.reason, (reason) => FILL_REASONS[reason]) },
      ...sessionsOf(run, 'session', fills.bar),
    ],
  }
}

/** Session dates of bars that have a time of day; no column where the date of a bar says it. */
function sessionsOf({ sessionDay }: BacktestAnswer['run'], name: string, bars: ArrayLike<number>): Column[] {
  return sessionDay === undefined
    ? []
    : [{ name, kind: 'date', values: Int32Array.from(bars, (bar) => sessionDay[bar]) }]
}

/** Writes one of the files that the command line asks for. */
export async function backtestFile(
  file: string,
  table: Table,
  { data, simulated }: BacktestAnswer,
): Promise<Uint8Array> {
  const { tableFile } = await import('./table-file.js')
  return tableFile(basename(file), table, {
    strategy: data.strategy.name,
    series: data.series,
    simulated: String(simulated),
  })
}
