import type { MarkStyle } from './theme.js'
import type { TimeAxis } from './time-axis.js'
import type { ValueAxis } from './value-axis.js'

export type Layer = Record<string, unknown>

/** Room left of a panel for the labels of its vertical axis. */
export const AXIS_LEFT_PX = 54

/** Vega-Lite's `x` of a date field: UTC whatever the machine's zone. */
export function xOf(axis: TimeAxis, field = 'date'): Layer {
  return {
    field,
    type: 'temporal',
    scale: { type: 'utc', domain: axis.domain, nice: false },
    axis: { values: axis.ticks, labelExpr: axis.labelExpr, title: null, grid: false, tickSize: 4, labelFlush: false },
  }
}

/** Vega-Lite's `y` of a value field, the unit written above the axis. */
export function yOf(axis: ValueAxis, field: string, unit: string | null): Layer {
  return {
    field,
    type: 'quantitative',
    scale: { domain: axis.domain, nice: false, zero: false, clamp: true },
    axis: {
      values: axis.ticks,
      format: axis.format,
      title: unit,
      titleAngle: 0,
      titleAlign: 'left',
      titleAnchor: 'start',
      titleBaseline: 'bottom',
      titleX: 4 - AXIS_LEFT_PX,
      titleY: -8,
      domain: false,
      ticks: false,
      labelPadding: 6,
      minExtent: AXIS_LEFT_PX - 4,
    },
  }
}

/** A horizontal line across the panel. */
export function levelRule(level: number, y: Layer, style: MarkStyle): Layer {
  return {
    data: { values: [{ level }] },
    mark: { type: 'rule', style },
    encoding: { y: { ...y, field: 'level' } },
  }
}

/** A horizontal stripe across the panel. */
export function levelStripe(low: number, high: number, y: Layer, style: MarkStyle): Layer {
  return {
    data: { values: [{ low, high }] },
    mark: { type: 'rect', style },
    encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
  }
}

export interface LabelAt {
  readonly text: string
  /** Pixels from the panel's left and top. */
  readonly xPx: number
  readonly yPx: number
  readonly align?: 'left' | 'center' | 'right'
  readonly style?: 'label' | 'labelMuted'
  readonly bold?: boolean
}

/** Words at a place, each with a halo so that lines behind do not cross them out. */
export function labelLayers(labels: readonly LabelAt[]): Layer[] {
  return labels.flatMap((label) =>
    (['labelHalo', label.style ?? 'label'] as const).map((style) => ({
      data: { values: [{}] },
      mark: {
        type: 'text',
        style,
        text: label.text,
        align: label.align ?? 'left',
        baseline: 'middle',
        fontWeight: label.bold ? 'bold' : 'normal',
      },
      encoding: { x: { value: label.xPx }, y: { value: label.yPx } },
    })),
  )
}

/** Stands in the middle of a panel that has nothing to draw. */
export function nothingLabel(text: string, widthPx: number, heightPx: number): LabelAt {
  return { text, xPx: widthPx / 2, yPx: heightPx / 2, align: 'center', style: 'labelMuted' }
}

/** Least to greatest, 10–90 % and median of a history, one level per row of `values`. */
export function bandLayers(values: readonly object[], x: Layer, y: Layer): Layer[] {
  const data = { values }
  const between = (low: string, high: string, style: MarkStyle): Layer => ({
    data,
    mark: { type: 'area', style },
    encoding: { x, y: { ...y, field: low }, y2: { field: high } },
  })
  return [
    between('min', 'max', 'bandRange'),
    between('p10', 'p90', 'bandDecile'),
    { data, mark: { type: 'line', style: 'bandMedian' }, encoding: { x, y: { ...y, field: 'median' } } },
  ]
}

/**
 * A vertical hair line that follows the mouse and tells the values of the panel's data under it.
 * @param id differs between the panels of one picture
 * @param fields name of a field → its words
 */
export function hoverLayer(
  id: string,
  x: Layer,
  fields: Readonly<Record<string, { title: string; format?: string }>>,
): Layer {
  const param = `hover_${id}`
  return {
    name: `hover ${id}`,
    transform: [{ calculate: "utcFormat(toDate(datum.date), '%-d %b %Y')", as: 'day' }],
    params: [
      {
        name: param,
        select: { type: 'point', on: 'pointerover', nearest: true, encodings: ['x'], clear: 'pointerout' },
      },
    ],
    mark: { type: 'rule', style: 'hover' },
    encoding: {
      x,
      opacity: { condition: { param, empty: false, value: 1 }, value: 0 },
      tooltip: Object.entries(fields).map(([field, { title, format }]) => ({
        field,
        title,
        ...(format === undefined ? { type: 'nominal' } : { type: 'quantitative', format }),
      })),
    },
  }
}
