import { basename } from 'node:path'
import type { Column, Table } from '../cli/table.js'
import { barTimeText } from '../backtest/price-bars.js'
import type { BacktestAnswer } from './backtest-on.js'

/** One row a bar. */
export function equityTable({ bars, run, drawdown }: BacktestAnswer): Table {
  const { equityUsd, lots } = run
  const dates = Array.from(equityUsd, (_, bar) => barTimeText(bars.timeMs[bar]))
  const columns: Column[] = [
    { name: 'date', kind: 'text', values: dates },
    { name: 'close', kind: 'number', values: bars.close.subarray(0, equityUsd.length) },
    { name: 'lots', kind: 'number', values: lots },
    { name: 'equity', kind: 'number', values: equityUsd },
    { name: 'drawdown', kind: 'number', values: drawdown },
  ]
  return { length: equityUsd.length, columns }
}

/** One row a round trip. */
export function tradesTable({ bars, run: { trades } }: BacktestAnswer): Table {
  const at = (bar: number): string => barTimeText(bars.timeMs[bar])
  const numbers = ['entryPrice', 'exitPrice', 'grossUsd', 'commissionUsd', 'netUsd', 'worstUsd', 'bestUsd'] as const
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
    ],
  }
}

/** One row a fill, in the order of time. */
export function fillsTable({ bars, run: { fills } }: BacktestAnswer): Table {
  return {
    length: fills.bar.length,
    columns: [
      { name: 'bar', kind: 'integer', values: fills.bar },
      { name: 'date', kind: 'text', values: Array.from(fills.bar, (bar) => barTimeText(bars.timeMs[bar])) },
      { name: 'side', kind: 'text', values: Array.from(fills.lots, (lots) => (lots > 0 ? 'buy' : 'sell')) },
      { name: 'lots', kind: 'number', values: fills.lots.map(Math.abs) },
      { name: 'price', kind: 'number', values: fills.price },
      { name: 'commissionUsd', kind: 'number', values: fills.commissionUsd },
      { name: 'slippageUsd', kind: 'number', values: fills.slippageUsd },
    ],
  }
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
