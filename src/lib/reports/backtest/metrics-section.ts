import type { BacktestData } from '../../documents/backtest.js'
import { type Markup, markup } from '../markup.js'
import { metricText } from '../metric-text.js'
import { headCell, reportTable } from '../report-table.js'

/** Every metric with its convention. */
export function metricsSection({ metrics, conventions }: BacktestData): Markup {
  const rows = Object.entries(metrics).map(
    ([name, value]) =>
      markup`${[
        markup`<th scope="row"><code>${name}</code></th>`,
        markup`<td>${metricText(value)}</td>`,
        markup`<td class="text wrap">${conventions[name] ?? ''}</td>`,
      ]}`,
  )
  const rules = Object.entries(conventions)
    .filter(([name]) => !(name in metrics))
    .map(([name, words]) => markup`${[headCell(name), markup`<td class="text wrap">${words}</td>`]}`)
  return markup`<section><h2>Metrics and conventions</h2>
${reportTable(
  'Fractions are not per cent; a dash is undefined',
  [{ header: 'metric', text: true }, { header: 'value' }, { header: 'convention', text: true }],
  rows,
)}${reportTable('How it was traded', [{ header: 'rule', text: true }, { header: '', text: true }], rules)}</section>
`
}
