import { isoFromDay } from '../../kernel/day.js'
import type { PriceUnit, Product } from '../../market/instrument.js'
import type { Chart } from '../chart.js'
import { dateText } from '../date-text.js'
import { numberText } from '../number-text.js'
import {
  hoverLayer,
  labelLayers,
  type LabelAt,
  levelRule,
  levelStripe,
  nothingLabel,
  xOf,
  yOf,
} from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { lineStyle } from '../theme.js'
import { EMPTY_TIME_AXIS, timeAxis } from '../time-axis.js'
import { unitDigits } from '../unit-digits.js'
import { valueAxis } from '../value-axis.js'
import { textWidthPx } from '../wrap-text.js'
import { PANEL_HEIGHT_PX, panelTitle, panelWidthPx, smallMultiples } from './small-multiples.js'

export interface PricePanel {
  readonly product: Product
  /** "WTI". */
  readonly name: string
  readonly unit: PriceUnit
  /** Front contract: CLG24. */
  readonly contract: string
  /** In `unit`; may be ≤ 0. */
  readonly last: number
  /** In `unit`; null where the contract had no settlement the day before. */
  readonly change: number | null
  /** Per cent; null where the base is ≤ 0. */
  readonly changePercent: number | null
  /** Epoch days, ascending: the last year. */
  readonly days: Int32Array
  /** Rank-1 settlements in `unit`; NaN breaks the line. */
  readonly values: Float64Array
}

export interface PricesChartInput {
  /** `2023-12-29`. */
  readonly asOf: string
  readonly products: readonly PricePanel[]
  readonly simulated: boolean
  readonly source: string
}

/** `71.65 USD/bbl · −0.12 (−0.17 %) · at 18 % of range`. */
function findingOf(panel: PricePanel): string {
  const { last, unit, change, changePercent, values } = panel
  const digits = unitDigits(unit)
  const extremes = extremesOf(panel)
  const span = extremes ? values[extremes.high] - values[extremes.low] : 0
  const place =
    extremes && span > 0 ? ` · at ${numberText((100 * (last - values[extremes.low])) / span, 0)} % of range` : ''
  const percent = saysPercent(panel) ? ` (${numberText(changePercent ?? 0, 2, true)} %)` : ''
  return `${numberText(last, digits)} ${unit}${change === null ? '' : ` · ${numberText(change, digits, true)}${percent}`}${place}`
}

/** A per cent change to zero or below is a number without a meaning (18.27 → −37.63 is no "−306 %"): words give the change. */
function saysPercent({ last, changePercent }: PricePanel): boolean {
  return changePercent !== null && last > 0
}

/** Where the extremes of the year are; the later one of equals. */
function extremesOf({ values }: PricePanel): { low: number; high: number } | null {
  let low = -1
  let high = -1
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue
    if (low === -1 || values[i] <= values[low]) low = i
    if (high === -1 || values[i] >= values[high]) high = i
  }
  return low === -1 ? null : { low, high }
}

function pricePanel(panel: PricePanel, index: number, widthPx: number): Record<string, unknown> {
  const { days, values, last, unit, product } = panel
  const digits = unitDigits(unit)
  const extremes = extremesOf(panel)
  const title = panelTitle(`${panel.name} ${panel.contract}`.trim(), extremes ? findingOf(panel) : 'no settlements')
  const axis = valueAxis(extremes ? [...values, last] : [], { maxTicks: 4, air: 0.2 })
  const firstDay = days[0] ?? 0
  const lastDay = days.length > 0 ? days[days.length - 1] : 0
  const time = extremes ? timeAxis(firstDay, lastDay, widthPx) : EMPTY_TIME_AXIS
  const x = xOf(time)
  const y = yOf(axis, 'value', unit)
  const style = lineStyle(product, 0)
  const xPx = (day: number): number =>
    lastDay > firstDay ? (widthPx * (day - firstDay)) / (lastDay - firstDay) : widthPx / 2
  const yPx = (value: number): number => axis.yPx(value, PANEL_HEIGHT_PX)
  const hasRange = extremes !== null && values[extremes.high] > values[extremes.low]
  const lastPx = yPx(last)
  const labels: LabelAt[] = extremes
    ? [
        { text: numberText(last, digits), xPx: xPx(lastDay) + 8, yPx: lastPx, bold: true },
        // The extremes by name, unless today is one of them and says so itself.
        ...(hasRange
          ? (['high', 'low'] as const).flatMap((which): LabelAt[] => {
              const i = extremes[which]
              if (days[i] === lastDay) return []
              const text = `${which} ${numberText(values[i], digits)}`
              const half = textWidthPx(text, 12) / 2
              const at = Math.min(Math.max(xPx(days[i]), half), widthPx - half)
              return [
                {
                  text,
                  xPx: at,
                  yPx: yPx(values[i]) + (which === 'high' ? -9 : 10),
                  align: 'center',
                  style: 'labelMuted',
                },
              ]
            })
          : []),
      ]
    : [nothingLabel('no settlements', widthPx, PANEL_HEIGHT_PX)]
  return {
    width: widthPx,
    height: PANEL_HEIGHT_PX,
    title,
    data: {
      values: Array.from(days, (day, i) => ({
        date: isoFromDay(day),
        value: Number.isFinite(values[i]) ? values[i] : null,
      })),
    },
    layer: [
      ...(hasRange ? [levelStripe(values[extremes.low], values[extremes.high], y, 'bandRange')] : []),
      ...(extremes && axis.domain[0] < 0 && axis.domain[1] > 0 ? [levelRule(0, y, 'zero')] : []),
      { mark: { type: 'line', style, strokeWidth: 1.6 }, encoding: { x, y } },
      ...(extremes
        ? [
            {
              data: {
                values: [
                  ...(hasRange
                    ? [extremes.high, extremes.low].map((i) => ({ date: isoFromDay(days[i]), value: values[i] }))
                    : []),
                ],
              },
              mark: { type: 'point', style, filled: true, size: 16, opacity: 1 },
              encoding: { x, y },
            },
            {
              data: { values: [{ date: isoFromDay(lastDay), value: last }] },
              mark: { type: 'point', style, filled: true, size: 48, opacity: 1 },
              encoding: { x, y },
            },
            hoverLayer(`price_${index}`, x, {
              day: { title: 'settlement' },
              value: { title: unit, format: `,.${digits}f` },
            }),
          ]
        : []),
      ...labelLayers(labels),
    ],
  }
}

/** The finding: how the crudes (else the first product) moved. */
function headlineOf({ products, asOf }: PricesChartInput): string {
  const first = products[0]
  if (!first) return `No settlements until ${dateText(asOf)}`
  const crudes = products.filter(({ product }) => product === 'CL' || product === 'BRN')
  return (crudes.length > 0 ? crudes : [first])
    .map((panel) => {
      const { name, last, unit, change, changePercent } = panel
      const digits = unitDigits(unit)
      const move = saysPercent(panel)
        ? `, ${numberText(changePercent ?? 0, 2, true)} %`
        : change === null
          ? ''
          : `, ${numberText(change, digits, true)} ${unit}`
      return `${name} ${numberText(last, digits)}${move}`
    })
    .join('; ')
}

/** Small multiples: each front month over the last year, with its place between the year's low and high. */
export function pricesChart(input: PricesChartInput): Chart {
  const { products, asOf } = input
  const title = headlineOf(input)
  const widthPx = panelWidthPx(Math.max(1, products.length))
  const panels = products.length > 0 ? products : [EMPTY_PANEL]
  return {
    title,
    subtitle: `Front-month settlements over the year to ${dateText(asOf)} · grey: the year’s range`,
    footer: sourceText(input.source, input.simulated, asOf),
    simulated: input.simulated,
    alt: `Front-month settlements as of ${dateText(asOf)}: ${products.map((panel) => `${panel.name} ${panel.contract} ${findingOf(panel)}`).join('; ')}.`,
    vegaLite: smallMultiples(panels.map((panel, i) => pricePanel(panel, i, widthPx))),
  }
}

const EMPTY_PANEL: PricePanel = {
  product: 'CL',
  name: 'Prices',
  unit: 'USD/bbl',
  contract: '',
  last: Number.NaN,
  change: null,
  changePercent: null,
  days: new Int32Array(0),
  values: new Float64Array(0),
}
