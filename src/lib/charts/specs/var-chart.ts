import type { VarData } from '../../documents/var.js'
import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { AXIS_LEFT_PX, labelLayers, yOf, type LabelAt, type Layer } from '../panel-layers.js'
import { placeLabels } from '../place-labels.js'
import { sourceText } from '../source-text.js'
import { valueAxis } from '../value-axis.js'
import { componentPanel } from './component-panel.js'

export interface VarChartInput {
  readonly data: VarData
  /** Daily P&L, in the unit of `data`. */
  readonly pnl: Float64Array
  readonly simulated: boolean
  readonly source: string
}

const HEIGHT_PX = 300
const BINS = 60
const LINE_PX = 14
/** Between the panels, for an axis title and a heading. */
const PANEL_GAP_PX = 104
/** Right of the panel, for the names and figures of the methods. */
const LABEL_PX = 250
/** With more methods than this, lines of ES would hide each other. */
const FEW_METHODS = 4

/**
 * How often each daily P&L happened, with every method's VaR and ES at the highest confidence of the answer; below it,
 * where more than one position is held, what each contributes.
 */
export function varChart({ data, pnl, simulated, source }: VarChartInput): Chart {
  const { results, unit, name } = data
  const confidence = Math.max(...results.map((row) => row.confidence))
  const shown = results.filter((row) => row.confidence === confidence && row.varUsd !== null)
  const inUsd = unit === 'USD'
  const scale = inUsd ? 1e6 : 0.01
  const words = inUsd ? 'million USD' : 'per cent'
  const losses = shown.flatMap((row) => [-(row.varUsd ?? 0), -(row.esUsd ?? row.varUsd ?? 0)])
  const axis = valueAxis(
    [...pnl, ...losses].map((value) => value / scale),
    { maxTicks: 6, zero: true, air: 0.02 },
  )
  const [low, high] = axis.domain
  const width = (high - low) / BINS
  const counts = new Int32Array(BINS)
  for (const value of pnl) counts[Math.min(BINS - 1, Math.max(0, Math.floor((value / scale - low) / width)))]++
  const yAxis = valueAxis(counts, { maxTicks: 5, zero: true })
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - LABEL_PX)
  const xPx = (value: number): number => (widthPx * (value - low)) / (high - low)
  const digits = 2
  const x = {
    type: 'quantitative',
    scale: { domain: axis.domain, nice: false, zero: false, clamp: true },
    axis: { values: axis.ticks, format: axis.format, title: `P&L of a day, ${words}`, grid: false },
  }
  const y = yOf({ ...yAxis, domain: [0, yAxis.domain[1]] }, 'count', 'days')
  const bars = (from: number, to: number, style: string): Layer => ({
    data: {
      values: Array.from(counts, (count, i) => ({
        left: low + i * width,
        right: low + (i + 0.94) * width,
        count,
        zero: 0,
      })).filter(({ left, count }) => count > 0 && left >= from && left < to),
    },
    mark: { type: 'rect', style },
    encoding: { x: { ...x, field: 'left' }, x2: { field: 'right' }, y, y2: { field: 'zero' } },
  })
  const label = `${Number((100 * confidence).toFixed(4))} %`
  const days = shown[0]?.horizonDays ?? 1
  const places = placeLabels(
    shown.map((_, i) => 20 + i * LINE_PX * 1.2),
    LINE_PX,
    HEIGHT_PX,
  )
  const names: LabelAt[] = shown.map((row, i) => ({
    text: `${row.method} VaR ${numberText((row.varUsd ?? 0) / scale, digits)}, ES ${row.esUsd === null ? '–' : numberText(row.esUsd / scale, digits)}`,
    xPx: widthPx + 14,
    yPx: places[i],
    align: 'left',
  }))
  const marks = (values: readonly number[], strokeDash: readonly number[]): Layer => ({
    data: { values: values.map((value) => ({ value: -value / scale })) },
    mark: { type: 'rule', style: 'against', strokeDash },
    encoding: { x: { ...x, field: 'value' } },
  })
  const vars = shown.map((row) => row.varUsd ?? 0)
  const greatest = Math.max(...vars)
  const tail = -Math.min(...vars) / scale
  return {
    title: `${name}: ${days === 1 ? 'one day' : `${days} days`} at ${label} can cost ${rangeText(vars, scale, digits)} ${words}`,
    subtitle: `Daily P&L, ${data.observations} days ${data.from} to ${data.to}; lines: VaR${shown.length > FEW_METHODS ? '' : ', dotted: ES'}`,
    footer: sourceText(source, simulated, data.to),
    simulated,
    alt: `Histogram of ${data.observations} daily P&L values in ${words}; the largest VaR at ${label} is ${numberText(greatest / scale, digits)}.`,
    vegaLite: stacked({
      width: widthPx,
      height: HEIGHT_PX,
      layer: [
        bars(-Infinity, tail, 'plain1'),
        bars(tail, Infinity, 'bandDecile'),
        marks(vars, []),
        ...(shown.length > FEW_METHODS
          ? []
          : [
              marks(
                shown.flatMap((row) => (row.esUsd === null ? [] : [row.esUsd])),
                [2, 3],
              ),
            ]),
        ...labelLayers([
          ...names,
          { text: `VaR ${label}`, xPx: xPx(-greatest / scale), yPx: -8, align: 'center', style: 'labelMuted' },
        ]),
      ],
    }),
  }

  function stacked(histogram: Layer): Layer {
    const below = componentPanel(data, widthPx, LABEL_PX)
    if (below === null) return histogram
    return {
      vconcat: [histogram, below],
      bounds: 'flush',
      spacing: PANEL_GAP_PX,
      resolve: { scale: { x: 'independent', y: 'independent' } },
    }
  }
}

function rangeText(values: readonly number[], scale: number, digits: number): string {
  const least = numberText(Math.min(...values) / scale, digits)
  const most = numberText(Math.max(...values) / scale, digits)
  return least === most ? least : `${least} to ${most}`
}
