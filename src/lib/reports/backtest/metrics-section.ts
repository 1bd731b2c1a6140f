import { numberText } from '../../charts/number-text.js'
import type { BacktestData } from '../../documents/backtest.js'
import { type Markup, markup } from '../markup.js'
import { headCell, reportTable } from '../report-table.js'

/** Every metric with its convention. */
export function metricsSection({ metrics, conventions }: BacktestData): Markup {
  const rows = Object.entries(metrics).map(
    ([name, value]) =>
      markup`${[
        markup`<th scope="row"><code>${name}</code></th>`,
        markup`<td>${figureText(value)}</td>`,
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

/** Five digits that count, whole numbers whole. */
function figureText(value: number | null): string {
  if (value === null) return '–'
  if (Number.isInteger(value) || Math.abs(value) >= 10_000) return numberText(value, 0)
  const digits = Math.max(0, 4 - Math.floor(Math.log10(Math.abs(value))))
  return numberText(value, Math.min(8, digits))
}
