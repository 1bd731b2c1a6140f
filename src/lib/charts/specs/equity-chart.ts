import { isoFromDay } from '../../kernel/day.js'
import type { Chart } from '../chart.js'
import { drawnPoints } from '../drawn-points.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { AXIS_LEFT_PX, labelLayers, levelRule, xOf, yOf, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { timeAxis } from '../time-axis.js'
import { valueAxis } from '../value-axis.js'

export interface EquityChartInput {
  readonly title: string
  readonly subtitle: string
  /** UTC milliseconds of each bar. */
  readonly timeMs: Float64Array
  /** USD at each close. */
  readonly equityUsd: Float64Array
  /** Fraction below the highest so far, ≤ 0. */
  readonly drawdown: Float64Array
  readonly initialUsd: number
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const EQUITY_PX = 250
const DRAWDOWN_PX = 110
const RIGHT_PX = 84
const DAY_MS = 86_400_000

/** Equity above, how far below its peak underneath, on one time axis. */
export function equityChart(input: EquityChartInput): Chart {
  const { equityUsd, drawdown, timeMs, initialUsd } = input
  const bars = equityUsd.length
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - RIGHT_PX)
  const dayOf = (bar: number): number => Math.floor(timeMs[bar] / DAY_MS)
  const intraday = dayOf(bars - 1) - dayOf(0) + 1 < bars
  // The bars of the last day lie between its midnight and the next.
  const time = timeAxis(dayOf(0), dayOf(bars - 1) + (intraday ? 1 : 0), widthPx)
  const dateOf = (bar: number): string => (intraday ? new Date(timeMs[bar]).toISOString() : isoFromDay(dayOf(bar)))
  const thousands = (usd: number): number => usd / 1000
  const shown = drawnPoints(equityUsd)
  const rows = shown.map((bar) => ({
    date: dateOf(bar),
    equity: thousands(equityUsd[bar]),
    percent: 100 * drawdown[bar],
    zero: 0,
  }))
  const equityAxis = valueAxis([thousands(initialUsd), ...rows.map(({ equity }) => equity)], { maxTicks: 7 })
  const depthAxis = valueAxis(
    rows.map(({ percent }) => percent),
    { maxTicks: 4, zero: true },
  )
  const x = xOf(time)
  const yEquity = yOf(equityAxis, 'equity', 'equity, thousand USD')
  const yDepth = yOf(depthAxis, 'percent', 'drawdown, %')
  const last = rows[rows.length - 1]
  const deepest = rows.reduce((worst, row) => (row.percent < worst.percent ? row : worst), last)
  const equityLayers: Layer[] = [
    levelRule(thousands(initialUsd), yEquity, 'against'),
    { mark: { type: 'line', style: 'plain0', strokeWidth: 1.6 }, encoding: { x, y: yEquity } },
    ...labelLayers([
      {
        text: numberText(last.equity, 1),
        xPx: widthPx + 6,
        yPx: equityAxis.yPx(last.equity, EQUITY_PX),
        bold: true,
      },
    ]),
  ]
  const depthLayers: Layer[] = [
    { mark: { type: 'area', style: 'plain1', opacity: 0.35 }, encoding: { x, y: yDepth, y2: { field: 'zero' } } },
    levelRule(0, yDepth, 'zero'),
    ...labelLayers([
      {
        text: `lowest ${numberText(deepest.percent, 1)}`,
        xPx: widthPx + 6,
        yPx: depthAxis.yPx(deepest.percent, DRAWDOWN_PX),
      },
    ]),
  ]
  return {
    title: input.title,
    subtitle: input.subtitle,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${input.title}. Equity from ${dateOf(0)} to ${dateOf(bars - 1)}, deepest drawdown ${numberText(deepest.percent, 1)} per cent.`,
    vegaLite: {
      spacing: 40,
      data: { values: rows },
      vconcat: [
        { width: widthPx, height: EQUITY_PX, layer: equityLayers },
        { width: widthPx, height: DRAWDOWN_PX, layer: depthLayers },
      ],
    },
  }
}
