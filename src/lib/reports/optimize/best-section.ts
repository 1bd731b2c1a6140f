import { numberText } from '../../charts/number-text.js'
import type { OptimizeResult } from '../../documents/optimize.js'
import { type Markup, markup, NOTHING } from '../markup.js'
import { metricText } from '../metric-text.js'
import { headCell, numberCell, reportTable, signedCell } from '../report-table.js'
import { searchedText } from './optimize-chart.js'

type Metrics = OptimizeResult['best']['metrics']

/** Rows of the summary: what it is called, its scale and decimals. */
const SHOWN: readonly [name: string, words: string, scale: number, digits: number][] = [
  ['sharpe', 'Sharpe ratio', 1, 2],
  ['cagr', 'growth a year, %', 100, 2],
  ['annualVol', 'volatility a year, %', 100, 2],
  ['maxDrawdown', 'deepest drawdown, %', 100, 1],
  ['calmar', 'Calmar ratio', 1, 2],
  ['trades', 'round trips', 1, 0],
  ['winRate', 'won, %', 100, 0],
  ['exposure', 'in the market, %', 100, 0],
  ['netProfitUsd', 'net profit, USD', 1, 0],
]

/** The chosen parameters in sample beside what walking forward kept of them. */
export function bestSection(data: OptimizeResult): Markup {
  const { best, outOfSample, top } = data
  const cell = (metrics: Metrics | undefined, name: string, scale: number, digits: number): Markup =>
    numberCell(scaled(metrics?.[name] ?? null, scale), digits)
  const rows = SHOWN.map(
    ([name, words, scale, digits]) =>
      markup`${[headCell(words), cell(best.metrics, name, scale, digits), cell(outOfSample?.metrics, name, scale, digits)]}`,
  )
  const others = top.map(
    ({ parameters, score, metrics }) =>
      markup`${[
        headCell(searchedText(data, parameters)),
        numberCell(score, Math.abs(score) >= 100 ? 0 : 3),
        numberCell(metrics['sharpe'], 2),
        numberCell(scaled(metrics['maxDrawdown'], 100), 1),
        numberCell(metrics['trades'], 0),
        signedCell(metrics['netProfitUsd'], 0),
      ]}`,
  )
  return markup`<section><h2>What was found, and what was left of it</h2>
<p>Best of ${numberText(data.search.cells, 0)} in sample: ${searchedText(data, best.parameters)}.</p>
${reportTable(
  outOfSample === null
    ? 'In sample; nothing was held back'
    : `In sample ${data.sample.from} to ${data.sample.to}; walking forward, the parameters of each fold on the bars after it, ${outOfSample.from} to ${outOfSample.to}`,
  [{ header: '', text: true }, { header: 'best, in sample' }, { header: 'walking forward' }],
  rows,
)}${reportTable(
    'Best cells in sample: neighbours that agree are worth more than one that stands out',
    [
      { header: 'parameters', text: true },
      { header: 'score' },
      { header: 'Sharpe' },
      { header: 'drawdown, %' },
      { header: 'round trips' },
      { header: 'net profit, USD' },
    ],
    others,
  )}${frontTable(data)}</section>
`
}

const MOST_OF_FRONT = 50

/** Cells that none beats in all goals; nothing where there is one goal. */
function frontTable(data: OptimizeResult): Markup {
  const { front, objective } = data
  if (front.length === 0) return NOTHING
  const shown = front.slice(0, MOST_OF_FRONT)
  return reportTable(
    `Front: ${numberText(front.length, 0)} cells that none beats in all goals${shown.length < front.length ? `, the first ${shown.length} of them` : ''}`,
    [
      { header: 'parameters', text: true },
      ...objective.goals.map(({ metric, direction }) => ({ header: `${direction} ${metric}` })),
    ],
    shown.map(
      ({ parameters, metrics }) =>
        markup`${[headCell(searchedText(data, parameters)), ...objective.goals.map(({ metric }) => markup`<td>${metricText(metrics[metric])}</td>`)]}`,
    ),
  )
}

function scaled(value: number | null | undefined, scale: number): number | null {
  return value === null || value === undefined ? null : scale * value
}
