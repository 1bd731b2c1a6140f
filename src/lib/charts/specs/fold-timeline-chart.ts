import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import { labelLayers, nothingLabel, xOf, type Layer } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import type { MarkStyle } from '../theme.js'
import { EMPTY_TIME_AXIS, timeAxis } from '../time-axis.js'
import { textWidthPx } from '../wrap-text.js'

export interface TimelineFold {
  readonly trainFrom: EpochDay
  readonly trainUntil: EpochDay
  readonly testFrom: EpochDay
  readonly testUntil: EpochDay
  /** "fast 15, slow 50". */
  readonly parameters: string
  /** Sharpe ratios per year; null where undefined. */
  readonly inSample: number | null
  readonly outOfSample: number | null
}

export interface FoldTimelineInput {
  readonly search: string
  readonly subtitle: string
  readonly folds: readonly TimelineFold[]
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const ROW_PX = 38
const LEFT_PX = 30
const FONT_PX = 12
const GAP_PX = 14

/** What each search saw, what was traded after it, with which parameters, and how it came out. */
export function foldTimelineChart(input: FoldTimelineInput): Chart {
  const { folds } = input
  const texts = folds.map(({ parameters, inSample, outOfSample }) => [
    `${numberText(inSample, 2)} → ${numberText(outOfSample, 2)}`,
    shortened(parameters),
  ])
  const rightPx = Math.max(90, ...texts.flat().map((text) => textWidthPx(text, FONT_PX, true))) + GAP_PX
  const widthPx = Math.round(CONTENT_WIDTH_PX - LEFT_PX - rightPx)
  const heightPx = Math.max(1, folds.length) * ROW_PX
  const time =
    folds.length === 0
      ? EMPTY_TIME_AXIS
      : timeAxis(
          Math.min(...folds.map(({ trainFrom }) => trainFrom)),
          Math.max(...folds.map(({ testUntil }) => testUntil)),
          widthPx,
        )
  const [first, last] = time.domain.map((date) => dayFromIso(date) ?? 0)
  const xPx = (day: EpochDay): number => (widthPx * (day - first)) / (last - first)
  const middle = (row: number): number => row * ROW_PX + ROW_PX / 2
  const bar = (row: number, from: EpochDay, until: EpochDay, style: MarkStyle, tall: number): Layer => ({
    data: { values: [{}] },
    mark: { type: 'rect', style },
    encoding: {
      x: { value: xPx(from) },
      x2: { value: xPx(until) },
      y: { value: middle(row) - tall / 2 },
      y2: { value: middle(row) + tall / 2 },
    },
  })
  const axis: Layer = {
    data: { values: [{ date: time.domain[0] }] },
    mark: { type: 'point', style: 'labelMuted', opacity: 0 },
    encoding: { x: xOf(time), y: { value: heightPx } },
  }
  const kept = folds.filter(({ outOfSample }) => (outOfSample ?? -1) > 0).length
  const title = `${input.search}: ${kept} of ${folds.length} ${folds.length === 1 ? 'test' : 'tests'} with a positive Sharpe ratio out of sample`
  return {
    title: folds.length === 0 ? `${input.search}: no folds` : title,
    subtitle: `${input.subtitle}. Grey: what the search saw; blue: a test with a positive Sharpe ratio, orange: one without. Right: Sharpe ratio in sample → out of sample, and the chosen parameters`,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. ${folds.map(({ parameters, inSample, outOfSample }, i) => `Fold ${i + 1}: ${parameters}, ${numberText(inSample, 2)} in sample, ${numberText(outOfSample, 2)} out of sample`).join('. ')}.`,
    vegaLite: {
      width: widthPx,
      height: heightPx,
      layer:
        folds.length === 0
          ? labelLayers([nothingLabel('nothing was held back', widthPx, heightPx)])
          : [
              axis,
              ...folds.flatMap((fold, row) => [
                bar(row, fold.trainFrom, fold.trainUntil, 'bandDecile', 12),
                bar(row, fold.testFrom, fold.testUntil, (fold.outOfSample ?? -1) > 0 ? 'plain0' : 'plain1', 18),
              ]),
              ...labelLayers(
                folds.flatMap((_, row) => [
                  {
                    text: String(row + 1),
                    xPx: -12,
                    yPx: middle(row),
                    align: 'right' as const,
                    style: 'labelMuted' as const,
                  },
                  { text: texts[row][0], xPx: widthPx + GAP_PX, yPx: middle(row) - 8, bold: true },
                  { text: texts[row][1], xPx: widthPx + GAP_PX, yPx: middle(row) + 8, style: 'labelMuted' as const },
                ]),
              ),
            ],
    },
  }
}

const MOST_LETTERS = 30

function shortened(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 1)}…`
}
