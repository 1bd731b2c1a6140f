import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import type { PriceUnit, Product } from '../../market/instrument.js'
import type { Chart } from '../chart.js'
import { dateText, monthText } from '../date-text.js'
import { CONTENT_WIDTH_PX } from '../frame.js'
import { numberText } from '../number-text.js'
import {
  AXIS_LEFT_PX,
  bandLayers,
  hoverLayer,
  labelLayers,
  type LabelAt,
  levelRule,
  nothingLabel,
  xOf,
  yOf,
} from '../panel-layers.js'
import { placeLabels } from '../place-labels.js'
import { sourceText } from '../source-text.js'
import { lineStyle } from '../theme.js'
import { EMPTY_TIME_AXIS, timeAxis } from '../time-axis.js'
import { unitDigits } from '../unit-digits.js'
import { valueAxis } from '../value-axis.js'
import { textWidthPx } from '../wrap-text.js'

export interface CurveChartPoint {
  readonly rank: number
  /** Contract code: CLF24. */
  readonly contract: string
  /** `2024-01`. */
  readonly deliveryMonth: string
  /** Last trading day, `2023-12-19`. */
  readonly expiry: string
  /** In the chart's unit; may be ≤ 0. */
  readonly settlement: number
}

/** What rank `rank` settled at over some history, in the chart's unit. */
export interface CurveChartBandPoint {
  readonly rank: number
  readonly min: number
  readonly p10: number
  readonly median: number
  readonly p90: number
  readonly max: number
}

export interface CurveChartInput {
  /** As a desk says it: "WTI". */
  readonly name: string
  readonly product: Product
  readonly unit: PriceUnit
  /** Settlement day, `2023-12-29`. */
  readonly date: string
  readonly points: readonly CurveChartPoint[]
  readonly structure: 'contango' | 'backwardation' | 'mixed' | null
  /** Rank 1 − rank 12; positive in backwardation; null where there are fewer than 12. */
  readonly m1m12: number | null
  /** An earlier curve, drawn thin. */
  readonly against?: {
    readonly date: string
    readonly points: readonly Pick<CurveChartPoint, 'deliveryMonth' | 'settlement'>[]
  } | null
  /** Settlements at each rank over some history, drawn grey behind the curve. */
  readonly band?: readonly CurveChartBandPoint[] | null
  /** What the band is of: "last 252 settlements". */
  readonly bandLabel?: string
  readonly simulated: boolean
  /** "csv", "eia", "simulator". */
  readonly source: string
}

const HEIGHT_PX = 330
const LABEL_GAP_PX = 16

/** The finding: shape and size of the curve. */
function findingOf({ name, structure, m1m12, unit, points, date }: CurveChartInput): string {
  if (points.length === 0) return `${name}: no settlements on ${dateText(date)}`
  const shape =
    structure === null
      ? `${name} futures curve`
      : structure === 'mixed'
        ? `${name} curve mixed`
        : `${name} in ${structure}`
  return m1m12 === null ? shape : `${shape}: M1–M12 ${numberText(m1m12, unitDigits(unit), true)} ${unit}`
}

const firstOfMonth = (deliveryMonth: string): string => `${deliveryMonth}-01`
const dayOfMonth = (deliveryMonth: string): EpochDay => dayFromIso(firstOfMonth(deliveryMonth)) ?? 0

/** The futures curve of one product by delivery month, in front of its own history. */
export function curveChart(input: CurveChartInput): Chart {
  const { name, product, unit, date, points } = input
  const digits = unitDigits(unit)
  const priceText = (point: CurveChartPoint): string => `${point.contract} ${numberText(point.settlement, digits)}`
  const against = input.against ?? null
  const title = findingOf(input)
  const byRank = new Map(points.map((point) => [point.rank, point]))
  const band = (input.band ?? []).flatMap(({ rank, ...levels }) => {
    const point = byRank.get(rank)
    return point ? [{ date: firstOfMonth(point.deliveryMonth), ...levels }] : []
  })
  const first = points[0]
  const last = points.at(-1)
  const endLabels = last ? (against ? [dateText(date), dateText(against.date)] : [priceText(last)]) : []
  const labelRoomPx = points.length > 1 ? Math.max(...endLabels.map((text) => textWidthPx(text, 12, true))) + 10 : 24
  const widthPx = Math.round(CONTENT_WIDTH_PX - AXIS_LEFT_PX - labelRoomPx)

  const days = [...points, ...(against?.points ?? [])].map((point) => dayOfMonth(point.deliveryMonth))
  const firstDay = Math.min(...days)
  const lastDay = Math.max(...days)
  const hasDays = days.length > 0
  const padDays = firstDay === lastDay ? 45 : 10
  const time = hasDays ? timeAxis(firstDay - padDays, lastDay + padDays - 8, widthPx) : EMPTY_TIME_AXIS
  const settlements = [...points, ...(against?.points ?? [])].map((point) => point.settlement)
  const zero = settlements.some((settlement) => settlement < 0)
  const ranges = band.flatMap(({ min, max }) => [min, max])
  const axis = valueAxis([...settlements, ...band.flatMap(({ p10, p90 }) => [p10, p90])], {
    maxTicks: 7,
    zero,
    outer: ranges,
  })
  const isCut = ranges.some((level) => level < axis.domain[0] || level > axis.domain[1])
  const xPx = (deliveryMonth: string): number => {
    const from = dayFromIso(time.domain[0]) ?? 0
    const to = dayFromIso(time.domain[1]) ?? 1
    return (widthPx * (dayOfMonth(deliveryMonth) - from)) / (to - from)
  }
  const x = xOf(time)
  const y = yOf(axis, 'settlement', unit)

  const labels: LabelAt[] = []
  if (first && last) {
    const next = points[1] ?? first
    // On the outer side of the curve's bend, where nothing else is drawn.
    const above = next.settlement <= first.settlement
    const firstPx = axis.yPx(first.settlement, HEIGHT_PX)
    const nearEdge = above ? firstPx < 30 : firstPx > HEIGHT_PX - 30
    labels.push({
      text: priceText(first),
      xPx: xPx(first.deliveryMonth) + (nearEdge ? 12 : 4),
      yPx: firstPx + (nearEdge ? 0 : above ? -14 : 15),
      bold: true,
    })
    if (points.length > 1) {
      const older = against?.points.at(-1)
      const olderEndPx = older ? xPx(older.deliveryMonth) : 0
      // Curves that end at about the same month share the margin; one that ends long before is named at its own end.
      const sharesMargin =
        older !== undefined && olderEndPx > xPx(last.deliveryMonth) - 2 * textWidthPx(endLabels[1], 12)
      const wanted = [last, ...(older && sharesMargin ? [older] : [])].map((end) => axis.yPx(end.settlement, HEIGHT_PX))
      const placed = placeLabels(wanted, LABEL_GAP_PX, HEIGHT_PX)
      labels.push({ text: endLabels[0], xPx: widthPx + 6, yPx: placed[0], bold: true })
      if (older) {
        labels.push({
          text: endLabels[1],
          xPx: sharesMargin ? widthPx + 6 : olderEndPx + 6,
          yPx: sharesMargin ? placed[1] : axis.yPx(older.settlement, HEIGHT_PX),
          style: 'labelMuted',
        })
      }
    }
  }
  const layer = [
    ...(band.length > 0 ? bandLayers(band, x, y) : []),
    ...(zero ? [levelRule(0, y, 'zero')] : []),
    ...(against && against.points.length > 0
      ? [
          {
            data: {
              values: against.points.map(({ deliveryMonth, settlement }) => ({
                date: firstOfMonth(deliveryMonth),
                settlement,
              })),
            },
            mark: { type: 'line', style: 'against' },
            encoding: { x, y },
          },
        ]
      : []),
    { mark: { type: 'line', style: lineStyle(product, 0), strokeWidth: 2.5 }, encoding: { x, y } },
    {
      mark: { type: 'point', style: lineStyle(product, 0), filled: true, size: 26, opacity: 1 },
      encoding: { x, y },
    },
    ...labelLayers(labels),
    ...(points.length > 0
      ? [
          hoverLayer('curve', x, {
            contract: { title: 'contract' },
            month: { title: 'delivery' },
            lastTradingDay: { title: 'last trading day' },
            settlement: { title: `settlement, ${unit}`, format: `,.${digits}f` },
          }),
        ]
      : labelLayers([nothingLabel('no settlements', widthPx, HEIGHT_PX)])),
  ]
  const behind =
    band.length > 0
      ? ` · grey: range, 10–90 % and median at each rank${input.bandLabel ? `, ${input.bandLabel}` : ''}${isCut ? ' (range cut at the axis)' : ''}`
      : ''
  return {
    title,
    subtitle: `Settlements of ${dateText(date)} by delivery month, ${unit}${against ? ` · dashed: ${dateText(against.date)}` : ''}${behind}`,
    footer: sourceText(input.source, input.simulated, date),
    simulated: input.simulated,
    alt:
      first && last
        ? `${title}. ${name} settlements of ${dateText(date)} by delivery month, ${points.length} ${points.length === 1 ? 'contract' : 'contracts'} from ${priceText(first)} to ${priceText(last)} ${unit}.`
        : title,
    vegaLite: {
      width: widthPx,
      height: HEIGHT_PX,
      data: {
        values: points.map((point) => ({
          date: firstOfMonth(point.deliveryMonth),
          settlement: point.settlement,
          contract: point.contract,
          month: monthText(point.deliveryMonth),
          lastTradingDay: dateText(point.expiry),
        })),
      },
      layer,
    },
  }
}
