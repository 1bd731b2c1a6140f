import { darkened } from '../../charts/recolour.js'
import { renderChart, renderSvg } from '../../charts/render.js'
import type { BacktestHistory } from '../../desk/backtest-history.js'
import { yieldNow } from '../../runtime/yield-now.js'
import { backtestChart } from './backtest-chart.js'
import { BACKTEST_PANELS, type BacktestPanel } from './backtest-panels.js'
import type { ReportChart } from '../chart-figure.js'

/** Every picture of a back-test, on light and on dark paper; lets signals in before each. */
export async function drawBacktest(history: BacktestHistory, signal: AbortSignal): Promise<ReportChart[]> {
  const drawn: ReportChart[] = []
  for (const panel of BACKTEST_PANELS) {
    await yieldNow(signal)
    const chart = backtestChart(history, panel)
    if (chart === null) continue
    const svgLight = await renderSvg(chart, 'light')
    const alt = `${chart.simulated ? 'Simulated data. ' : ''}${chart.alt}`
    drawn.push({ id: panel, svgLight, svgDark: darkened(svgLight), alt })
  }
  return drawn
}

/** The same pictures as files of one format. */
export async function backtestPictures(
  history: BacktestHistory,
  format: 'png' | 'svg',
  signal: AbortSignal,
): Promise<{ readonly panel: BacktestPanel; readonly file: string; readonly bytes: Uint8Array }[]> {
  const pictures: { panel: BacktestPanel; file: string; bytes: Uint8Array }[] = []
  for (const panel of BACKTEST_PANELS) {
    await yieldNow(signal)
    const chart = backtestChart(history, panel)
    if (chart !== null) pictures.push({ panel, file: `${panel}.${format}`, bytes: await renderChart(chart, format) })
  }
  return pictures
}
