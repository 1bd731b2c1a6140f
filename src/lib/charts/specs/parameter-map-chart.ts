import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { AXIS_LEFT_PX, labelLayers, nothingLabel, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { themes } from '../theme.js'
import { textWidthPx } from '../wrap-text.js'

export interface ParameterMapInput {
  /** What was searched on what: "ma-crossover on WTI". */
  readonly search: string
  /** What else is said: window, other parameters. */
  readonly subtitle: string
  /** Name of the metric. */
  readonly metric: string
  readonly digits: number
  readonly x: { readonly name: string; readonly labels: readonly string[] }
  readonly y: { readonly name: string; readonly labels: readonly string[] }
  /** Row by row of y, null where no cell has the metric. */
  readonly values: readonly (readonly (number | null)[])[]
  /** Less of the metric is better. */
  readonly lowIsGood: boolean
  /** Column and row of the chosen cell. */
  readonly chosen: { readonly x: number; readonly y: number } | null
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const LEGEND_PX = 96
const MOST_HEIGHT_PX = 400
const MOST_CELL_PX = 34
const STEPS = themes.light.heat.length
const MIDDLE = (STEPS - 1) / 2
const LABEL_FONT_PX = 12

/** A metric over two parameters: a plateau is worth more than a peak. */
export function parameterMapChart(input: ParameterMapInput): Chart {
  const { x, y, values, metric, digits, chosen } = input
  const [columns, rows] = [x.labels.length, y.labels.length]
  const leftPx = Math.max(AXIS_LEFT_PX, 26 + Math.max(0, ...y.labels.map((label) => textWidthPx(label, LABEL_FONT_PX))))
  const heightPx = Math.max(90, Math.round(Math.min(MOST_HEIGHT_PX, rows * MOST_CELL_PX)))
  const finite = values.flat().filter((value): value is number => value !== null && Number.isFinite(value))
  const widthPx = Math.round(CONTENT_WIDTH_PX - (finite.length === 0 ? 0 : leftPx + LEGEND_PX))
  const title = titleOf(input, finite)
  const scale = scaleOf(finite, input.lowIsGood)
  const band = (name: string, domain: readonly number[]): Layer => ({
    field: name,
    type: 'ordinal',
    scale: { domain, paddingInner: domain.length > 40 ? 0 : 0.04, paddingOuter: 0 },
  })
  const axis = (name: string, labels: readonly string[], every: number): Layer => ({
    values: labels.map((_, i) => i).filter((i) => i % every === 0),
    labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    title: name,
    labelAngle: 0,
    domain: false,
    ticks: false,
    labelPadding: 6,
  })
  const widest = Math.max(1, ...x.labels.map((label) => textWidthPx(label, LABEL_FONT_PX)))
  const everyX = Math.max(1, Math.ceil(((widest + 8) * columns) / widthPx))
  const everyY = Math.max(1, Math.ceil((16 * rows) / heightPx))
  const xBand = { ...band('column', Array.from(x.labels.keys())), axis: axis(x.name, x.labels, everyX) }
  const yBand = {
    // small values below
    ...band('row', Array.from(y.labels.keys()).reverse()),
    axis: {
      ...axis(y.name, y.labels, everyY),
      titleAngle: 0,
      titleAlign: 'left',
      titleAnchor: 'start',
      titleX: 4 - leftPx,
      titleY: -10,
      titleBaseline: 'bottom',
      minExtent: leftPx - 4,
    },
  }
  const cells = values.flatMap((line, row) =>
    line.flatMap((value, column) => (value === null ? [] : [{ column, row, value, words: numberText(value, digits) }])),
  )
  const layers = Array.from({ length: STEPS }, (_, step): Layer => ({
    data: { values: cells.filter(({ value }) => scale.stepOf(value) === step) },
    mark: { type: 'rect', style: `heat${step}` },
    encoding: { x: xBand, y: yBand },
  }))
  const widestWords = Math.max(1, ...cells.map(({ words }) => textWidthPx(words, LABEL_FONT_PX)))
  const roomy = widestWords + 6 < widthPx / columns && heightPx / rows >= 20
  const words = (style: string): Layer => ({
    data: { values: cells },
    mark: { type: 'text', style, align: 'center', baseline: 'middle' },
    encoding: { x: xBand, y: yBand, text: { field: 'words', type: 'nominal' } },
  })
  const frame: Layer[] =
    chosen === null
      ? []
      : [
          {
            data: { values: [{ column: chosen.x, row: chosen.y }] },
            mark: { type: 'rect', style: 'plain3', filled: false, strokeWidth: 3 },
            encoding: { x: xBand, y: yBand },
          },
        ]
  return {
    title,
    subtitle: input.subtitle,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. Map of ${metric} over ${x.name} and ${y.name}, ${finite.length} of ${columns * rows} combinations${finite.length > 0 ? `, from ${numberText(scale.least, digits)} to ${numberText(scale.most, digits)}` : ''}.`,
    vegaLite: {
      width: widthPx,
      height: heightPx,
      layer:
        cells.length === 0
          ? labelLayers([nothingLabel(`${metric} is undefined everywhere`, widthPx, heightPx)])
          : [
              ...layers,
              ...frame,
              ...(roomy ? [words('labelHalo'), words('label')] : []),
              ...legend(scale, digits, widthPx, heightPx),
            ],
    },
  }
}

function titleOf(
  { search, metric, digits, x, y, values, chosen, lowIsGood }: ParameterMapInput,
  finite: readonly number[],
): string {
  const value = chosen === null ? null : (values[chosen.y]?.[chosen.x] ?? null)
  if (chosen === null || value === null) return `${search}: ${metric} over ${x.name} and ${y.name}`
  const near = neighbours(values, chosen)
  const at = `${x.name} ${x.labels[chosen.x]}, ${y.name} ${y.labels[chosen.y]}`
  const best = `${search}: ${metric} ${numberText(value, digits)} at ${at}`
  if (near.length === 0 || finite.length < 2) return best
  const beside = near.reduce((sum, one) => sum + one, 0) / near.length
  return `${best}, its neighbours ${numberText(beside, digits)} on average${lowIsGood ? ' (less is better)' : ''}`
}

function neighbours(values: ParameterMapInput['values'], at: { readonly x: number; readonly y: number }): number[] {
  const found: number[] = []
  for (let row = at.y - 1; row <= at.y + 1; row++) {
    for (let column = at.x - 1; column <= at.x + 1; column++) {
      const value = values[row]?.[column] ?? null
      if (value !== null && !(row === at.y && column === at.x)) found.push(value)
    }
  }
  return found
}

interface HeatScale {
  readonly least: number
  readonly most: number
  /** Upper edge of each step but the last. */
  readonly edges: readonly number[]
  readonly stepOf: (value: number) => number
}

/** Steps that are even on both sides of zero where values stand on both, so that grey is nothing; else from least to most. */
function scaleOf(values: readonly number[], lowIsGood: boolean): HeatScale {
  const least = values.reduce((low, value) => Math.min(low, value), Infinity)
  const most = values.reduce((high, value) => Math.max(high, value), -Infinity)
  const signed = least < 0 && most > 0
  const reach = Math.max(-least, most)
  const [from, until] = signed ? [-reach, reach] : [least, most]
  const width = (until - from) / STEPS
  const edges = Array.from({ length: STEPS - 1 }, (_, i) => from + (i + 1) * width)
  return {
    least,
    most,
    edges,
    stepOf(value) {
      const step = width > 0 ? Math.min(STEPS - 1, Math.max(0, Math.floor((value - from) / width))) : MIDDLE
      return lowIsGood ? STEPS - 1 - step : step
    },
  }
}

/** The steps beside the map, their edges in words. */
function legend({ edges, stepOf, least, most }: HeatScale, digits: number, widthPx: number, heightPx: number): Layer[] {
  const tall = Math.min(180, heightPx)
  const each = tall / STEPS
  const low = edges[0] - (edges[1] - edges[0])
  const boxes = Array.from({ length: STEPS }, (_, i): Layer => {
    const inside = i === 0 ? low : edges[i - 1]
    const middle = inside + (edges[1] - edges[0]) / 2
    return {
      data: { values: [{}] },
      mark: { type: 'rect', style: `heat${stepOf(middle)}` },
      encoding: {
        x: { value: widthPx + 14 },
        x2: { value: widthPx + 28 },
        y: { value: tall - (i + 1) * each },
        y2: { value: tall - i * each },
      },
    }
  })
  const flat = !(most > least)
  const shown = flat ? [] : edges.map((edge, i) => ({ edge, i })).filter(({ i }) => i % 2 === 1)
  return [
    ...(flat ? [] : boxes),
    ...labelLayers(
      shown.map(({ edge, i }) => ({
        text: numberText(edge, digits),
        xPx: widthPx + 34,
        yPx: tall - (i + 1) * each,
        style: 'labelMuted' as const,
      })),
    ),
  ]
}
