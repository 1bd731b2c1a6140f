import { dateText } from '../../charts/date-text.js'
import type { BacktestHistory } from '../../desk/backtest-history.js'
import { chartFigure, type ReportChart } from '../chart-figure.js'
import { type Markup, markup } from '../markup.js'
import { headCell, numberCell, reportTable, signedCell, textCell } from '../report-table.js'

const percentOf = (fraction: number | null): number | null => (fraction === null ? null : 100 * fraction)

/** Equity and drawdown, and the deepest drawdowns. */
export function equitySection({ data }: BacktestHistory, charts: readonly ReportChart[]): Markup {
  const rows = data.drawdowns.map(
    ({ peak, trough, recovery, depth, depthUsd, bars }, i) =>
      markup`${[
        headCell(String(i + 1)),
        textCell(peak === null ? 'the start' : dateText(peak)),
        textCell(dateText(trough)),
        textCell(recovery === null ? 'not yet' : dateText(recovery)),
        signedCell(100 * depth, 1),
        signedCell(depthUsd, 0),
        numberCell(bars, 0),
      ]}`,
  )
  return markup`<section><h2>Equity</h2>
${chartFigure(charts, 'equity')}${
    rows.length === 0
      ? markup`<p class="muted">Equity was never below its peak.</p>\n`
      : reportTable(
          'The deepest drawdowns: bars from the peak to the recovery, or to the last bar',
          [
            { header: '', text: true },
            { header: 'peak', text: true },
            { header: 'trough', text: true },
            { header: 'back', text: true },
            { header: 'depth %' },
            { header: 'depth USD' },
            { header: 'bars' },
          ],
          rows,
        )
  }</section>
`
}

/** Returns by month and year. */
export function monthsSection({ data }: BacktestHistory, charts: readonly ReportChart[]): Markup {
  const rows = data.yearly.map(
    (year) =>
      markup`${[
        headCell(String(year.year)),
        signedCell(percentOf(year.return), 2),
        signedCell(year.pnlUsd, 0),
        numberCell(percentOf(year.annualVol), 2),
        signedCell(year.sharpe, 2),
        signedCell(percentOf(year.maxDrawdown), 2),
        numberCell(year.trades, 0),
        signedCell(year.tradesNetUsd, 0),
        numberCell(year.bars, 0),
      ]}`,
  )
  return markup`<section><h2>Months and years</h2>
${chartFigure(charts, 'monthly')}${reportTable(
    'By year: trades are those closed in it, drawdown from the highest equity since the end of the year before',
    [
      { header: 'year', text: true },
      { header: 'return %' },
      { header: 'profit USD' },
      { header: 'volatility %' },
      { header: 'Sharpe' },
      { header: 'drawdown %' },
      { header: 'trades' },
      { header: 'their net USD' },
      { header: 'bars' },
    ],
    rows,
  )}</section>
`
}
