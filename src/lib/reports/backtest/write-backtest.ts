import { basename } from 'node:path'
import type { Context } from '../../cli/context.js'
import type { InputRecord } from '../../cli/inputs.js'
import type { BacktestData } from '../../documents/backtest.js'
import type { BacktestHistory } from '../../desk/backtest-history.js'
import { writeAtomic } from '../../runtime/write-atomic.js'
import { drawPanels, writePanels } from '../draw-panels.js'
import { backtestChart } from './backtest-chart.js'
import { BACKTEST_PANELS } from './backtest-panels.js'
import { backtestReport } from './backtest-report.js'

type WriteContext = Pick<Context, 'resolveFile' | 'signal' | 'note'>

/** What a document says, and where it comes from. */
export interface BacktestDocument {
  readonly data: BacktestData
  readonly inputs: readonly InputRecord[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

/** A document that was just made. */
export function parsedDocument(text: string): BacktestDocument {
  return JSON.parse(text) as BacktestDocument // printed by this very run
}

/** Writes the report of a back-test as one HTML file, out of its document: the same now and when it is shown again. */
export async function writeBacktestReport(
  ctx: WriteContext,
  file: string,
  history: BacktestHistory,
  { data, inputs, warnings }: BacktestDocument,
): Promise<void> {
  const printed = { ...history, data }
  const text = backtestReport({
    history: printed,
    charts: await drawPanels(BACKTEST_PANELS, (panel) => backtestChart(printed, panel), ctx.signal),
    inputs: inputs.flatMap((input) => ('config' in input ? [] : [input])),
    warnings: warnings.filter(({ code }) => code !== 'SIMULATED'),
  })
  await writeAtomic(ctx.resolveFile(file), text, ctx.signal)
  ctx.note(`wrote ${basename(file)}`)
}

/** Writes every picture of a back-test as PNG into a folder, which is made if need be. */
export async function writeBacktestCharts(ctx: WriteContext, folder: string, history: BacktestHistory): Promise<void> {
  await writePanels(ctx, folder, BACKTEST_PANELS, (panel) => backtestChart(history, panel))
}
