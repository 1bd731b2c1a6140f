import type { Chart } from '../chart.js'
import { dateText } from '../date-text.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { labelLayers, type LabelAt, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import type { MarkStyle } from '../theme.js'
import { LONG_STYLE, SHORT_STYLE } from './signals-chart.js'

export interface SignalMapInput {
  /** The finding. */
  readonly title: string
  readonly products: readonly string[]
  readonly rows: readonly {
    readonly name: string
    /** First of its family: room above it. */
    readonly isFirst: boolean
    readonly bold: boolean
    /** −1 to 1 by product; null where it is not known. */
    readonly scores: readonly (number | null)[]
  }[]
  readonly source: string
  readonly simulated: boolean
  /** `2023-12-29`. */
  readonly asOf: string
}

const NAME_PX = 170
const ROW_PX = 22
const FAMILY_GAP_PX = 10
const HEAD_PX = 24
const WIDEST_COLUMN_PX = 130
/** Paler than the words on it at any strength. */
const STRONGEST_OPACITY = 0.5

/** Every signal of several products on one day: blue and plus is long, orange and minus short, a dash is not known. */
export function signalMapChart(input: SignalMapInput): Chart {
  const { title, products, rows, asOf, simulated, source } = input
  const widthPx = CONTENT_WIDTH_PX
  const columnPx = Math.min(WIDEST_COLUMN_PX, (widthPx - NAME_PX) / Math.max(1, products.length))
  const tops: number[] = []
  let heightPx = HEAD_PX
  for (const { isFirst } of rows) {
    if (isFirst && tops.length > 0) heightPx += FAMILY_GAP_PX
    tops.push(heightPx)
    heightPx += ROW_PX
  }
  const cells = (keeps: (score: number) => boolean, style: MarkStyle): Layer => ({
    data: {
      values: rows.flatMap(({ scores }, row) =>
        scores.flatMap((score, column) =>
          score !== null && keeps(score)
            ? [
                {
                  left: NAME_PX + column * columnPx + 1,
                  right: NAME_PX + (column + 1) * columnPx - 1,
                  top: tops[row] + 1,
                  bottom: tops[row] + ROW_PX - 1,
                  strength: Math.abs(score),
                },
              ]
            : [],
        ),
      ),
    },
    mark: { type: 'rect', style },
    encoding: {
      x: { ...pixels('left', [0, widthPx]) },
      x2: { field: 'right' },
      y: { ...pixels('top', [heightPx, 0]) },
      y2: { field: 'bottom' },
      opacity:
        style === 'bandRange'
          ? { value: 1 }
          : {
              field: 'strength',
              type: 'quantitative',
              scale: { domain: [0, 1], range: [0.06, STRONGEST_OPACITY] },
              legend: null,
            },
    },
  })
  const words: LabelAt[] = [
    ...products.map((product, column): LabelAt => ({
      text: product,
      xPx: NAME_PX + (column + 0.5) * columnPx,
      yPx: HEAD_PX / 2,
      align: 'center',
      bold: true,
    })),
    ...rows.flatMap(({ name, bold, scores }, row): LabelAt[] => [
      { text: name, xPx: NAME_PX - 10, yPx: tops[row] + ROW_PX / 2, align: 'right', bold },
      ...scores.map((score, column): LabelAt => ({
        text: score === 0 ? '0' : numberText(score, 2, true),
        xPx: NAME_PX + (column + 0.5) * columnPx,
        yPx: tops[row] + ROW_PX / 2,
        align: 'center',
        style: score === null || score === 0 ? 'labelMuted' : 'label',
        bold,
      })),
    ]),
  ]
  return {
    title,
    subtitle: `Scores on ${dateText(asOf)}, −1 to 1: blue and + is long, orange and − short, 0 neutral, a dash not known`,
    footer: sourceText(source, simulated, asOf),
    simulated,
    alt: `${title}. ${rows.length} signals of ${products.join(', ')} on ${dateText(asOf)}.`,
    vegaLite: {
      width: widthPx,
      height: heightPx,
      layer: [
        cells((score) => score === 0, 'bandRange'),
        cells((score) => score > 0, LONG_STYLE),
        cells((score) => score < 0, SHORT_STYLE),
        ...plainLabels(words),
      ],
    },
  }
}

function pixels(field: string, domain: readonly [number, number]): Layer {
  return { field, type: 'quantitative', scale: { domain, nice: false, zero: false }, axis: null }
}

/** Words on a coloured cell need no halo. */
function plainLabels(words: readonly LabelAt[]): Layer[] {
  return labelLayers(words).filter((_, i) => i % 2 === 1)
}
