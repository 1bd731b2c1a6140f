import { isoFromDay } from '../../kernel/day.js'
import type { Product } from '../../market/instrument.js'
import type { Chart } from '../chart.js'
import { dateText } from '../date-text.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import {
  AXIS_LEFT_PX,
  hoverLayer,
  labelLayers,
  type LabelAt,
  type Layer,
  levelRule,
  nothingLabel,
  xOf,
  yOf,
} from '../panel-layers.js'
import { placeLabels } from '../place-labels.js'
import { sourceText } from '../source-text.js'
import { lineStyle, type MarkStyle, themes } from '../theme.js'
import { EMPTY_TIME_AXIS, type TimeAxis, timeAxis } from '../time-axis.js'
import { unitDigits } from '../unit-digits.js'
import { type ValueAxis, valueAxis } from '../value-axis.js'
import { textWidthPx } from '../wrap-text.js'
import { panelTitle } from './small-multiples.js'

/** Lines drawn on the price. */
export interface IndicatorOverlay {
  /** Written at the end of its line: "SMA 20". */
  readonly label: string
  /** In the unit of the price; upper, middle and lower of a band. NaN breaks a line. */
  readonly lines: readonly Float64Array[]
  readonly isBand: boolean
  /** A point a bar: it jumps from one side of the price to the other. */
  readonly isDots: boolean
}

export interface IndicatorPanelInput {
  /** "RSI 14". */
  readonly short: string
  /** "Relative strength index, Wilder (14)". */
  readonly title: string
  readonly unit: string
  /** Decimals of its values. */
  readonly digits: number
  /** Thin lines across: 30 and 70. */
  readonly levels: readonly number[]
  readonly lines: readonly {
    readonly label: string
    readonly values: Float64Array
    /** Drawn as an area from zero. */
    readonly isHistogram: boolean
  }[]
}

export interface IndicatorsChartInput {
  readonly name: string
  readonly product?: Product
  /** null where a file does not say. */
  readonly unit: string | null
  /** What the closes are. */
  readonly words: string
  /** Epoch days, ascending. */
  readonly days: Int32Array
  readonly close: Float64Array
  readonly overlays: readonly IndicatorOverlay[]
  readonly panels: readonly IndicatorPanelInput[]
  /** What there was no room for. */
  readonly leftOut: readonly string[]
  readonly source: string
  readonly simulated: boolean
  /** `2023-12-29`. */
  readonly asOf: string
}

const PRICE_HEIGHT_PX = 250
const PANEL_HEIGHT_PX = 84
const PANEL_GAP_PX = 72
const LABEL_ROOM_PX = 260
const LABEL_PX = 16

interface Grid {
  readonly days: Int32Array
  readonly time: TimeAxis
  readonly widthPx: number
}

/** The plain colours for what is drawn on the price, without the price's own. */
function overlayStyle(product: Product | undefined, index: number): MarkStyle {
  const { plain, product: ofProduct } = themes.light
  const taken = product === undefined ? plain[0] : ofProduct[product]
  const free = plain.flatMap((colour, i) => (i === 0 || colour === taken ? [] : [lineStyle(undefined, i)]))
  return free[index % free.length]
}

function lastFinite(values: Float64Array): number | null {
  const at = values.findLastIndex(Number.isFinite)
  return at < 0 ? null : values[at]
}

function rowsOf({ days }: Grid, columns: Readonly<Record<string, Float64Array>>): Layer[] {
  const entries = Object.entries(columns)
  return Array.from(days, (day, i) => ({
    date: isoFromDay(day),
    ...Object.fromEntries(entries.map(([name, values]) => [name, Number.isFinite(values[i]) ? values[i] : null])),
  }))
}

/** Names and last values in the right margin, moved apart. */
function endLabels(
  ends: readonly {
    readonly text: string
    readonly value: number
    readonly bold?: boolean
    readonly style: MarkStyle
  }[],
  axis: ValueAxis,
  heightPx: number,
  widthPx: number,
): Layer[] {
  const places = placeLabels(
    ends.map(({ value }) => axis.yPx(value, heightPx)),
    LABEL_PX,
    heightPx,
  )
  const many = ends.length > 1
  const swatches = ends.map(({ style }, i) => ({
    data: { values: [{}] },
    mark: { type: 'rule', style, strokeWidth: 2 },
    encoding: { x: { value: widthPx + 8 }, x2: { value: widthPx + 20 }, y: { value: places[i] } },
  }))
  const words = ends.map(({ text, bold }, i): LabelAt => ({
    text,
    xPx: widthPx + (many ? 26 : 8),
    yPx: places[i],
    bold: bold ?? false,
  }))
  return [...(many ? swatches : []), ...labelLayers(words)]
}

function pricePanel(input: IndicatorsChartInput, grid: Grid): Layer {
  const { unit, close, overlays, product } = input
  const digits = unitDigits(unit ?? '')
  const axis = valueAxis(
    (function* () {
      yield* close
      for (const { lines } of overlays) for (const line of lines) yield* line
    })(),
    { maxTicks: 6 },
  )
  const x = xOf(grid.time)
  const y = yOf(axis, 'close', unit ?? 'close')
  const data = { values: rowsOf(grid, { close }) }
  const style = lineStyle(product, 0)
  const ends = [
    ...overlays.flatMap((overlay, i) => {
      const value = lastFinite(overlay.lines[overlay.isBand ? 1 : 0])
      return value === null
        ? []
        : [{ text: `${overlay.label}  ${numberText(value, digits)}`, value, style: overlayStyle(product, i) }]
    }),
    ...[lastFinite(close)].flatMap((value) =>
      value === null ? [] : [{ text: `close  ${numberText(value, digits)}`, value, bold: true, style }],
    ),
  ]
  const drawn = overlays.map((overlay, i): Layer => {
    const colour = overlayStyle(product, i)
    const columns = Object.fromEntries(overlay.lines.map((line, at) => [`line${at}`, line]))
    const line = (field: string, strokeDash: readonly number[]): Layer => ({
      mark: overlay.isDots
        ? { type: 'point', style: colour, filled: true, size: 9, opacity: 1 }
        : { type: 'line', style: colour, strokeWidth: 1.2, strokeDash },
      encoding: { x, y: { ...y, field } },
    })
    const values = rowsOf(grid, columns)
    return {
      data: { values },
      layer: overlay.isBand
        ? [
            {
              mark: { type: 'area', style: colour, opacity: 0.07, line: false },
              encoding: { x, y: { ...y, field: 'line2' }, y2: { field: 'line0' } },
            },
            line('line0', []),
            line('line2', []),
            line('line1', [3, 3]),
          ]
        : overlay.lines.map((_, at) => line(`line${at}`, [])),
    }
  })
  return {
    width: grid.widthPx,
    height: PRICE_HEIGHT_PX,
    data,
    layer: [
      ...(axis.domain[0] < 0 && axis.domain[1] > 0 ? [levelRule(0, y, 'zero')] : []),
      ...drawn,
      { mark: { type: 'line', style, strokeWidth: 1.8 }, encoding: { x, y } },
      hoverLayer('close', x, { day: { title: 'bar' }, close: { title: unit ?? 'close', format: `,.${digits}f` } }),
      ...endLabels(ends, axis, PRICE_HEIGHT_PX, grid.widthPx),
      ...(ends.length === 0 ? labelLayers([nothingLabel('no closes', grid.widthPx, PRICE_HEIGHT_PX)]) : []),
    ],
  }
}

function indicatorPanel({ title, unit, digits, levels, lines }: IndicatorPanelInput, index: number, grid: Grid): Layer {
  const axis = valueAxis(
    (function* () {
      for (const { values } of lines) yield* values
      if (lines.some(({ values }) => lastFinite(values) !== null)) yield* levels
    })(),
    { maxTicks: 4, air: 0.08 },
  )
  const x = xOf(grid.time)
  // the levels are what a reader looks for: 30 and 70 rather than round numbers
  const format = Math.max(...axis.domain.map(Math.abs)) >= 1e5 ? '~s' : axis.format
  const y = yOf({ ...axis, format, ticks: levels.length > 1 ? levels : axis.ticks }, 'line0', null)
  const columns = Object.fromEntries(lines.map(({ values }, at) => [`line${at}`, values]))
  const ends = lines.flatMap(({ label, values }, at) => {
    const value = lastFinite(values)
    const style: MarkStyle = lines[at].isHistogram ? 'bandDecile' : lineStyle(undefined, at)
    return value === null ? [] : [{ text: `${label}  ${numberText(value, digits)}`.trim(), value, style }]
  })
  const histogramFirst = lines
    .map((line, at) => ({ ...line, at }))
    .sort((a, b) => Number(b.isHistogram) - Number(a.isHistogram))
  return {
    width: grid.widthPx,
    height: PANEL_HEIGHT_PX,
    title: panelTitle(title, unit),
    data: { values: rowsOf(grid, columns) },
    layer: [
      ...levels.map((level) => levelRule(level, y, 'bandMedian')),
      ...histogramFirst.map(({ at, isHistogram }) => ({
        mark: isHistogram
          ? { type: 'area', style: 'bandDecile' }
          : { type: 'line', style: lineStyle(undefined, at), strokeWidth: 1.4 },
        encoding: { x, y: { ...y, field: `line${at}` }, ...(isHistogram ? { y2: { datum: 0 } } : {}) },
      })),
      hoverLayer(`panel_${index}`, x, {
        day: { title: 'bar' },
        ...Object.fromEntries(
          lines.map(({ label }, at) => [`line${at}`, { title: label === '' ? unit : label, format: `,.${digits}f` }]),
        ),
      }),
      ...endLabels(ends, axis, PANEL_HEIGHT_PX, grid.widthPx),
      ...(ends.length === 0
        ? labelLayers([nothingLabel('no value on these bars', grid.widthPx, PANEL_HEIGHT_PX)])
        : []),
    ],
  }
}

/** The finding: the last close, on which side of the first overlay, and where the first panel stands. */
function headlineOf({ name, unit, close, overlays, panels }: IndicatorsChartInput): string {
  const last = lastFinite(close)
  if (last === null) return `${name}: no closes`
  const parts = [`${name} ${numberText(last, unitDigits(unit ?? ''))}${unit === null ? '' : ` ${unit}`}`]
  const overlay = overlays[0]
  const level = overlay ? lastFinite(overlay.lines[overlay.isBand ? 1 : 0]) : null
  if (level !== null)
    parts.push(
      `${last > level ? 'above' : last < level ? 'below' : 'at'} ${overlay.isBand ? 'the middle of ' : ''}${overlay.label}`,
    )
  const panel = panels[0]
  const stand = panel ? lastFinite(panel.lines[0].values) : null
  if (stand !== null) parts.push(`${panel.short} at ${numberText(stand, panel.digits === 2 ? 1 : panel.digits)}`)
  return parts.join(', ')
}

/** The price with what is drawn on it, and below it one panel for each other indicator, on the same days. */
export function indicatorsChart(input: IndicatorsChartInput): Chart {
  const { days, panels, asOf, words, leftOut } = input
  const title = headlineOf(input)
  const digits = unitDigits(input.unit ?? '')
  const wide = (label: string, values: Float64Array, decimals: number): number =>
    textWidthPx(`${label}  ${numberText(lastFinite(values) ?? 0, decimals)}`, 12, true) + 30
  const labelPx = Math.min(
    LABEL_ROOM_PX,
    Math.max(
      wide('close', input.close, digits),
      ...input.overlays.map(({ label, lines }) => wide(label, lines[0], digits)),
      ...panels.flatMap((panel) => panel.lines.map(({ label, values }) => wide(label, values, panel.digits))),
    ),
  )
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - labelPx)
  const time = days.length === 0 ? EMPTY_TIME_AXIS : timeAxis(days[0], days[days.length - 1], widthPx)
  const grid: Grid = { days, time, widthPx }
  const notDrawn =
    leftOut.length === 0
      ? ''
      : ` · not drawn: ${leftOut.length > 3 ? `${leftOut.length} other indicators` : leftOut.join(', ')}`
  return {
    title,
    subtitle: `${words}, to ${dateText(asOf)}${notDrawn}`,
    footer: sourceText(input.source, input.simulated, asOf),
    simulated: input.simulated,
    alt: `${title}. ${input.name} over ${days.length} bars to ${dateText(asOf)}, with ${[
      ...input.overlays.map(({ label }) => label),
      ...panels.map((panel) => panel.title),
    ].join(', ')}.`,
    vegaLite: {
      columns: 1,
      bounds: 'flush',
      align: 'none',
      spacing: { row: PANEL_GAP_PX, column: 0 },
      concat: [pricePanel(input, grid), ...panels.map((panel, i) => indicatorPanel(panel, i, grid))],
      resolve: { scale: { x: 'independent', y: 'independent' } },
    },
  }
}
