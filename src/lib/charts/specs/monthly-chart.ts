import type { BacktestData } from '../../documents/backtest.js'
import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { MONTHS, monthText } from '../date-text.js'
import { numberText } from '../number-text.js'
import { labelLayers, type LabelAt, type Layer, nothingLabel } from '../panel-layers.js'
import { sourceText } from '../source-text.js'

export interface MonthlyChartInput {
  readonly name: string
  readonly yearly: BacktestData['yearly']
  readonly monthly: BacktestData['monthly']
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const ROW_PX = 24
const LEFT_PX = 46
/** Between December and the year. */
const GAP_PX = 10
const COLUMNS = 13
/** The strongest colour still leaves the figure in it readable. */
const STRONGEST = 0.6

interface Cell {
  readonly row: number
  readonly column: number
  readonly percent: number
}

/** Returns by month, a row a year, the year at the end: blue gained, red lost, the sign is written. */
export function monthlyChart(input: MonthlyChartInput): Chart {
  const { yearly, monthly } = input
  const known = monthly.filter((row) => row.return !== null)
  const best = known.reduce((a, b) => ((b.return ?? 0) > (a.return ?? 0) ? b : a), known[0])
  const worst = known.reduce((a, b) => ((b.return ?? 0) < (a.return ?? 0) ? b : a), known[0])
  const gained = known.filter((row) => (row.return ?? 0) > 0).length
  const percent = (value: number | null, digits = 1): string =>
    `${numberText(value === null ? null : 100 * value, digits, true)} %`
  const title =
    known.length === 0
      ? `${input.name}: no month to show`
      : `${input.name} gained in ${gained} of ${known.length} months: best ${monthText(best.month)} ${percent(best.return)}, worst ${monthText(worst.month)} ${percent(worst.return)}`
  return {
    title,
    subtitle: 'Return of equity by calendar month and year, %, after costs; the first and the last may be parts of one',
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. Years: ${yearly.map(({ year, return: value }) => `${year} ${percent(value)}`).join(', ')}.`,
    vegaLite: heatMap(yearly),
  }
}

function heatMap(yearly: BacktestData['yearly']): Layer {
  const widthPx = CONTENT_WIDTH_PX - LEFT_PX
  const heightPx = Math.max(1, yearly.length) * ROW_PX
  const cellPx = (widthPx - GAP_PX) / COLUMNS
  const leftOf = (column: number): number => column * cellPx + (column === COLUMNS - 1 ? GAP_PX : 0)
  if (yearly.length === 0) {
    return { width: widthPx, height: heightPx, layer: labelLayers([nothingLabel('no bars', widthPx, heightPx)]) }
  }
  const cells: Cell[] = yearly.flatMap(({ months, return: year }, row) =>
    [...months, year].flatMap((value, column) => (value === null ? [] : [{ row, column, percent: 100 * value }])),
  )
  const strongestOf = (isYear: boolean): number =>
    Math.max(
      1e-9,
      ...cells.flatMap(({ column, percent }) => ((column === COLUMNS - 1) === isYear ? [Math.abs(percent)] : [])),
    )
  const [month, year] = [strongestOf(false), strongestOf(true)]
  // One scale for months and one for years: a year is of another size.
  const strength = ({ column, percent }: Cell): number =>
    STRONGEST * Math.sqrt(Math.abs(percent) / (column === COLUMNS - 1 ? year : month))
  const scale = { domain: [0, widthPx], nice: false, zero: false }
  const x = { field: 'left', type: 'quantitative', scale, axis: null }
  const y = {
    field: 'top',
    type: 'quantitative',
    scale: { domain: [heightPx, 0], nice: false, zero: false },
    axis: null,
  }
  const squares = (shown: readonly Cell[], style: string): Layer => ({
    data: {
      values: shown.map((cell) => ({
        left: leftOf(cell.column) + 1,
        right: leftOf(cell.column) + cellPx - 1,
        top: cell.row * ROW_PX + 1,
        bottom: (cell.row + 1) * ROW_PX - 1,
        strength: strength(cell),
      })),
    },
    mark: { type: 'rect', style },
    encoding: {
      x,
      x2: { field: 'right' },
      y,
      y2: { field: 'bottom' },
      opacity: { field: 'strength', type: 'quantitative', scale: null, legend: null },
    },
  })
  const digits = month < 1 ? 2 : 1
  const figures: Layer = {
    data: {
      values: cells.map(({ row, column, percent }) => ({
        left: leftOf(column) + cellPx / 2,
        top: (row + 0.5) * ROW_PX,
        text: numberText(percent, digits, true),
      })),
    },
    mark: { type: 'text', style: 'label', fontSize: 11, align: 'center', baseline: 'middle' },
    encoding: { x, y, text: { field: 'text', type: 'nominal' } },
  }
  const heads: LabelAt[] = [...MONTHS, 'Year'].map((text, column) => ({
    text,
    xPx: leftOf(column) + cellPx / 2,
    yPx: -10,
    align: 'center',
    style: 'labelMuted',
  }))
  const years: LabelAt[] = yearly.map((row, i) => ({
    text: String(row.year),
    xPx: -10,
    yPx: (i + 0.5) * ROW_PX,
    align: 'right',
    style: 'labelMuted',
  }))
  return {
    width: widthPx,
    height: heightPx,
    layer: [
      squares(
        cells.filter(({ percent }) => percent > 0),
        'plain0',
      ),
      squares(
        cells.filter(({ percent }) => percent < 0),
        'plain1',
      ),
      figures,
      ...labelLayers([...heads, ...years]),
    ],
  }
}
