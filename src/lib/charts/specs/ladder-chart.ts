import type { Chart } from '../chart.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { MINUS, numberText } from '../number-text.js'
import { type LabelAt, labelLayers, nothingLabel } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { valueAxis } from '../value-axis.js'
import { textWidthPx } from '../wrap-text.js'

export interface LadderBar {
  readonly label: string
  readonly value: number
  /** Printed behind the value, muted: "proxied". */
  readonly note?: string
}

export interface LadderChartInput {
  /** The finding. */
  readonly title: string
  readonly subtitle: string
  readonly unit: string
  readonly digits: number
  /** From top to bottom. */
  readonly bars: readonly LadderBar[]
  /** A vertical line: a limit. */
  readonly mark?: { readonly value: number; readonly label: string }
  /** Print `+` before positive values; true unless it says otherwise. */
  readonly signed?: boolean
  readonly simulated: boolean
  readonly source: string
  /** `2023-12-29`. */
  readonly asOf: string
}

const ROW_PX = 21
const MAX_LABEL_PX = 300

/** One bar a row from a common zero, named on the left, with its value at its end: losses and gains read alike. */
export function ladderChart(input: LadderChartInput): Chart {
  const { bars, unit, digits, mark, signed = true } = input
  const heightPx = Math.max(3, bars.length) * ROW_PX
  const labels = bars.map(({ label }) => fitted(label))
  const leftPx = Math.max(60, ...labels.map((label) => textWidthPx(label, 12))) + 12
  const widthPx = Math.round(CONTENT_WIDTH_PX - leftPx - 8)
  const texts = bars.map(({ value }) => numberText(value, digits, signed))
  const notes = bars.map(({ note }) => (note === undefined ? '' : ` ${note.replaceAll(/-(?=\d)/g, MINUS)}`))
  const endPx = Math.max(0, ...texts.map((text, i) => textWidthPx(text + notes[i], 12))) + 10
  const values = [...bars.map(({ value }) => value), ...(mark ? [mark.value] : [])]
  const axis = valueAxis(values, {
    maxTicks: 6,
    zero: true,
    air: Math.min(0.6, endPx / Math.max(60, widthPx - 2 * endPx)),
  })
  // air is for the labels at the ends of bars: none where no bar ends
  const low = values.some((value) => value < 0) ? axis.domain[0] : 0
  const high = values.some((value) => value > 0) || low === 0 ? axis.domain[1] : 0
  const xPx = (value: number): number => (widthPx * (value - low)) / (high - low)
  const middlePx = (row: number): number => (row + 0.5) * ROW_PX
  const x = {
    type: 'quantitative',
    scale: { domain: [low, high], nice: false, zero: false, clamp: true },
    axis: {
      values: axis.ticks.filter((tick) => tick >= low && tick <= high),
      format: axis.format,
      title: unit,
      domain: false,
      ticks: false,
      labelPadding: 6,
    },
  }
  const rule = (value: number, style: string): Record<string, unknown> => ({
    data: { values: [{ value }] },
    mark: { type: 'rule', style },
    encoding: { x: { ...x, field: 'value' } },
  })
  const names: LabelAt[] = labels.map((text, row) => ({ text, xPx: -10, yPx: middlePx(row), align: 'right' }))
  const ends: LabelAt[] = bars.flatMap(({ value }, row) => {
    const right = value >= 0
    const at = xPx(value) + (right ? 5 : -5)
    const align = right ? ('left' as const) : ('right' as const)
    const note = notes[row]
    if (note === '') return [{ text: texts[row], xPx: at, yPx: middlePx(row), align, bold: true }]
    return [{ text: `${texts[row]}${note}`, xPx: at, yPx: middlePx(row), align }]
  })
  const bar = (positive: boolean): Record<string, unknown> => ({
    data: {
      values: bars.flatMap(({ value }, row) =>
        Number.isFinite(value) && value >= 0 === positive
          ? [{ zero: 0, value, top: row * ROW_PX + 3, bottom: (row + 1) * ROW_PX - 3 }]
          : [],
      ),
    },
    mark: { type: 'rect', style: positive ? 'plain0' : 'plain1' },
    encoding: {
      x: { ...x, field: 'zero' },
      x2: { field: 'value' },
      y: { field: 'top', type: 'quantitative', scale: { domain: [heightPx, 0], nice: false, zero: false }, axis: null },
      y2: { field: 'bottom' },
    },
  })
  const worst = bars.reduce<LadderBar | null>((low, one) => (low === null || one.value < low.value ? one : low), null)
  return {
    title: input.title,
    subtitle: input.subtitle,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt:
      worst === null
        ? input.title
        : `${input.title}. ${bars.length} bars in ${unit}; lowest ${worst.label} ${numberText(worst.value, digits, signed)}.`,
    vegaLite: {
      width: widthPx,
      height: heightPx,
      layer: [
        bar(true),
        bar(false),
        rule(0, 'zero'),
        ...(mark ? [rule(mark.value, 'against')] : []),
        ...labelLayers([
          ...names,
          ...ends,
          ...(mark
            ? [
                {
                  text: mark.label,
                  xPx: xPx(mark.value),
                  yPx: -9,
                  align: 'center' as const,
                  style: 'labelMuted' as const,
                },
              ]
            : []),
          ...(bars.length === 0 ? [nothingLabel('nothing to show', widthPx, heightPx)] : []),
        ]),
      ],
    },
  }
}

function fitted(label: string): string {
  if (textWidthPx(label, 12) <= MAX_LABEL_PX) return label
  let short = label
  while (short.length > 1 && textWidthPx(`${short}…`, 12) > MAX_LABEL_PX) short = short.slice(0, -1)
  return `${short.trimEnd()}…`
}
