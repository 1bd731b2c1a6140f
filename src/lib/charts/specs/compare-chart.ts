import type { BacktestCompareData } from '../../documents/backtest-compare.js'
import type { Chart } from '../chart.js'
import { dateText } from '../date-text.js'
import { drawnPoints } from '../drawn-points.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { isoFromDay } from '../../kernel/day.js'
import { numberText } from '../number-text.js'
import { AXIS_LEFT_PX, labelLayers, levelRule, xOf, yOf, type Layer } from '../panel-layers.js'
import { placeLabels } from '../place-labels.js'
import { sourceText } from '../source-text.js'
import { lineStyle, type MarkStyle } from '../theme.js'
import { timeAxis } from '../time-axis.js'
import { valueAxis } from '../value-axis.js'
import { textWidthPx, wrapText } from '../wrap-text.js'

export interface CompareChartInput {
  readonly data: BacktestCompareData
  readonly days: Int32Array
  /** Of each run, on those days. */
  readonly equityUsd: readonly Float64Array[]
  readonly combinedUsd: Float64Array
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const GROWTH_PX = 290
const DEPTH_PX = 120
const LINE_PX = 14
const MOST_LABEL_PX = 190
const SWATCH_PX = 16

/** Growth of several runs from their first common day, and how far each is below its peak. */
export function compareChart(input: CompareChartInput): Chart {
  const { data, days } = input
  const runs = [
    ...data.runs.map(({ label }, i) => ({ label, equityUsd: input.equityUsd[i], combined: false })),
    { label: 'combined', equityUsd: input.combinedUsd, combined: true },
  ]
  const title = findingOf(data)
  const sharpes = data.common.metrics.find(({ name }) => name === 'sharpe')?.values ?? []
  const growth = runs.map(({ equityUsd }) => equityUsd.map((usd) => 100 * (usd / equityUsd[0] - 1)))
  const depth = runs.map(({ equityUsd }) => underwater(equityUsd))
  const ends = runs.map(({ label, combined }, i) => ({
    style: combined ? ('zero' as MarkStyle) : lineStyle(undefined, i),
    dash: combined ? [5, 3] : [],
    value: growth[i][growth[i].length - 1],
    lines: [...wrapText(label, 12, MOST_LABEL_PX), `${numberText(growth[i][growth[i].length - 1], 1, true)} %`],
  }))
  const labelPx = Math.max(...ends.flatMap(({ lines }) => lines.map((text) => textWidthPx(text, 12)))) + SWATCH_PX + 22
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - labelPx)
  const time = timeAxis(days[0], days[days.length - 1], widthPx)
  const axis = valueAxis(
    growth.flatMap((values) => [...values]),
    { maxTicks: 7, zero: true },
  )
  const depthAxis = valueAxis(
    depth.flatMap((values) => [...values]),
    { maxTicks: 4, zero: true },
  )
  const x = xOf(time)
  const lines = (columns: readonly Float64Array[], y: Layer): Layer[] =>
    columns.map((values, i) => ({
      data: { values: drawnPoints(values).map((t) => ({ date: isoFromDay(days[t]), value: values[t] })) },
      mark: { type: 'line', style: ends[i].style, strokeWidth: 1.6, strokeDash: ends[i].dash },
      encoding: { x, y },
    }))
  const tallest = Math.max(...ends.map(({ lines: words }) => words.length))
  const places = placeLabels(
    ends.map(({ value }) => axis.yPx(value, GROWTH_PX)),
    tallest * LINE_PX + 4,
    GROWTH_PX,
  )
  const swatches = ends.map(({ style, dash }, i) => ({
    data: { values: [{}] },
    mark: { type: 'rule', style, strokeWidth: 2, strokeDash: dash },
    encoding: { x: { value: widthPx + 8 }, x2: { value: widthPx + 8 + SWATCH_PX }, y: { value: places[i] } },
  }))
  const yGrowth = yOf(axis, 'value', 'growth since the first common day, %')
  const yDepth = yOf(depthAxis, 'value', 'below the peak, %')
  return {
    title,
    subtitle: `${data.common.days} common days, ${dateText(data.common.first)} to ${dateText(data.common.last)}; Sharpe: ${data.runs.map(({ label }, i) => `${label} ${numberText(sharpes[i] ?? null, 2)}`).join(', ')}; dashed: all in one account`,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. Growth: ${runs.map(({ label }, i) => `${label} ${numberText(ends[i].value, 1, true)} %`).join('; ')}.`,
    vegaLite: {
      spacing: 44,
      vconcat: [
        {
          width: widthPx,
          height: GROWTH_PX,
          layer: [
            levelRule(0, yGrowth, 'zero'),
            ...lines(growth, yGrowth),
            ...swatches,
            ...labelLayers(
              ends.flatMap(({ lines: words }, i) =>
                words.map((text, line) => ({
                  text,
                  xPx: widthPx + 14 + SWATCH_PX,
                  yPx: places[i] + (line - (words.length - 1) / 2) * LINE_PX,
                  bold: line === words.length - 1,
                })),
              ),
            ),
          ],
        },
        { width: widthPx, height: DEPTH_PX, layer: [levelRule(0, yDepth, 'zero'), ...lines(depth, yDepth)] },
      ],
    },
  }
}

/** The first pair: is one better than the other? */
function findingOf({ pairs: [pair] }: BacktestCompareData): string {
  if (pair.pValue === null) return `${pair.a} and ${pair.b}: no Sharpe ratios to compare`
  const { low, high } = pair.interval
  return `${pair.a} − ${pair.b}: Sharpe ${numberText(pair.sharpeDifference, 2, true)} (${numberText(low, 2, true)} to ${numberText(high, 2, true)}), p ${numberText(pair.pValue, 2)}`
}

/** Per cent below the highest so far. */
function underwater(equityUsd: Float64Array): Float64Array {
  let peak = -Infinity
  return equityUsd.map((usd) => {
    peak = Math.max(peak, usd)
    return 100 * (usd / peak - 1)
  })
}
