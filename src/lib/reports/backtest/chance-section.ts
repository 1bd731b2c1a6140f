import { numberText } from '../../charts/number-text.js'
import type { BacktestHistory } from '../../desk/backtest-history.js'
import type { PathSummary } from '../../desk/draw-paths.js'
import { chartFigure, type ReportChart } from '../chart-figure.js'
import { type Markup, markup, NOTHING } from '../markup.js'
import { headCell, reportTable } from '../report-table.js'

const SHOWN = ['observed', 'p5', 'p25', 'p50', 'p75', 'p95'] as const

/** How else it might have come out: a stationary bootstrap of the run's own bars. */
export function chanceSection({ cone, data }: BacktestHistory, charts: readonly ReportChart[]): Markup {
  if (cone === null) return NOTHING
  const { summary, block } = cone
  const rows: [string, PathSummary['sharpe'], scale: number, digits: number][] = [
    ['final equity, USD', summary.finalEquity, 1, 0],
    ['total return, %', summary.totalReturn, 100, 1],
    ['Sharpe ratio', summary.sharpe, 1, 2],
    ['maximum drawdown, %', summary.maxDrawdown, 100, 1],
    ['maximum drawdown, USD', summary.maxDrawdownUsd, 1, 0],
  ]
  const cells = rows.map(
    ([name, figure, scale, digits]) =>
      markup`${[
        headCell(name),
        ...SHOWN.map((which) => {
          const value = figure[which]
          return markup`<td${which === 'observed' ? markup` class="strong"` : NOTHING}>${numberText(value === null ? null : scale * value, digits)}</td>`
        }),
        markup`<td>${numberText(figure.observedPercentile, 0)}</td>`,
      ]}`,
  )
  const { low, high } = summary.probabilityOfLossInterval
  return markup`<section><h2>What chance might have made of it</h2>
${chartFigure(charts, 'cone')}${reportTable(
    `Stationary bootstrap, ${numberText(summary.paths, 0)} paths in blocks of ${numberText(block, 1)} bars on average, ${data.sizing.kind === 'fixed' ? 'profits in USD added' : 'returns compounded'}`,
    [
      { header: '', text: true },
      { header: 'the run' },
      { header: '5 %' },
      { header: '25 %' },
      { header: 'median' },
      { header: '75 %' },
      { header: '95 %' },
      { header: 'run’s percentile' },
    ],
    cells,
  )}<p class="muted">A loss on ${numberText(100 * summary.probabilityOfLoss, 1)} % of the paths (95 % interval ${numberText(100 * low, 1)} to ${numberText(100 * high, 1)}), ruin on ${numberText(100 * summary.probabilityOfRuin, 2)} %. The paths keep the drift of the run, an overfitted one as well, and have no bar worse than its worst.</p>
</section>
`
}
