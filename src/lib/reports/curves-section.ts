import { dateText, monthText } from '../charts/date-text.js'
import { numberText } from '../charts/number-text.js'
import { unitDigits } from '../charts/unit-digits.js'
import type { CurveData } from '../documents/curve.js'
import { chartFigure, type ReportChart } from './chart-figure.js'
import { markup, type Markup, NOTHING } from './markup.js'
import { headCell, numberCell, reportTable, signedCell, textCell } from './report-table.js'

/** Ranks in the table of settlements. */
const RANKS = 12

function shapeRow(curve: CurveData): Markup {
  const { rollYield, reasons } = curve
  const digits = unitDigits(curve.unit)
  return markup`${[
    headCell(curve.name),
    textCell(curve.structure ?? '–'),
    textCell(curve.unit),
    signedCell(curve.m1m2, digits, reasons['m1m2']),
    signedCell(curve.m1m6, digits, reasons['m1m6']),
    signedCell(curve.m1m12, digits, reasons['m1m12']),
    signedCell(curve.slopePerMonth, digits + 1, reasons['slopePerMonth']),
    signedCell(rollYield.value === null ? null : 100 * rollYield.value, 1, rollYield.reason),
    signedCell(curve.fullCarryPercent, 0, reasons['fullCarryPercent']),
  ]}`
}

function settlementsRow(curve: CurveData, ranks: readonly number[]): Markup {
  const byRank = new Map(curve.points.map((point) => [point.rank, point]))
  const cells = ranks.map((rank) => {
    const point = byRank.get(rank)
    if (!point) return numberCell(null, 0)
    const words = `${point.contract}, ${monthText(point.deliveryMonth)}, last trading day ${dateText(point.expiry)}`
    return markup`<td title="${words}">${numberText(point.settlement, unitDigits(curve.unit))}</td>`
  })
  return markup`${[headCell(curve.name), textCell(curve.unit), ...cells]}`
}

/** Shape, settlements by rank and a picture of each curve. */
export function curvesSection(curves: readonly CurveData[], charts: readonly ReportChart[]): Markup {
  const shapeColumns = [
    { header: 'product', text: true },
    { header: 'structure', text: true },
    { header: 'unit', text: true },
    { header: 'M1–M2' },
    { header: 'M1–M6' },
    { header: 'M1–M12' },
    { header: 'slope a month' },
    { header: 'roll yield % a year' },
    { header: '% of full carry' },
  ]
  const ranks = Array.from({ length: RANKS }, (_, i) => i + 1).filter((rank) =>
    curves.some((curve) => curve.points.some((point) => point.rank === rank)),
  )
  const noRoll = curves.flatMap(({ name, rollYield }) =>
    rollYield.value === null && rollYield.reason ? [`${name}: ${rollYield.reason}`] : [],
  )
  return markup`<section><h2>Curves</h2>
${reportTable(
  'Shape: M1–M2 and its kin are near minus far, positive in backwardation; the slope is positive in contango',
  shapeColumns,
  curves.map(shapeRow),
)}${noRoll.length > 0 ? markup`<p class="muted">No roll yield: ${noRoll.join('; ')}.</p>\n` : NOTHING}${reportTable(
    'Settlements by rank',
    [
      { header: 'product', text: true },
      { header: 'unit', text: true },
      ...ranks.map((rank) => ({ header: `M${rank}` })),
    ],
    curves.map((curve) => settlementsRow(curve, ranks)),
  )}${curves.map(({ product }) => chartFigure(charts, `curve-${product}`))}</section>
`
}
