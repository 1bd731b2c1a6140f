import { dateText } from '../charts/date-text.js'
import type { Provenance } from '../market/dataset.js'
import { markup, type Markup } from './markup.js'
import { headCell, numberCell, reportTable, textCell } from './report-table.js'

/** What was read, with fingerprints. */
export function sourcesSection(inputs: readonly Provenance[]): Markup {
  const columns = [
    { header: 'series', text: true },
    { header: 'kind', text: true },
    { header: 'source', text: true },
    { header: 'rows' },
    { header: 'first', text: true },
    { header: 'last', text: true },
    { header: 'SHA-256', text: true },
  ]
  const rows = inputs.map(
    (input) =>
      markup`${[
        headCell(input.series),
        textCell(input.kind),
        textCell(`${input.source}${input.simulated ? ' (SIMULATED)' : ''}`),
        numberCell(input.rows, 0),
        textCell(input.first === null ? '–' : dateText(input.first)),
        textCell(input.last === null ? '–' : dateText(input.last)),
        markup`<td class="text wrap"><code>${input.sha256}</code></td>`,
      ]}`,
  )
  return markup`<section><h2>Data</h2>
${reportTable('What was read, with the fingerprint of each slice', columns, rows)}</section>
`
}
