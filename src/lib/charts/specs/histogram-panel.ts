import { labelLayers, type Layer, nothingLabel, yOf } from '../panel-layers.js'
import { numberText } from '../number-text.js'
import { valueAxis } from '../value-axis.js'
import { panelTitle } from './small-multiples.js'

export interface HistogramInput {
  readonly label: string
  readonly finding: string
  /** Of each path; what is not finite is left out. */
  readonly values: Float64Array
  /** Marked by a line; null for none. */
  readonly observed: number | null
  /** Decimals of the words at the line. */
  readonly digits: number
  readonly unit: string
  readonly widthPx: number
  readonly heightPx: number
}

const BINS = 40
/** What lies beyond these shares is counted in the outer bins. */
const OUTER = 0.002

/** How often each value came out, with the run itself as a line. */
export function histogramPanel(input: HistogramInput): Layer {
  const { values, observed, widthPx, heightPx } = input
  const ascending = values.filter((value) => Number.isFinite(value)).sort()
  const title = panelTitle(input.label, input.finding)
  if (ascending.length === 0) {
    const nothing = nothingLabel('undefined on every path', widthPx, heightPx)
    return { title, width: widthPx, height: heightPx, layer: labelLayers([nothing]) }
  }
  const at = (share: number): number => ascending[Math.round(share * (ascending.length - 1))]
  const edges = [at(OUTER), at(1 - OUTER), ...(observed === null ? [] : [observed])]
  const axis = valueAxis(edges, { maxTicks: 5, air: 0.04 })
  const [low, high] = axis.domain
  const width = (high - low) / BINS
  const counts = new Int32Array(BINS)
  for (const value of ascending) counts[Math.min(BINS - 1, Math.max(0, Math.floor((value - low) / width)))]++
  // Room above the bars for the words at the line.
  const yAxis = valueAxis(counts, { maxTicks: 4, zero: true, air: 0.25 })
  const x = {
    type: 'quantitative',
    scale: { domain: axis.domain, nice: false, zero: false, clamp: true },
    axis: { values: axis.ticks, format: axis.format, title: input.unit, grid: false },
  }
  const y = yOf({ ...yAxis, domain: [0, yAxis.domain[1]] }, 'count', 'paths')
  const xPx = (value: number): number => (widthPx * (value - low)) / (high - low)
  const bars: Layer = {
    data: {
      values: Array.from(counts, (count, i) => ({
        left: low + i * width,
        right: low + (i + 0.94) * width,
        count,
        zero: 0,
      })).filter(({ count }) => count > 0),
    },
    mark: { type: 'rect', style: 'bandMedian' },
    encoding: { x: { ...x, field: 'left' }, x2: { field: 'right' }, y, y2: { field: 'zero' } },
  }
  if (observed === null) return { title, width: widthPx, height: heightPx, layer: [bars] }
  const right = xPx(observed) > widthPx / 2
  return {
    title,
    width: widthPx,
    height: heightPx,
    layer: [
      bars,
      {
        data: { values: [{ observed }] },
        mark: { type: 'rule', style: 'plain0', strokeWidth: 2 },
        encoding: { x: { ...x, field: 'observed' } },
      },
      ...labelLayers([
        {
          text: `run ${numberText(observed, input.digits)}`,
          xPx: xPx(observed) + (right ? -6 : 6),
          yPx: 8,
          align: right ? 'right' : 'left',
          bold: true,
        },
      ]),
    ],
  }
}
