import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import type { OptimizeResult } from '../../documents/optimize.js'
import { chartFigure, type ReportChart } from '../chart-figure.js'
import { type Markup, markup } from '../markup.js'
import { headCell, numberCell, reportTable, signedCell, textCell } from '../report-table.js'
import { searchedText } from './optimize-chart.js'

/** What each search saw, chose, and earned on the bars after it. */
export function foldsSection(data: OptimizeResult, charts: readonly ReportChart[]): Markup {
  const { folds, outOfSample, stability, walkForward } = data
  if (folds.length === 0 || outOfSample === null) {
    return markup`<section><h2>Walking forward</h2>
<p>Nothing was held back (--folds 0): every figure of this page is in sample.</p></section>
`
  }
  const rows = folds.map(
    (fold) =>
      markup`${[
        headCell(`${dateText(fold.train.from)} – ${dateText(fold.train.to)}`),
        textCell(`${dateText(fold.test.from)} – ${dateText(fold.test.to)}`),
        textCell(searchedText(data, fold.parameters)),
        numberCell(fold.inSample['sharpe'], 2),
        signedCell(fold.outOfSample['sharpe'], 2),
        numberCell(fold.outOfSample['trades'], 0),
        signedCell(fold.outOfSample['netProfitUsd'], 0),
      ]}`,
  )
  const searched = new Set(
    data.search.dimensions.filter(({ values }) => values === null || values.length > 1).map(({ name }) => name),
  )
  const steady = stability
    .filter(({ name }) => searched.has(name))
    .map(
      (one) =>
        markup`${[
          headCell(one.name),
          textCell(one.values.join(', ')),
          numberCell(one.distinct, 0),
          numberCell(100 * one.modeShare, 0),
          numberCell(one.meanStep === null ? null : 100 * one.meanStep, 0),
        ]}`,
    )
  const { profit, sharpe, profitableFolds } = outOfSample.efficiency
  return markup`<section><h2>Walking forward</h2>
${chartFigure(charts, 'folds')}${reportTable(
    `${walkForward.mode === 'rolling' ? 'Rolling' : 'Anchored'} searches; purge ${walkForward.purge} and embargo ${walkForward.embargo} bars between a search and its test`,
    [
      { header: 'search', text: true },
      { header: 'test', text: true },
      { header: 'chosen', text: true },
      { header: 'Sharpe in' },
      { header: 'Sharpe out' },
      { header: 'round trips out' },
      { header: 'profit out, USD' },
    ],
    rows,
  )}<p>Efficiency: ${share(profit)} of the profit a bar and ${share(sharpe)} of the Sharpe ratio of the searches were left in the tests; ${share(profitableFolds)} of the tests made a profit.</p>
${reportTable(
  'What the folds chose; a search that finds something finds nearly the same each time. Values drawn at random step by 33 % of the range, 25 % where there are two',
  [
    { header: 'parameter', text: true },
    { header: 'fold by fold', text: true },
    { header: 'distinct' },
    { header: 'most frequent, %' },
    { header: 'mean step, % of the range' },
  ],
  steady,
)}</section>
`
}

function share(fraction: number | null): string {
  return fraction === null ? 'nothing to compare' : `${numberText(100 * fraction, 0)}\u00a0%`
}
