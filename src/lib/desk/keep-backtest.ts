import type { Context } from '../cli/context.js'
import { keepRun, keptRunsFolder } from '../store/kept-runs.js'
import type { BacktestAnswer } from './backtest-on.js'
import { backtestFile, equityTable, fillsTable, tradesTable } from './backtest-tables.js'

/** Tables of a kept run, beside its document. */
export const KEPT_TABLES = { equity: 'equity.parquet', trades: 'trades.parquet', fills: 'fills.parquet' } as const

/** Keeps a back-test in the workspace: its document, and its equity, trades and fills as Parquet. */
export async function keepBacktest(ctx: Context, document: string, answer: BacktestAnswer): Promise<void> {
  const { equity, trades, fills } = KEPT_TABLES
  const files = {
    [equity]: await backtestFile(equity, equityTable(answer), answer),
    [trades]: await backtestFile(trades, tradesTable(answer), answer),
    [fills]: await backtestFile(fills, fillsTable(answer), answer),
  }
  const id = await keepRun(keptRunsFolder(ctx.workspace.dataDir), document, files, ctx.signal)
  ctx.note(`kept as ${id}: contango backtest show ${id}`)
}
