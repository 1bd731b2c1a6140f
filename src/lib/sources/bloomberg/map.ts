import type { EpochDay } from '../../kernel/day.js'
import { readContractCode } from '../../market/contract-code.js'
import type { ContractMonth } from '../../market/contract-month.js'
import type { BarColumns, CurveColumns } from '../../market/dataset.js'
import type { Market, Product } from '../../market/market.js'
import { BLOOMBERG_FIELDS } from '../../market/ticker.js'
import { numberOf, surprise, textOf, type SecurityHistory } from './schema.js'

/** The contract that stood behind a generic ticker on each day. */
export const CONTRACT_FIELD = 'FUT_CUR_GEN_TICKER'

/** What a history of settlements asks for. */
export const CURVE_FIELDS = [
  BLOOMBERG_FIELDS.settlement,
  BLOOMBERG_FIELDS.last,
  BLOOMBERG_FIELDS.openInterest,
  BLOOMBERG_FIELDS.volume,
] as const

export const BAR_FIELDS = [
  BLOOMBERG_FIELDS.open,
  BLOOMBERG_FIELDS.high,
  BLOOMBERG_FIELDS.low,
  BLOOMBERG_FIELDS.last,
  BLOOMBERG_FIELDS.volume,
  BLOOMBERG_FIELDS.openInterest,
] as const

const DAY_MS = 86_400_000
/** 14:30 New York and 19:30 London have passed, summer and winter, with half an hour for the vendor. */
const SETTLED_HOUR_UTC = 20

/** What is needed to read a vendor's prices. */
export interface MapContext {
  readonly market: Market
  readonly product: Product
  /** Our price in one unit of the vendor's quote. */
  readonly factor: number
  /** Milliseconds since 1970-01-01 UTC: a day that has not settled yet has no settlement, whatever the field holds. */
  readonly nowMs: number
}

export interface MappedCurves {
  readonly columns: CurveColumns
  /** Days without a settlement: holidays of the ticker, contracts that were not listed yet, a day still trading. */
  readonly withoutPrice: number
  /** Rows of a generic ticker that do not say which contract it was: not stored. */
  readonly withoutContract: number
}

/** One ticker's history; `month` of a contract's own ticker, null of a generic one. */
export interface TickerHistory {
  readonly history: SecurityHistory
  readonly month: ContractMonth | null
}

/**
 * Histories of generic tickers or of contracts as settlements by contract. The settlement is PX_SETTLE, else, for days
 * that are over, PX_LAST, which is then the settlement too; on the day itself PX_LAST is a trade and is not used.
 */
export function mapCurves(tickers: readonly TickerHistory[], context: MapContext): MappedCurves {
  const { market, product, factor, nowMs } = context
  const rows: { day: number; month: number; settlement: number; openInterest: number; volume: number }[] = []
  let withoutPrice = 0
  let withoutContract = 0
  for (const { history, month: own } of tickers) {
    for (const { day, values } of history.rows) {
      const where = `${history.security} on a day`
      const settlement = settlementOf(values, day, nowMs, where)
      if (Number.isNaN(settlement)) {
        withoutPrice++
        continue
      }
      const month = own ?? monthBehind(market, product, values, day, where)
      if (month === null) {
        withoutContract++
        continue
      }
      rows.push({
        day,
        month,
        settlement: scaled(settlement, factor),
        openInterest: numberOf(values, BLOOMBERG_FIELDS.openInterest, where),
        volume: numberOf(values, BLOOMBERG_FIELDS.volume, where),
      })
    }
  }
  rows.sort((a, b) => a.day - b.day || a.month - b.month)
  const columns: CurveColumns = {
    kind: 'curves',
    product,
    unit: market.instrument(product).unit,
    day: Int32Array.from(rows, ({ day }) => day),
    month: Int32Array.from(rows, ({ month }) => month),
    rank: Int32Array.from(rows, ({ day, month }) => market.rankOfMonth(product, day, month)),
    settlement: Float64Array.from(rows, ({ settlement }) => settlement),
    openInterest: Float64Array.from(rows, ({ openInterest }) => openInterest),
    volume: Float64Array.from(rows, ({ volume }) => volume),
  }
  return { columns, withoutPrice, withoutContract }
}

/** Daily bars of the front generic ticker as Bloomberg splices it. A day that is not over is left out. */
export function mapBars(history: SecurityHistory, { market, product, factor, nowMs }: MapContext): BarColumns {
  const rows = history.rows.filter(({ day }) => isOver(day, nowMs)).sort((a, b) => a.day - b.day)
  const price = (field: string): Float64Array =>
    Float64Array.from(rows, ({ values }) => scaled(numberOf(values, field, history.security), factor))
  const lots = (field: string): Float64Array =>
    Float64Array.from(rows, ({ values }) => numberOf(values, field, history.security))
  return {
    kind: 'bars',
    symbol: product,
    unit: market.instrument(product).unit,
    sessionDay: Int32Array.from(rows, ({ day }) => day),
    open: price(BLOOMBERG_FIELDS.open),
    high: price(BLOOMBERG_FIELDS.high),
    low: price(BLOOMBERG_FIELDS.low),
    close: price(BLOOMBERG_FIELDS.last),
    volume: lots(BLOOMBERG_FIELDS.volume),
    openInterest: lots(BLOOMBERG_FIELDS.openInterest),
  }
}

function settlementOf(values: Readonly<Record<string, unknown>>, day: EpochDay, nowMs: number, where: string): number {
  const settled = nowMs >= day * DAY_MS + SETTLED_HOUR_UTC * 3_600_000
  const settlement = settled ? numberOf(values, BLOOMBERG_FIELDS.settlement, where) : Number.NaN
  if (!Number.isNaN(settlement) || !isOver(day, nowMs)) return settlement
  return numberOf(values, BLOOMBERG_FIELDS.last, where)
}

function isOver(day: EpochDay, nowMs: number): boolean {
  return nowMs >= (day + 1) * DAY_MS
}

/** 210.55 cents × 0.01 is 2.1055 and not 2.1055000000000001. */
export function scaled(price: number, factor: number): number {
  return factor === 1 || Number.isNaN(price) ? price : Number((price * factor).toPrecision(12))
}

function monthBehind(
  market: Market,
  product: Product,
  values: Readonly<Record<string, unknown>>,
  day: EpochDay,
  where: string,
): ContractMonth | null {
  const text = textOf(values, CONTRACT_FIELD, where)
  if (text === null) return null
  const read = readContractCode(market, text.trim().split(/\s+/)[0], day)
  if ('reason' in read) throw surprise(CONTRACT_FIELD, read.reason)
  if (read.product !== product) throw surprise(CONTRACT_FIELD, `"${text}" is no contract of ${product}`)
  return read.month
}
