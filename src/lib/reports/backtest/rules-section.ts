import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import type { BacktestData } from '../../documents/backtest.js'
import { type Markup, markup } from '../markup.js'
import { headCell, reportTable } from '../report-table.js'

/** What was run, with every setting that was not left out, and what the look-ahead guard looked at. */
export function rulesSection(data: BacktestData): Markup {
  const { strategy, settings, sizing, orders, lookAhead } = data
  const rows: [string, string][] = [
    ['strategy', strategy.name],
    ['rule', strategy.rule],
    ...Object.entries(strategy.parameters).map(([name, value]): [string, string] => [`parameter ${name}`, String(value)]),
    ['first decision', `on the close of bar ${strategy.firstDecisionBar + 1}`],
    ['prices', data.series],
    ...data.instruments.flatMap((instrument): [string, string][] => [
      [
        `instrument ${instrument.name}`,
        `${numberText(instrument.multiplier, 0)} USD per lot and unit of price${instrument.legs.length > 1 ? `; legs ${instrument.legs.map(({ name, lots }) => `${numberText(lots, 0, true)} ${name}`).join(', ')}` : ''}; margin: ${instrument.margin.words}`,
      ],
    ]),
    ['size', sizing.formula],
    ...Object.entries(settings).flatMap(([name, value]): [string, string][] =>
      value === null || value === 0 || Array.isArray(value) ? [] : [[name, String(value)]],
    ),
    [
      'orders',
      `${numberText(orders.placed, 0)} placed, ${numberText(orders.filled, 0)} filled, ${numberText(orders.cancelled, 0)} cancelled, ${numberText(orders.expired, 0)} expired, ${numberText(orders.rejected, 0)} rejected`,
    ],
    [
      'inside the bar',
      data.intrabarBounds === null
        ? 'no bar on which two paths fill differently'
        : `${numberText(data.ambiguousBars, 0)} bars on which two paths fill differently: final equity from ${numberText(data.intrabarBounds.worstFinal, 0)} to ${numberText(data.intrabarBounds.bestFinal, 0)} USD`,
    ],
    [
      'look-ahead guard',
      lookAhead.checkedBars.length === 0
        ? 'too few bars to check'
        : `passed: ${numberText(100 * lookAhead.recomputedShare, 0)} % of the bars recomputed with the future cut off on ${lookAhead.checkedBars.map(dateText).join(', ')}`,
    ],
  ]
  return markup`<section><h2>Rule and settings</h2>
${reportTable(
  'What was run; settings that are off are left out',
  [
    { header: '', text: true },
    { header: '', text: true },
  ],
  rows.map(([name, words]) => markup`${[headCell(name), markup`<td class="text wrap">${words}</td>`]}`),
)}</section>
`
}
