import type { BacktestHistory } from '../../desk/backtest-history.js'
import { chartFigure, type ReportChart } from '../chart-figure.js'
import { type Markup, markup } from '../markup.js'
import { headCell, reportTable, signedCell } from '../report-table.js'

/** Where the profit came from and what trading took of it; the rows add up. */
export function costsSection({ data }: BacktestHistory, charts: readonly ReportChart[]): Markup {
  const { costs, attribution, rolls, conventions } = data
  const rows: [string, number, string][] = [
    ['front price', attribution.frontUsd, 'what the price of the contract in front made, gaps of rolls and all'],
    ['roll yield', attribution.rollYieldUsd, conventions['rollYield'] ?? ''],
    ['gross profit', costs.grossProfitUsd, 'at the prices before slippage and impact, without commission'],
    ['commission', -costs.commissionUsd, 'commission and fees, without those of rolls'],
    ['slippage', -costs.slippageUsd, conventions['slippage'] ?? ''],
    ['market impact', -costs.impactUsd, conventions['impact'] ?? ''],
    ['rolls', -costs.rollUsd, `two fills a lot at each of ${rolls.count} rolls`],
    ['net profit', costs.netProfitUsd, 'final − initial equity'],
  ]
  const cells = rows.map(
    ([name, usd, words]) => markup`${[headCell(name), signedCell(usd, 0), markup`<td class="text wrap">${words}</td>`]}`,
  )
  return markup`<section><h2>Costs and rolls</h2>
${chartFigure(charts, 'costs')}${reportTable(
    'Attribution, USD: front price + roll yield = gross; gross − costs = net',
    [{ header: '', text: true }, { header: 'USD' }, { header: 'what it is', text: true }],
    cells,
  )}</section>
`
}
