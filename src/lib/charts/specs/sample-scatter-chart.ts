import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { AXIS_LEFT_PX, labelLayers, levelRule, nothingLabel, yOf, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { valueAxis } from '../value-axis.js'

export interface SampleScatterInput {
  readonly search: string
  readonly subtitle: string
  /** Sharpe ratio per year of the best trial of each split in the half that chose it, and in the other. */
  readonly inSample: Float64Array
  readonly outOfSample: Float64Array
  /** Line of the latter on the former; null for none. */
  readonly line: { readonly slope: number; readonly intercept: number } | null
  readonly probabilityOfLoss: number
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const HEIGHT_PX = 380
const RIGHT_PX = 90
/** More points only make a blot. */
const MOST_POINTS = 1500

/** What was promised against what was kept: under-the-diagonal is what the search took from the future. */
export function sampleScatterChart(input: SampleScatterInput): Chart {
  const { inSample, outOfSample, line, probabilityOfLoss } = input
  const step = Math.max(1, Math.ceil(inSample.length / MOST_POINTS))
  const points = Array.from(inSample, (inside, i) => ({ inside, outside: outOfSample[i] })).filter(
    ({ inside, outside }, i) => i % step === 0 && Number.isFinite(inside + outside),
  )
  const widthPx = Math.round(CONTENT_WIDTH_PX - (points.length === 0 ? 0 : AXIS_LEFT_PX + RIGHT_PX))
  const xAxis = valueAxis(
    points.map(({ inside }) => inside),
    { maxTicks: 8 },
  )
  const yAxis = valueAxis(
    points.map(({ outside }) => outside),
    { maxTicks: 8, zero: true },
  )
  const x: Layer = {
    field: 'inside',
    type: 'quantitative',
    scale: { domain: xAxis.domain, nice: false, zero: false },
    axis: {
      values: xAxis.ticks,
      format: xAxis.format,
      title: 'Sharpe ratio in sample, of the best there',
      grid: false,
    },
  }
  const y = yOf(yAxis, 'outside', 'Sharpe ratio out of sample')
  const [low, high] = xAxis.domain
  /** The part of a line that lies inside the panel. */
  const segment = (slope: number, intercept: number): { inside: number; outside: number }[] => {
    const [bottom, top] = yAxis.domain
    const at = (inside: number): number => intercept + slope * inside
    const cut = [low, high, ...(slope === 0 ? [] : [(bottom - intercept) / slope, (top - intercept) / slope])]
    const within = cut.filter(
      (inside) =>
        inside >= low - 1e-9 && inside <= high + 1e-9 && at(inside) >= bottom - 1e-9 && at(inside) <= top + 1e-9,
    )
    if (within.length < 2) return []
    return [Math.min(...within), Math.max(...within)].map((inside) => ({ inside, outside: at(inside) }))
  }
  const diagonal = segment(1, 0)
  const fitted = line === null ? [] : segment(line.slope, line.intercept)
  const lineLayer = (values: readonly object[], style: string): Layer => ({
    data: { values },
    mark: { type: 'line', style, strokeWidth: 2 },
    encoding: { x, y },
  })
  const title = `${input.search}: ${numberText(100 * probabilityOfLoss, 0)} % of the choices lose out of sample${line === null ? '' : `, and a Sharpe ratio higher by 1 in sample means ${numberText(line.slope, 2, true)} out of it`}`
  const labels = [
    ...(diagonal.length > 0 ? [{ text: 'kept in full', point: diagonal[1], style: 'labelMuted' as const }] : []),
    ...(fitted.length > 0 ? [{ text: 'as it went', point: fitted[1], style: 'label' as const }] : []),
  ].map(({ text, point, style }) => ({
    text,
    style,
    xPx: (widthPx * (point.inside - low)) / (high - low) + 6,
    yPx: yAxis.yPx(point.outside, HEIGHT_PX),
  }))
  // Two lines that end at one place: the second word goes below the first.
  if (labels.length === 2 && Math.abs(labels[0].yPx - labels[1].yPx) < 16) labels[1].yPx = labels[0].yPx + 16
  return {
    title: points.length === 0 ? `${input.search}: no splits to compare` : title,
    subtitle: input.subtitle,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. ${points.length} of ${inSample.length} splits drawn.`,
    vegaLite: {
      width: widthPx,
      height: HEIGHT_PX,
      layer:
        points.length === 0
          ? labelLayers([nothingLabel('too few bars for cross-validation', widthPx, HEIGHT_PX)])
          : [
              {
                data: { values: points },
                mark: { type: 'point', style: 'plain0', filled: true, size: 9, opacity: 0.35 },
                encoding: { x, y },
              },
              levelRule(0, y, 'zero'),
              lineLayer(diagonal, 'against'),
              lineLayer(fitted, 'plain1'),
              ...labelLayers(labels),
            ],
    },
  }
}
