import { numberText } from '../../charts/number-text.js'
import type { OptimizeResult } from '../../documents/optimize.js'
import { type Markup, markup } from '../markup.js'
import { headCell, reportTable } from '../report-table.js'

/** What was searched and how; every setting that is not off. */
export function searchSection(data: OptimizeResult): Markup {
  const { strategy, search, objective, walkForward, settings } = data
  const rows: [string, string][] = [
    ['strategy', strategy.name],
    ['rule', strategy.rule],
    ['prices', data.series],
    ['search', `${search.method}, ${numberText(search.cells, 0)} cells${search.excluded > 0 ? `, ${numberText(search.excluded, 0)} combinations excluded` : ''}${search.constraints.length > 0 ? `; ${search.constraints.join('; ')}` : ''}`],
    ...search.dimensions.map((one): [string, string] => [
      `parameter ${one.name}`,
      one.values === null ? `${one.low} to ${one.high}${one.log ? ', logarithmic' : ''}` : one.values.map(String).join(', '),
    ]),
    ['sought', objective.goals.map(({ metric, direction }) => `${direction} ${metric}`).join(', then ')],
    ...(objective.minTrades > 0 ? [['fewest round trips', String(objective.minTrades)] satisfies [string, string]] : []),
    ...objective.penalties.map(({ metric, weight }): [string, string] => ['penalty', `${weight} × ${metric}`]),
    ['folds', walkForward.folds === 0 ? 'none' : `${walkForward.folds} ${walkForward.mode}, ${numberText(100 * walkForward.inSample, 0)} % of each for its search${walkForward.innerFolds > 1 ? `, scored in ${walkForward.innerFolds} parts` : ''}; ${walkForward.positions}`],
    ...Object.entries(settings).flatMap(([name, value]): [string, string][] =>
      value === null || value === 0 || Array.isArray(value) ? [] : [[name, String(value)]],
    ),
  ]
  return markup`<section><h2>What was searched</h2>
${reportTable(
  'Settings that are off are left out',
  [
    { header: '', text: true },
    { header: '', text: true },
  ],
  rows.map(([name, words]) => markup`${[headCell(name), markup`<td class="text wrap">${words}</td>`]}`),
)}</section>
`
}
