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
import { lineStyle, type MarkStyle } from '../theme.js'
import { EMPTY_TIME_AXIS, type TimeAxis, timeAxis } from '../time-axis.js'
import { unitDigits } from '../unit-digits.js'
import { type ValueAxis, valueAxis } from '../value-axis.js'
import { panelTitle } from './small-multiples.js'

export interface SignalsChartInput {
  readonly name: string
  readonly product: Product
  readonly unit: string
  /** The one signal that there is; null of a composite of several. */
  readonly only: string | null
  /** Of the last day, 0 to 100. */
  readonly confidence: number
  /** What the prices are. */
  readonly words: string
  /** Epoch days, ascending. */
  readonly days: Int32Array
  readonly price: Float64Array
  readonly band: {
    readonly label: string
    readonly upper: Float64Array
    readonly middle: Float64Array
    readonly lower: Float64Array
  }
  /** Of the composite, −1 to 1. */
  readonly score: Float64Array
  /** 1 long, 0 neutral, −1 short. */
  readonly direction: Int8Array
  /** A score nearer to 0 is neutral. */
  readonly threshold: number
  readonly families: readonly { readonly label: string; readonly score: Float64Array }[]
  readonly source: string
  readonly simulated: boolean
  /** `2023-12-29`. */
  readonly asOf: string
}

/** Long and short wherever signals are drawn; shapes and signs say it too. */
export const LONG_STYLE: MarkStyle = 'plain0'
export const SHORT_STYLE: MarkStyle = 'plain1'

const PRICE_HEIGHT_PX = 260
const SCORE_HEIGHT_PX = 120
const FAMILY_HEIGHT_PX = 90
const PANEL_GAP_PX = 72
const LABEL_ROOM_PX = 150
const LABEL_PX = 16
/** More turns than this cover the price. */
const MOST_MARKS = 70

interface Grid {
  readonly days: Int32Array
  readonly time: TimeAxis
  readonly widthPx: number
}

/** The price with bands and a mark where the composite turns; the composite, and what its families say, below. */
export function signalsChart(input: SignalsChartInput): Chart {
  const { name, days, words, asOf, unit, price } = input
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - LABEL_ROOM_PX)
  const time = days.length === 0 ? EMPTY_TIME_AXIS : timeAxis(days[0], days[days.length - 1], widthPx)
  const grid: Grid = { days, time, widthPx }
  const turns = turnsOf(input.direction)
  const isMarked = turns.length <= MOST_MARKS
  const last = lastFinite(price)
  const at = last === null ? '' : ` at ${numberText(last, unitDigits(unit))} ${unit}`
  const title = `${name}${at}: ${verdictOf(input)}`
  const marks = isMarked
    ? 'triangles where the composite turns long or short, a ring where it turns neutral'
    : `${turns.length} turns, too many to mark`
  return {
    title,
    subtitle: `${words}, to ${dateText(asOf)} · ${marks}`,
    footer: sourceText(input.source, input.simulated, asOf),
    simulated: input.simulated,
    alt: `${title}. ${name} over ${days.length} settlement days to ${dateText(asOf)} with ${input.band.label}, the composite of its signals, and its families.`,
    vegaLite: {
      columns: 1,
      bounds: 'flush',
      align: 'none',
      spacing: { row: PANEL_GAP_PX, column: 0 },
      concat: [
        pricePanel(input, grid, isMarked ? turns : []),
        scorePanel(input, grid),
        ...(input.families.length > 1 ? [familyPanel(input, grid)] : []),
      ],
      resolve: { scale: { x: 'independent', y: 'independent' } },
    },
  }
}

function verdictOf({ only, score, direction, confidence }: SignalsChartInput): string {
  const last = lastFinite(score)
  if (last === null) return 'no signal is known'
  const side = direction[direction.length - 1]
  const words = side === 0 ? 'NEUTRAL' : `${side > 0 ? 'LONG' : 'SHORT'} with confidence ${confidence.toFixed(0)}`
  return `${only === null ? '' : `${only} `}${words}, score ${numberText(last, 2, true)}`
}

/** Days on which the direction is another than the day before. */
function turnsOf(direction: Int8Array): number[] {
  return Array.from(direction, (_, i) => i).filter((i) => i > 0 && direction[i] !== direction[i - 1])
}

function pricePanel(
  { price, band, direction, product, unit, days }: SignalsChartInput,
  grid: Grid,
  turns: readonly number[],
): Layer {
  const digits = unitDigits(unit)
  const axis = valueAxis(
    (function* () {
      yield* price
      yield* band.upper
      yield* band.lower
    })(),
    { maxTicks: 6 },
  )
  const x = xOf(grid.time)
  const y = yOf(axis, 'price', unit)
  const style = lineStyle(product, 0)
  const rows = rowsOf(days, { price, upper: band.upper, middle: band.middle, lower: band.lower })
  const offset = 0.05 * (axis.domain[1] - axis.domain[0])
  const marks = (side: -1 | 0 | 1, shape: string, markStyle: MarkStyle, filled: boolean): Layer => ({
    data: {
      values: turns
        .filter((i) => direction[i] === side && Number.isFinite(price[i]))
        .map((i) => ({ date: isoFromDay(days[i]), mark: price[i] - side * offset })),
    },
    mark: { type: 'point', style: markStyle, shape, filled, size: side === 0 ? 28 : 75, opacity: 1 },
    encoding: { x, y: { ...y, field: 'mark' } },
  })
  const line = (field: string, strokeDash: readonly number[]): Layer => ({
    mark: { type: 'line', style: 'bandMedian', strokeWidth: 1, strokeDash },
    encoding: { x, y: { ...y, field } },
  })
  const ends = [
    { text: `${band.label}`, value: lastFinite(band.middle), bold: false },
    { text: numberText(lastFinite(price), digits), value: lastFinite(price), bold: true },
  ]
  return {
    width: grid.widthPx,
    height: PRICE_HEIGHT_PX,
    data: { values: rows },
    layer: [
      ...(axis.domain[0] < 0 && axis.domain[1] > 0 ? [levelRule(0, y, 'zero')] : []),
      {
        mark: { type: 'area', style: 'bandRange', line: false },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
      },
      line('middle', [3, 3]),
      { mark: { type: 'line', style, strokeWidth: 1.8 }, encoding: { x, y } },
      marks(0, 'circle', 'zero', false),
      marks(1, 'triangle-up', LONG_STYLE, true),
      marks(-1, 'triangle-down', SHORT_STYLE, true),
      hoverLayer('price', x, { day: { title: 'day' }, price: { title: unit, format: `,.${digits}f` } }),
      ...endLabels(ends, axis, PRICE_HEIGHT_PX, grid.widthPx),
      ...(lastFinite(price) === null ? labelLayers([nothingLabel('no prices', grid.widthPx, PRICE_HEIGHT_PX)]) : []),
    ],
  }
}

function scorePanel({ score, threshold, days }: SignalsChartInput, grid: Grid): Layer {
  const axis = valueAxis(
    (function* () {
      yield* score
      yield threshold
      yield -threshold
    })(),
    { maxTicks: 5, zero: true },
  )
  const x = xOf(grid.time)
  const y = yOf(axis, 'score', null)
  const columns = {
    score,
    above: score.map((value) => Math.max(value, 0)),
    below: score.map((value) => Math.min(value, 0)),
  }
  const last = lastFinite(score)
  const area = (field: string, style: MarkStyle): Layer => ({
    mark: { type: 'area', style, opacity: 0.45, line: false },
    encoding: { x, y: { ...y, field }, y2: { datum: 0 } },
  })
  return {
    width: grid.widthPx,
    height: SCORE_HEIGHT_PX,
    title: panelTitle('Composite score', `−1 to 1; neutral within ±${threshold}`),
    data: { values: rowsOf(days, columns) },
    layer: [
      area('above', LONG_STYLE),
      area('below', SHORT_STYLE),
      levelRule(threshold, y, 'bandMedian'),
      levelRule(-threshold, y, 'bandMedian'),
      levelRule(0, y, 'zero'),
      { mark: { type: 'line', style: 'zero', strokeWidth: 1 }, encoding: { x, y } },
      hoverLayer('score', x, { day: { title: 'day' }, score: { title: 'score', format: '+.2f' } }),
      ...endLabels(
        [
          { text: 'long', value: last !== null && last < threshold ? threshold : null, bold: false },
          { text: numberText(last, 2, true), value: last, bold: true },
          { text: 'short', value: last !== null && last > -threshold ? -threshold : null, bold: false },
        ],
        axis,
        SCORE_HEIGHT_PX,
        grid.widthPx,
      ),
      ...(last === null ? labelLayers([nothingLabel('no signal is known', grid.widthPx, SCORE_HEIGHT_PX)]) : []),
    ],
  }
}

function familyPanel({ families, days }: SignalsChartInput, grid: Grid): Layer {
  const axis = valueAxis(
    (function* () {
      for (const { score } of families) yield* score
    })(),
    { maxTicks: 4, zero: true },
  )
  const x = xOf(grid.time)
  const y = yOf(axis, 'family0', null)
  const style = (index: number): MarkStyle => lineStyle(undefined, index + 2)
  const ends = families.map(({ label, score }, i) => ({
    text: `${label}  ${numberText(lastFinite(score), 2, true)}`,
    value: lastFinite(score),
    bold: false,
    style: style(i),
  }))
  return {
    width: grid.widthPx,
    height: FAMILY_HEIGHT_PX,
    title: panelTitle('Families', 'weighted mean of their signals, −1 to 1'),
    data: { values: rowsOf(days, Object.fromEntries(families.map(({ score }, i) => [`family${i}`, score]))) },
    layer: [
      levelRule(0, y, 'zero'),
      ...families.map((_, i) => ({
        mark: { type: 'line', style: style(i), strokeWidth: 1.4 },
        encoding: { x, y: { ...y, field: `family${i}` } },
      })),
      hoverLayer('family', x, {
        day: { title: 'day' },
        ...Object.fromEntries(families.map(({ label }, i) => [`family${i}`, { title: label, format: '+.2f' }])),
      }),
      ...endLabels(ends, axis, FAMILY_HEIGHT_PX, grid.widthPx),
    ],
  }
}

function lastFinite(values: Float64Array): number | null {
  const at = values.findLastIndex(Number.isFinite)
  return at < 0 ? null : values[at]
}

function rowsOf(days: Int32Array, columns: Readonly<Record<string, Float64Array>>): Layer[] {
  const entries = Object.entries(columns)
  return Array.from(days, (day, i) => ({
    date: isoFromDay(day),
    ...Object.fromEntries(entries.map(([name, values]) => [name, Number.isFinite(values[i]) ? values[i] : null])),
  }))
}

interface End {
  readonly text: string
  /** Where it stands; null leaves it out. */
  readonly value: number | null
  readonly bold: boolean
  /** A swatch of its line. */
  readonly style?: MarkStyle
}

/** Words in the right margin at their values, moved apart. */
function endLabels(ends: readonly End[], axis: ValueAxis, heightPx: number, widthPx: number): Layer[] {
  const there = ends.flatMap((end) => (end.value === null ? [] : [{ ...end, value: end.value }]))
  const places = placeLabels(
    there.map(({ value }) => axis.yPx(value, heightPx)),
    LABEL_PX,
    heightPx,
  )
  const swatches = there.flatMap(({ style }, i) =>
    style === undefined
      ? []
      : [
          {
            data: { values: [{}] },
            mark: { type: 'rule', style, strokeWidth: 2 },
            encoding: { x: { value: widthPx + 8 }, x2: { value: widthPx + 20 }, y: { value: places[i] } },
          },
        ],
  )
  const words = there.map(({ text, bold, style }, i): LabelAt => ({
    text,
    xPx: widthPx + (style === undefined ? 8 : 26),
    yPx: places[i],
    bold,
    style: bold || style !== undefined ? 'label' : 'labelMuted',
  }))
  return [...swatches, ...labelLayers(words)]
}
