import type { Chart } from '../chart.js'
import { numberText } from '../number-text.js'
import { bandLayers, labelLayers, levelRule, nothingLabel, yOf, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { valueAxis } from '../value-axis.js'
import { textWidthPx } from '../wrap-text.js'
import { panelTitle, panelWidthPx, smallMultiples } from './small-multiples.js'

/** How the metric came out at each value of one parameter, whatever the others were. */
export interface ParameterSlice {
  readonly name: string
  readonly labels: readonly string[]
  /** One each a label; null where no cell has the metric. */
  readonly min: readonly (number | null)[]
  readonly p10: readonly (number | null)[]
  readonly median: readonly (number | null)[]
  readonly p90: readonly (number | null)[]
  readonly max: readonly (number | null)[]
  /** Index of the chosen value. */
  readonly chosen: number | null
}

export interface ParameterSlicesInput {
  readonly search: string
  readonly subtitle: string
  readonly metric: string
  readonly digits: number
  readonly slices: readonly ParameterSlice[]
  /** Metric of the chosen cell. */
  readonly chosenValue: number | null
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const HEIGHT_PX = 150
const LABEL_FONT_PX = 12

/** The landscape of a search, one panel a parameter: bands of all cells, their median, and the one that was chosen. */
export function parameterSlicesChart(input: ParameterSlicesInput): Chart {
  const { slices, metric, digits } = input
  const widthPx = panelWidthPx(Math.max(1, slices.length))
  const values = slices.flatMap(({ min, max }) => [...min, ...max]).filter((value) => value !== null)
  const axis = valueAxis([...values, input.chosenValue ?? Number.NaN], {
    maxTicks: 5,
    zero: values.some((value) => value < 0),
  })
  const title = `${input.search}: ${metric} by parameter, ${slices.map(findingOf).join('; ') || 'nothing was searched'}`
  return {
    title,
    subtitle: `${input.subtitle}. Light: all cells; dark: 10th to 90th percentile; dotted: median; point: the chosen cell`,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}.`,
    vegaLite: smallMultiples(
      slices.length === 0
        ? [
            {
              width: widthPx,
              height: HEIGHT_PX,
              layer: labelLayers([nothingLabel('one cell: nothing was searched', widthPx, HEIGHT_PX)]),
            },
          ]
        : slices.map((slice) => panel(slice, input, axis, widthPx, digits)),
    ),
  }
}

/** How much the median moves along a parameter, beside how much cells differ at one value of it. */
function findingOf({ name, median, p10, p90 }: ParameterSlice): string {
  const finite = median.filter((value) => value !== null)
  const spreads = p90.flatMap((high, i) => (high === null || p10[i] === null ? [] : [high - p10[i]]))
  if (finite.length < 2) return `${name} fixed`
  const moves = Math.max(...finite) - Math.min(...finite)
  const spread = spreads.reduce((sum, value) => sum + value, 0) / spreads.length
  return moves > spread ? `${name} matters` : `${name} matters little`
}

function panel(
  { name, labels, min, p10, median, p90, max, chosen }: ParameterSlice,
  { metric, chosenValue }: ParameterSlicesInput,
  axis: ReturnType<typeof valueAxis>,
  widthPx: number,
  digits: number,
): Layer {
  const rows = labels.map((_, place) => ({
    place,
    min: min[place],
    p10: p10[place],
    median: median[place],
    p90: p90[place],
    max: max[place],
  }))
  const widest = Math.max(1, ...labels.map((label) => textWidthPx(label, LABEL_FONT_PX)))
  const every = Math.max(1, Math.ceil(((widest + 8) * labels.length) / widthPx))
  const x: Layer = {
    field: 'place',
    type: 'quantitative',
    scale: { domain: labels.length > 1 ? [0, labels.length - 1] : [-1, 1], nice: false, zero: false },
    axis: {
      values: labels.map((_, i) => i).filter((i) => i % every === 0),
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
      title: null,
      grid: false,
      tickSize: 4,
      labelFlush: false,
    },
  }
  const y = yOf(axis, 'median', metric)
  const best = chosen === null || chosenValue === null ? null : { place: chosen, value: chosenValue }
  return {
    width: widthPx,
    height: HEIGHT_PX,
    title: panelTitle(
      name,
      chosen === null
        ? 'none chosen'
        : `chosen: ${labels[chosen]}${chosenValue === null ? '' : `, ${metric} ${numberText(chosenValue, digits)}`}`,
    ),
    layer: [
      ...bandLayers(rows, x, y),
      ...(axis.domain[0] < 0 && axis.domain[1] > 0 ? [levelRule(0, y, 'zero')] : []),
      ...(best === null
        ? []
        : [
            {
              data: { values: [best] },
              mark: { type: 'point', style: 'plain0', filled: true, size: 60 },
              encoding: { x, y: { ...y, field: 'value' } },
            },
          ]),
    ],
  }
}
