import { dateText } from '../charts/date-text.js'
import { numberText } from '../charts/number-text.js'
import { unitDigits } from '../charts/unit-digits.js'
import type { SpreadRow, SpreadsData } from '../documents/spreads.js'
import { chartFigure, type ReportChart } from './chart-figure.js'
import { markup, type Markup, NOTHING } from './markup.js'
import { headCell, missingNote, numberCell, reportTable, signedCell, textCell } from './report-table.js'

/** `−3 CLH24, +2 RBH24, +1 HOH24`. */
function legsText({ legs }: SpreadRow): string {
  return legs
    .map(({ lots, contract }) => `${numberText(lots, Number.isInteger(lots) ? 0 : 2, true)} ${contract}`)
    .join(', ')
}

function spreadRow(row: SpreadRow): Markup {
  const digits = unitDigits(row.unit)
  return markup`${[
    headCell(row.title),
    textCell(row.unit),
    markup`<td class="strong">${numberText(row.value, digits, true)}</td>`,
    signedCell(row.change, digits),
    signedCell(row.zScore, 2),
    numberCell(row.percentile, 0),
    numberCell(row.seasonal.percentile, 0),
    numberCell(row.low, digits),
    numberCell(row.high, digits),
    textCell(legsText(row)),
  ]}`
}

/** Spreads with their place in the window and in the season. */
export function spreadsSection(spreads: SpreadsData, charts: readonly ReportChart[]): Markup {
  const { windowDays, seasonalDays, seasonalYears } = spreads.assumptions
  const columns = [
    { header: 'spread', text: true },
    { header: 'unit', text: true },
    { header: 'value' },
    { header: 'change' },
    { header: 'z-score' },
    { header: 'percentile' },
    { header: 'seasonal' },
    { header: 'low' },
    { header: 'high' },
    { header: 'lots', text: true },
  ]
  const caption = `Spreads of ${dateText(spreads.date)}; z-score, percentile, low and high over ${windowDays} common days with today; seasonal: percentile among ±${seasonalDays} days of the ${seasonalYears} years before`
  const outOfStep = spreads.spreads.filter((row) => row.clockMismatch).map((row) => row.title)
  return markup`<section><h2>Spreads</h2>
${reportTable(caption, columns, spreads.spreads.map(spreadRow))}${
    outOfStep.length > 0
      ? markup`<p class="muted">New York and London clocks are out of step: the legs of ${outOfStep.join(', ')} settled an hour apart.</p>\n`
      : NOTHING
  }${missingNote(spreads.skipped.map(({ name, reason }) => `${name}: ${reason}`))}${charts.filter(({ id }) => id.startsWith('spreads')).map(({ id }) => chartFigure(charts, id))}</section>
`
}
