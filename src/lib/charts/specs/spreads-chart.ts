import { isoFromDay } from '../../kernel/day.js'
import type { Chart } from '../chart.js'
import { dateText } from '../date-text.js'
import { numberText } from '../number-text.js'
import {
  bandLayers,
  hoverLayer,
  labelLayers,
  type Layer,
  levelRule,
  levelStripe,
  nothingLabel,
  xOf,
  yOf,
} from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { EMPTY_TIME_AXIS, timeAxis } from '../time-axis.js'
import { unitDigits } from '../unit-digits.js'
import { valueAxis } from '../value-axis.js'
import type { LevelBand } from './history-chart.js'
import { PANEL_HEIGHT_PX, panelTitle, panelWidthPx, smallMultiples } from './small-multiples.js'

/** The same season in earlier years: one level per day of the picture. */
export interface SeasonalBand {
  /** Epoch days, ascending. */
  readonly days: Int32Array
  readonly min: Float64Array
  readonly p10: Float64Array
  readonly median: Float64Array
  readonly p90: Float64Array
  readonly max: Float64Array
}

export interface SpreadPanel {
  /** crack-3-2-1 */
  readonly name: string
  /** "3-2-1 crack" */
  readonly label: string
  readonly unit: string
  /** Epoch days, ascending. */
  readonly days: Int32Array
  /** In `unit`; NaN breaks the line. */
  readonly values: Float64Array
  /** Today's, in `unit`. */
  readonly value: number
  /** 0–100; null where it has no meaning. */
  readonly percentile: number | null
  /** One band for the whole picture, or one level per day. */
  readonly band?: LevelBand | SeasonalBand | null
  /** False for levels that have no sign, such as stocks; true by default. */
  readonly signed?: boolean
  /** Decimals of the label; by default those of the unit. */
  readonly digits?: number
}

export interface SpreadsChartInput {
  /** `2023-12-29`. */
  readonly asOf: string
  readonly spreads: readonly SpreadPanel[]
  /** The finding; by default which spreads stand at the edge of their window. */
  readonly title?: string
  /** What the band is of: "same season of the 5 years before". */
  readonly bandLabel?: string
  readonly simulated: boolean
  readonly source: string
}

function isSeasonal(band: LevelBand | SeasonalBand): band is SeasonalBand {
  return 'days' in band
}

/** Two levels of a band on each of its days. */
function* levelsOf(band: LevelBand | SeasonalBand, low: 'min' | 'p10', high: 'max' | 'p90'): Generator<number> {
  if (!isSeasonal(band)) return yield* [band[low], band[high]]
  yield* band[low]
  yield* band[high]
}

function behindLayers(band: LevelBand | SeasonalBand, x: Layer, y: Layer): Layer[] {
  if (!isSeasonal(band)) {
    return [
      levelStripe(band.min, band.max, y, 'bandRange'),
      levelStripe(band.p10, band.p90, y, 'bandDecile'),
      levelRule(band.median, y, 'bandMedian'),
    ]
  }
  const values = Array.from(band.days, (day, i) => ({
    date: isoFromDay(day),
    min: band.min[i],
    p10: band.p10[i],
    median: band.median[i],
    p90: band.p90[i],
    max: band.max[i],
  })).filter((row) => Number.isFinite(row.min) && Number.isFinite(row.max))
  return bandLayers(values, x, y)
}

/** `−5.39 USD/bbl, percentile 23`. */
function findingOf({ value, unit, percentile, signed = true, digits = unitDigits(unit) }: SpreadPanel): string {
  const place = percentile === null ? '' : ` · percentile ${numberText(percentile, 0)}`
  return `${numberText(value, digits, signed)} ${unit}${place}`
}

function spreadPanel(spread: SpreadPanel, index: number, widthPx: number): Record<string, unknown> {
  const { days, values, value, unit, signed = true, digits = unitDigits(unit) } = spread
  const band = spread.band ?? null
  const hasData = days.length > 0
  const axis = valueAxis(
    (function* () {
      yield* values
      if (!hasData) return
      yield value
      if (band) yield* levelsOf(band, 'p10', 'p90')
    })(),
    { maxTicks: 4, outer: band ? levelsOf(band, 'min', 'max') : [] },
  )
  const lastDay = hasData ? days[days.length - 1] : 0
  const time = hasData ? timeAxis(days[0], lastDay, widthPx) : EMPTY_TIME_AXIS
  const x = xOf(time)
  const y = yOf(axis, 'value', unit)
  const crossesZero = hasData && axis.domain[0] < 0 && axis.domain[1] > 0
  const lastX = days.length === 1 ? widthPx / 2 : widthPx
  return {
    width: widthPx,
    height: PANEL_HEIGHT_PX,
    title: panelTitle(spread.label, hasData ? findingOf(spread) : 'no data'),
    data: {
      values: Array.from(days, (day, i) => ({
        date: isoFromDay(day),
        value: Number.isFinite(values[i]) ? values[i] : null,
      })),
    },
    layer: [
      ...(band && hasData ? behindLayers(band, x, y) : []),
      ...(crossesZero ? [levelRule(0, y, 'zero')] : []),
      { mark: { type: 'line', style: 'plain0', strokeWidth: 1.6 }, encoding: { x, y } },
      ...(hasData
        ? [
            {
              data: { values: [{ date: isoFromDay(lastDay), value }] },
              mark: { type: 'point', style: 'plain0', filled: true, size: 44, opacity: 1 },
              encoding: { x, y },
            },
            ...labelLayers([
              {
                text: numberText(value, digits, signed),
                xPx: lastX + 8,
                yPx: axis.yPx(value, PANEL_HEIGHT_PX),
                bold: true,
              },
            ]),
            hoverLayer(`spread_${index}`, x, {
              day: { title: signed ? 'settlement' : 'period' },
              value: { title: unit, format: `${signed ? '+' : ''},.${digits}f` },
            }),
          ]
        : labelLayers([nothingLabel('no data', widthPx, PANEL_HEIGHT_PX)])),
    ],
  }
}

/** The finding: which spreads stand at the edge of their window. */
function headlineOf(spreads: readonly SpreadPanel[]): string {
  const extreme = (edge: (percentile: number) => boolean): string[] =>
    spreads.filter(({ percentile }) => percentile !== null && edge(percentile)).map(({ label }) => label)
  const high = extreme((percentile) => percentile >= 90)
  const low = extreme((percentile) => percentile <= 10)
  if (spreads.length === 0) return 'No spreads to draw'
  const parts = [
    ...(high.length > 0 ? [`high for the year: ${listText(high, spreads.length)}`] : []),
    ...(low.length > 0 ? [`low for the year: ${listText(low, spreads.length)}`] : []),
  ]
  return parts.length === 0 ? 'Spreads inside their usual range' : `Spreads ${parts.join('; ')}`
}

function listText(names: readonly string[], total: number): string {
  if (names.length <= 2) return names.join(' and ')
  return names.length <= 3 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : `${names.length} of ${total}`
}

/** Small multiples: each spread over the last year in front of its own history. */
export function spreadsChart(input: SpreadsChartInput): Chart {
  const { spreads } = input
  const shown = spreads.length > 0 ? spreads : [EMPTY_PANEL]
  const title = input.title ?? headlineOf(spreads)
  const widthPx = panelWidthPx(shown.length)
  const behind = spreads.some(({ band }) => band) ? ' · grey: range, 10–90 % and median' : ''
  return {
    title,
    subtitle: `Until ${dateText(input.asOf)}${behind}${behind && input.bandLabel ? ` of the ${input.bandLabel}` : ''}`,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. As of ${dateText(input.asOf)}: ${spreads.map((spread) => `${spread.label} ${findingOf(spread)}`).join('; ')}.`,
    vegaLite: smallMultiples(shown.map((spread, i) => spreadPanel(spread, i, widthPx))),
  }
}

const EMPTY_PANEL: SpreadPanel = {
  name: 'none',
  label: 'Spreads',
  unit: 'USD/bbl',
  days: new Int32Array(0),
  values: new Float64Array(0),
  value: Number.NaN,
  percentile: null,
}
