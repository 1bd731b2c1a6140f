import type { BacktestData } from '../../documents/backtest.js'
import { numberText } from '../../charts/number-text.js'
import { type Markup, markup, NOTHING } from '../markup.js'
import { headCell, numberCell, reportTable, signedCell } from '../report-table.js'

type ReturnGroup = NonNullable<BacktestData['regimes']['curve']>['groups'][number]

const percentOf = (fraction: number | null): number | null => (fraction === null ? null : 100 * fraction)

/** Where the profit was made: in calm or wild markets, in contango or backwardation. */
export function regimesSection({ regimes }: BacktestData): Markup {
  const { volatility, curve } = regimes
  if (volatility === null && curve === null) return NOTHING
  return markup`<section><h2>Regimes</h2>
${
  volatility === null
    ? NOTHING
    : groupTable(
        `By the volatility of the instrument before each bar (standard deviation of ${volatility.windowBars} price changes): thirds of its past, lately at ${numberText(volatility.bounds[0], 3)} and ${numberText(volatility.bounds[1], 3)}`,
        volatility.groups,
      )
}${
    curve === null
      ? NOTHING
      : groupTable('By the shape of the first two contracts at the settlement before each bar', curve.groups)
  }</section>
`
}

function groupTable(caption: string, groups: readonly ReturnGroup[]): Markup {
  const rows = groups.map(
    (group) =>
      markup`${[
        headCell(group.name),
        numberCell(group.bars, 0),
        numberCell(100 * group.share, 0),
        signedCell(group.pnlUsd, 0),
        signedCell(percentOf(group.meanReturnAnnual), 2),
        numberCell(percentOf(group.annualVol), 2),
        signedCell(group.sharpe, 2),
        signedCell(percentOf(group.worstReturn), 2),
        numberCell(percentOf(group.exposure), 0),
      ]}`,
  )
  return reportTable(
    caption,
    [
      { header: '', text: true },
      { header: 'bars' },
      { header: '% of all' },
      { header: 'profit USD' },
      { header: 'mean % a year' },
      { header: 'volatility %' },
      { header: 'Sharpe' },
      { header: 'worst bar %' },
      { header: 'exposure %' },
    ],
    rows,
  )
}
