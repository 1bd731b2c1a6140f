import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { AXIS_LEFT_PX, labelLayers, nothingLabel, yOf, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { valueAxis } from '../value-axis.js'

export interface LogitChartInput {
  readonly search: string
  readonly subtitle: string
  /** Lower edges of the bins, their width, and how many splits lie in each; a bin ends at its upper edge. */
  readonly from: readonly number[]
  readonly width: number
  readonly counts: readonly number[]
  /** null where there was too little for cross-validation. */
  readonly pbo: number | null
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const HEIGHT_PX = 280
const RIGHT_PX = 30

/** Where the best in sample ranked out of sample, as logits: left of zero is the lower half. */
export function logitChart(input: LogitChartInput): Chart {
  const { from, width, counts, pbo } = input
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - RIGHT_PX)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const shown = counts.map((count, i) => ({ count, i })).filter(({ count }) => count > 0)
  const first = shown[0]?.i ?? 0
  const last = shown[shown.length - 1]?.i ?? from.length - 1
  const reach = Math.max(1, Math.abs(from[first] ?? 1), Math.abs((from[last] ?? 0) + width))
  const share = (count: number): number => (100 * count) / Math.max(1, total)
  const yAxis = valueAxis(counts.map(share), { maxTicks: 6, zero: true, air: 0.2 })
  const x = {
    type: 'quantitative',
    scale: { domain: [-reach, reach], nice: false, zero: false },
    axis: {
      title: 'logit of the rank out of sample: 0 is the median of all trials',
      grid: false,
      tickCount: 9,
      format: '.0f',
    },
  }
  const y = yOf({ ...yAxis, domain: [0, yAxis.domain[1]] }, 'share', 'share of the splits, %')
  const bars = (below: boolean): Layer => ({
    data: {
      values: shown
        .filter(({ i }) => from[i] < 0 === below)
        .map(({ count, i }) => ({ left: from[i], right: from[i] + 0.94 * width, share: share(count), zero: 0 })),
    },
    mark: { type: 'rect', style: below ? 'plain1' : 'plain0' },
    encoding: { x: { ...x, field: 'left' }, x2: { field: 'right' }, y, y2: { field: 'zero' } },
  })
  const title =
    pbo === null
      ? `${input.search}: too few bars for a probability of over-fitting`
      : `${input.search}: in ${numberText(100 * pbo, 0)} % of ${numberText(total, 0)} splits the best in sample was not above the median out of it`
  return {
    title,
    subtitle: input.subtitle,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. Histogram of logits.`,
    vegaLite: {
      width: widthPx,
      height: HEIGHT_PX,
      layer:
        pbo === null
          ? labelLayers([nothingLabel('no splits', widthPx, HEIGHT_PX)])
          : [
              bars(true),
              bars(false),
              {
                data: { values: [{ at: 0 }] },
                mark: { type: 'rule', style: 'zero', strokeWidth: 1.5 },
                encoding: { x: { ...x, field: 'at' } },
              },
              ...labelLayers([
                {
                  text: `below the median: ${numberText(100 * pbo, 0)} %`,
                  xPx: widthPx / 2 - 10,
                  yPx: 8,
                  align: 'right',
                  bold: true,
                },
                { text: `above: ${numberText(100 * (1 - pbo), 0)} %`, xPx: widthPx / 2 + 10, yPx: 8, bold: true },
              ]),
            ],
    },
  }
}
