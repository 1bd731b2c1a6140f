import type { ForecastSeries } from '../../risk/backtest/rolling-forecasts.js'
import { isoDays } from '../../kernel/day.js'
import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { AXIS_LEFT_PX, labelLayers, xOf, yOf, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { timeAxis } from '../time-axis.js'
import { valueAxis } from '../value-axis.js'
import { wrapText } from '../wrap-text.js'
import { placeLabels } from '../place-labels.js'

export interface VarBacktestChartInput {
  readonly title: string
  readonly subtitle: string
  readonly unit: string
  readonly days: Int32Array
  /** In `unit`. */
  readonly pnl: Float64Array
  /** VaR in `unit`; the first one decides which days are exceptions. */
  readonly forecasts: readonly Pick<ForecastSeries, 'method' | 'varUsd'>[]
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const HEIGHT_PX = 330
const LABEL_PX = 116
const SWATCH_PX = 14
const LINE_PX = 15
const MOST_LINES = 3

/** P&L of each day, −VaR of the methods as lines, and the days that went beyond the first of them. */
export function varBacktestChart(input: VarBacktestChartInput): Chart {
  const { days, pnl, unit } = input
  const forecasts = input.forecasts.slice(0, MOST_LINES)
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - LABEL_PX)
  const time = timeAxis(days[0], days[days.length - 1], widthPx)
  const values = [...pnl, ...forecasts.flatMap(({ varUsd }) => Array.from(varUsd, (value) => -value))]
  const axis = valueAxis(values, { maxTicks: 7, zero: true })
  const x = xOf(time)
  const y = yOf(axis, 'value', unit)
  const dates = isoDays(days)
  const bars: Layer = {
    data: { values: dates.map((date, i) => ({ date, value: pnl[i], zero: 0 })) },
    mark: { type: 'rule', style: 'bandMedian', strokeWidth: 1, strokeDash: [] },
    encoding: { x, y: { ...y, field: 'zero' }, y2: { field: 'value' } },
  }
  const lines = forecasts.map(({ varUsd }, i): Layer => ({
    data: {
      values: dates.map((date, at) => ({ date, value: Number.isFinite(varUsd[at]) ? -varUsd[at] : null })),
    },
    mark: { type: 'line', style: `plain${i}`, strokeWidth: 1.4 },
    encoding: { x, y },
  }))
  const first = forecasts[0]
  const beyond = dates.flatMap((date, i) => (first && -pnl[i] > first.varUsd[i] ? [{ date, value: pnl[i] }] : []))
  const lastOf = (values: Float64Array): number => values[values.length - 1]
  const places = placeLabels(
    forecasts.map(({ varUsd }) => axis.yPx(-lastOf(varUsd), HEIGHT_PX)),
    2 * LINE_PX,
    HEIGHT_PX,
  )
  return {
    title: input.title,
    subtitle: input.subtitle,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${input.title}. Daily P&L in ${unit} against VaR; ${beyond.length} days beyond it.`,
    vegaLite: {
      width: widthPx,
      height: HEIGHT_PX,
      layer: [
        bars,
        ...lines,
        {
          data: { values: beyond },
          mark: { type: 'point', style: 'plain1', filled: true, size: 26 },
          encoding: { x, y },
        },
        ...forecasts.map((_, i) => ({
          data: { values: [{}] },
          mark: { type: 'rule', style: `plain${i}`, strokeWidth: 2 },
          encoding: { x: { value: widthPx + 8 }, x2: { value: widthPx + 8 + SWATCH_PX }, y: { value: places[i] } },
        })),
        ...labelLayers(
          forecasts.flatMap(({ method }, i) =>
            wrapText(`${method} VaR`, 12, LABEL_PX - SWATCH_PX - 16).map((text, line) => ({
              text,
              xPx: widthPx + 8 + SWATCH_PX + 6,
              yPx: places[i] + line * LINE_PX,
            })),
          ),
        ),
      ],
    },
  }
}
