import type { BarColumns, CurveColumns, SeriesColumns } from '../../src/lib/market/dataset.js'
import type { PriceUnit, Product } from '../../src/lib/market/instrument.js'
import type { QualityFinding } from '../../src/lib/market/quality.js'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { builtInMarket, day } from '../market/market.js'

export const market = builtInMarket()

/** [date, contract month, settlement] */
export type Settlement = readonly [date: string, month: number, settlement: number]

export function curves(product: Product, unit: PriceUnit, rows: readonly Settlement[]): CurveColumns {
  return {
    kind: 'curves',
    product,
    unit,
    day: Int32Array.from(rows, ([date]) => day(date)),
    month: Int32Array.from(rows, ([, month]) => month),
    rank: Int32Array.from(rows, ([date, month]) => market.rankOfMonth(product, day(date), month)),
    settlement: Float64Array.from(rows, ([, , settlement]) => settlement),
  }
}

export function bars(
  symbol: string,
  unit: string,
  rows: readonly (readonly [date: string, open: number, high: number, low: number, close: number])[],
): BarColumns {
  const column = (at: 1 | 2 | 3 | 4): Float64Array => Float64Array.from(rows, (row) => row[at])
  return {
    kind: 'bars',
    symbol,
    unit,
    sessionDay: Int32Array.from(rows, ([date]) => day(date)),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: new Float64Array(rows.length).fill(1000),
  }
}

export function series(
  rows: readonly (readonly [period: string, knownOn: string, value: number])[],
  more: Partial<SeriesColumns> = {},
): SeriesColumns {
  return {
    kind: 'series',
    id: 'RWTC',
    unit: 'USD/bbl',
    frequency: 'daily',
    knownOnFrom: 'rule',
    period: Int32Array.from(rows, ([period]) => day(period)),
    knownOn: Int32Array.from(rows, ([, knownOn]) => day(knownOn)),
    value: Float64Array.from(rows, ([, , value]) => value),
    ...more,
  }
}

/** `2017-08-27 RBV17 non-trading-day dropped` */
export const said = (findings: readonly QualityFinding[]): string[] =>
  findings.map(({ day: d, what, reason, action }) => `${isoFromDay(d)} ${what} ${reason} ${action}`)

/** Business days of the product's exchange from `from` on. */
export function tradingDays(product: Product, from: string, count: number): string[] {
  const calendar = market.settlementCalendar(product)
  const days: string[] = []
  for (let d = calendar.onOrAfter(day(from)); days.length < count; d = calendar.addBusinessDays(d, 1))
    days.push(isoFromDay(d))
  return days
}
