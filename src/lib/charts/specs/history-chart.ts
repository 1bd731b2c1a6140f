import { dayFromIso, type EpochDay, isoFromDay } from '../../kernel/day.js'
import type { Product } from '../../market/instrument.js'
import type { Chart } from '../chart.js'
import { dateText } from '../date-text.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import {
  AXIS_LEFT_PX,
  hoverLayer,
  labelLayers,
  type Layer,
  levelRule,
  levelStripe,
  nothingLabel,
  xOf,
  yOf,
} from '../panel-layers.js'
import { placeLabels } from '../place-labels.js'
import { sourceText } from '../source-text.js'
import { lineStyle, type MarkStyle } from '../theme.js'
import { EMPTY_TIME_AXIS, timeAxis } from '../time-axis.js'
import { unitDigits } from '../unit-digits.js'
import { type ValueAxis, valueAxis } from '../value-axis.js'
import { textWidthPx, wrapText } from '../wrap-text.js'

export interface HistorySeries {
  /** Written at the end of the line: "WTI M1". */
  readonly label: string
  /** Gives the line its product's colour. */
  readonly product?: Product
  /** Epoch days, ascending. */
  readonly days: Int32Array
  /** In the chart's unit; NaN breaks the line. */
  readonly values: Float64Array
  /** A level that holds until the next one, as a quota does: drawn as steps, not as a slope between two levels. */
  readonly steps?: boolean
}

/** Levels of some history, drawn grey across the whole picture. */
export interface LevelBand {
  readonly min: number
  readonly p10: number
  readonly median: number
  readonly p90: number
  readonly max: number
}

export interface HistoryChartInput {
  /** The finding. */
  readonly title: string
  readonly subtitle: string
  readonly unit: string
  readonly series: readonly HistorySeries[]
  readonly band?: LevelBand | null
  /** Draw a line at zero, and let the axis reach it. */
  readonly zeroLine: boolean
  readonly simulated: boolean
  readonly source: string
  /** `2023-12-29`. */
  readonly asOf: string
  /** Decimals of the label; by default those of the unit. */
  readonly digits?: number
}

const HEIGHT_PX = 330
const LINE_PX = 15
const MAX_LABEL_PX = 170
const SWATCH_PX = 14
const DASHES = [[], [6, 3], [2, 3]] as const

interface LastValue {
  readonly day: EpochDay
  readonly value: number
}

function lastValueOf({ days, values }: HistorySeries): LastValue | null {
  for (let i = values.length - 1; i >= 0; i--) if (Number.isFinite(values[i])) return { day: days[i], value: values[i] }
  return null
}

/** `null` between two points breaks a line; a NaN is one. */
function rowsOf(series: HistorySeries): { date: string; value: number | null }[] {
  return Array.from(series.days, (day, i) => ({
    date: isoFromDay(day),
    value: Number.isFinite(series.values[i]) ? series.values[i] : null,
  }))
}

interface EndLabel extends LastValue {
  readonly style: MarkStyle
  /** Dash of the line: two ranks of one product share its colour. */
  readonly dash: readonly number[]
  readonly lines: readonly string[]
}

/** Names and last values in the right margin beside a piece of their line, moved apart as whole blocks. */
function endLabelLayers(ends: readonly EndLabel[], axis: ValueAxis, widthPx: number): Layer[] {
  const tallest = Math.max(0, ...ends.map((end) => end.lines.length))
  const places = placeLabels(
    ends.map((end) => axis.yPx(end.value, HEIGHT_PX)),
    tallest * LINE_PX + 3,
    HEIGHT_PX,
  )
  const swatches = ends.map(({ style, dash }, i) => ({
    data: { values: [{}] },
    mark: { type: 'rule', style, strokeWidth: 2, strokeDash: dash },
    encoding: { x: { value: widthPx + 8 }, x2: { value: widthPx + 8 + SWATCH_PX }, y: { value: places[i] } },
  }))
  const words = ends.flatMap((end, i) =>
    end.lines.map((text, line) => ({
      text,
      xPx: widthPx + 8 + (ends.length > 1 ? SWATCH_PX + 6 : 0),
      yPx: places[i] + (line - (end.lines.length - 1) / 2) * LINE_PX,
      bold: line === end.lines.length - 1,
    })),
  )
  return [...(ends.length > 1 ? swatches : []), ...labelLayers(words)]
}

/** One or more lines over time, the last value of each written beside it. */
export function historyChart(input: HistoryChartInput): Chart {
  const { unit, series } = input
  const digits = input.digits ?? unitDigits(unit)
  const band = input.band ?? null
  const repeats = new Map<MarkStyle, number>()
  const ends: EndLabel[] = []
  const drawn: HistorySeries[] = []
  series.forEach((line, i) => {
    const end = lastValueOf(line)
    if (!end) return
    const style = lineStyle(line.product, i)
    const repeat = repeats.get(style) ?? 0
    repeats.set(style, repeat + 1)
    drawn.push(line)
    ends.push({
      ...end,
      style,
      dash: DASHES[repeat % DASHES.length],
      lines: [...wrapText(line.label, 12, MAX_LABEL_PX), numberText(end.value, digits)],
    })
  })
  const labelPx = Math.max(
    24,
    ...ends.flatMap((end) => end.lines.map((text) => textWidthPx(text, 12, true) + 10 + SWATCH_PX)),
  )
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - labelPx)
  const time =
    drawn.length === 0
      ? EMPTY_TIME_AXIS
      : timeAxis(Math.min(...drawn.map((line) => line.days[0])), Math.max(...ends.map((end) => end.day)), widthPx)
  const axis = valueAxis(
    (function* () {
      for (const line of drawn) yield* line.values
      if (band && drawn.length > 0) yield* [band.min, band.max]
    })(),
    { maxTicks: 7, zero: input.zeroLine && drawn.length > 0 },
  )
  const crossesZero = axis.domain[0] < 0 && axis.domain[1] > 0
  const x = xOf(time)
  const y = yOf(axis, 'value', unit)
  const fromDay = dayFromIso(time.domain[0]) ?? 0
  const toDay = dayFromIso(time.domain[1]) ?? 1
  return {
    title: input.title,
    subtitle: input.subtitle,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: altOf(input, ends, digits),
    vegaLite: {
      width: widthPx,
      height: HEIGHT_PX,
      layer: [
        ...(band
          ? [
              levelStripe(band.min, band.max, y, 'bandRange'),
              levelStripe(band.p10, band.p90, y, 'bandDecile'),
              levelRule(band.median, y, 'bandMedian'),
            ]
          : []),
        ...(drawn.length > 0 && (crossesZero || input.zeroLine) ? [levelRule(0, y, 'zero')] : []),
        ...(drawn.length === 0
          ? [{ data: { values: [] }, mark: { type: 'line', style: 'plain0' }, encoding: { x, y } }]
          : drawn.map((line, i) => ({
              data: { values: rowsOf(line) },
              layer: [
                {
                  mark: {
                    type: 'line',
                    style: ends[i].style,
                    strokeWidth: 1.6,
                    strokeDash: ends[i].dash,
                    ...(line.steps === true ? { interpolate: 'step-after' } : {}),
                  },
                  encoding: { x, y },
                },
                hoverLayer(`history_${i}`, x, {
                  day: { title: line.label },
                  value: { title: unit, format: `,.${digits}f` },
                }),
              ],
            }))),
        ...ends.map((end) => ({
          data: { values: [{ date: isoFromDay(end.day), value: end.value }] },
          mark: { type: 'point', style: end.style, filled: true, size: 40, opacity: 1 },
          encoding: { x, y },
        })),
        ...(ends.length > 0
          ? endLabelLayers(
              ends,
              axis,
              (widthPx * (Math.max(...ends.map((end) => end.day)) - fromDay)) / (toDay - fromDay),
            )
          : labelLayers([nothingLabel('no data', widthPx, HEIGHT_PX)])),
      ],
    },
  }
}

function altOf(input: HistoryChartInput, ends: readonly EndLabel[], digits: number): string {
  const lasts = input.series.flatMap((line) => {
    const end = lastValueOf(line)
    return end ? [`${line.label} ${numberText(end.value, digits)} ${input.unit} on ${dateText(end.day)}`] : []
  })
  return `${input.title}. ${input.subtitle}. ${ends.length === 0 ? 'No data' : `Last: ${lasts.join('; ')}`}.`
}
