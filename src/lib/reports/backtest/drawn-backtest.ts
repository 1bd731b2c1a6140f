import type { Context } from '../../cli/context.js'
import type { Chart } from '../../charts/chart.js'
import type { BacktestHistory } from '../../desk/backtest-history.js'
import type { BacktestPanel } from './backtest-panels.js'

/** What the command line wants to see of a back-test. */
export interface WantedPictures {
  /** Of `--chart`; null without it. */
  readonly panel: BacktestPanel | null
  readonly report: string | undefined
  /** Folder of pictures. */
  readonly charts: string | undefined
}

/**
 * Pictures and report of a back-test. Nothing is loaded or drawn that nobody asked for; the report waits for the document, which
 * knows what was read and warned of.
 * @param historyWith with or without the paths of the cone
 */
export async function drawnBacktest(
  ctx: Context,
  { panel, report, charts }: WantedPictures,
  historyWith: (cone: boolean) => Promise<BacktestHistory>,
): Promise<{ readonly chart?: () => Chart; readonly afterDocument: (document: string) => Promise<void> }> {
  const nothing = { afterDocument: async () => undefined }
  if (panel === null && report === undefined && charts === undefined) return nothing
  const history = await historyWith(report !== undefined || charts !== undefined || panel === 'cone')
  if (charts !== undefined) {
    const { writeBacktestCharts } = await import('./write-backtest.js')
    await writeBacktestCharts(ctx, charts, history)
  }
  const { backtestChart } = await import('./backtest-chart.js')
  const chart = panel === null ? null : backtestChart(history, panel)
  return {
    chart: chart === null ? undefined : () => chart,
    afterDocument: async (document) => {
      if (report === undefined) return
      const { parsedDocument, writeBacktestReport } = await import('./write-backtest.js')
      await writeBacktestReport(ctx, report, history, parsedDocument(document))
    },
  }
}
