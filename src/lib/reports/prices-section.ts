import { dateText } from '../charts/date-text.js'
import { numberText } from '../charts/number-text.js'
import { unitDigits } from '../charts/unit-digits.js'
import type { PriceRow, PricesData } from '../documents/prices.js'
import { chartFigure, type ReportChart } from './chart-figure.js'
import { markup, type Markup } from './markup.js'
import { headCell, missingNote, numberCell, reportTable, signedCell, textCell } from './report-table.js'

/** A dot on a track from the year's low to its high. */
function rangeCell({ rangePositionPercent, rangeLow, rangeHigh, unit }: PriceRow): Markup {
  if (rangePositionPercent === null || rangeLow === null || rangeHigh === null) return markup`<td>–</td>`
  const digits = unitDigits(unit)
  const percent = numberText(rangePositionPercent, 0)
  const words = `${percent} % of the way from ${numberText(rangeLow, digits)} to ${numberText(rangeHigh, digits)} ${unit}`
  const x = (5 + 0.7 * Math.min(Math.max(rangePositionPercent, 0), 100)).toFixed(1)
  return markup`<td><svg width="80" height="10" viewBox="0 0 80 10" role="img" aria-label="${words}"><rect class="bar" x="1" y="3" width="78" height="4" rx="2"/><circle class="dot" cx="${x}" cy="5" r="4"/></svg> <span class="percent">${percent} %</span></td>`
}

function priceRow(row: PriceRow): Markup {
  const percent = (field: 'changePercent' | 'change5dPercent' | 'change1mPercent' | 'change1yPercent'): Markup =>
    signedCell(row[field], 2, row.reasons[field])
  return markup`${[
    headCell(row.name),
    textCell(row.contract),
    textCell(row.unit),
    markup`<td class="strong">${numberText(row.last, unitDigits(row.unit))}</td>`,
    signedCell(row.change, unitDigits(row.unit), row.reasons['change']),
    percent('changePercent'),
    percent('change5dPercent'),
    percent('change1mPercent'),
    percent('change1yPercent'),
    numberCell(row.realisedVolPercent, 1),
    rangeCell(row),
  ]}`
}

/** Front months: settlements, contract-true changes, volatility and place in the year's range. */
export function pricesSection(prices: PricesData, charts: readonly ReportChart[]): Markup {
  const columns = [
    { header: 'product', text: true },
    { header: 'contract', text: true },
    { header: 'unit', text: true },
    { header: 'last' },
    { header: 'change' },
    { header: '1d %' },
    { header: '5d %' },
    { header: '1m %' },
    { header: '1y %' },
    { header: `vol ${prices.assumptions.volatilityWindow}d %` },
    { header: 'in 1y range' },
  ]
  const caption = `Front-month settlements of ${dateText(prices.date)}; changes are of the contract held, never across a roll`
  return markup`<section><h2>Prices</h2>
${reportTable(caption, columns, prices.prices.map(priceRow))}${missingNote(
    prices.missing.map(({ reason }) => reason),
  )}${chartFigure(charts, 'prices')}</section>
`
}
