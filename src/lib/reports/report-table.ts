import { MINUS, numberText } from '../charts/number-text.js'
import { markup, type Markup, NOTHING } from './markup.js'

export interface ReportColumn {
  readonly header: string
  /** Words stand left, numbers right. */
  readonly text?: boolean
}

/** On paper, a table of so many rows is not broken across pages. */
const MOST_WHOLE_ROWS = 12

/** A table that scrolls sideways on a narrow screen, and says what it is to those who do not see it. */
export function reportTable(caption: string, columns: readonly ReportColumn[], rows: readonly Markup[]): Markup {
  const headers = columns.map(
    ({ header, text }) => markup`<th scope="col"${text ? markup` class="text"` : NOTHING}>${header}</th>`,
  )
  const isShort = rows.length <= MOST_WHOLE_ROWS
  return markup`<div class="scroll${isShort ? ' whole' : ''}" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${headers}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${row}</tr>\n`)}</tbody>
</table></div>
`
}

export function headCell(text: string): Markup {
  return markup`<th scope="row">${text}</th>`
}

export function textCell(text: string): Markup {
  return markup`<td class="text">${text}</td>`
}

export function numberCell(value: number | null, digits: number): Markup {
  return markup`<td>${numberText(value, digits)}</td>`
}

/**
 * A number with its sign, coloured by it; the sign stays where the colour does not.
 * @param reason why there is none, shown under the mouse
 */
export function signedCell(value: number | null, digits: number, reason?: string | null): Markup {
  if (value === null) return reason ? markup`<td title="${reason}">–</td>` : markup`<td>–</td>`
  const shown = numberText(value, digits, true)
  if (shown.startsWith('+')) return markup`<td class="up">${shown}</td>`
  return shown.startsWith(MINUS) ? markup`<td class="down">${shown}</td>` : markup`<td>${shown}</td>`
}

/** What a table lacks, and why. */
export function missingNote(lines: readonly string[]): Markup {
  return lines.length === 0 ? NOTHING : markup`<p class="muted">Not shown: ${lines.join('; ')}.</p>\n`
}
