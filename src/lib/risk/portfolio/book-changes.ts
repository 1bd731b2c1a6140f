import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { rowOfMonth, type CurveIndex } from '../../market/curve-index.js'
import type { ContractMonth } from '../../market/contract-month.js'
import type { Product } from '../../market/market.js'
import type { Position } from './position.js'

/**
 * Whose past a position has: `rank`, the changes of whatever contract held its rank on each day; `contract`, those of
 * the very contract that is held.
 */
export const BOOK_HISTORIES = ['rank', 'contract'] as const
export type BookHistory = (typeof BOOK_HISTORIES)[number]

/** How a past price change becomes P&L today. */
export const PRICE_MODES = ['diff', 'simple', 'log'] as const
export type PriceMode = (typeof PRICE_MODES)[number]

/** Both ends of every price change of every position: the contract's own settlements, on the days all of them have. */
export interface BookChanges {
  readonly days: Int32Array
  /** One vector per position, in the product's quote: settlement of the contract on the day. */
  readonly settlement: readonly Float64Array[]
  /** The same contract's settlement on the common day before. */
  readonly base: readonly Float64Array[]
  /** Days on which something settled and that are in no change. */
  readonly dropped: readonly { readonly day: EpochDay; readonly reason: string }[]
}

type Holding = Pick<Position, 'product' | 'month' | 'rank'>

/**
 * Price changes of the positions on common days: settlement(t) − settlement(t−1) of one and the same contract, so that
 * no roll is in any of them. A day on which one of the contracts did not settle is dropped for all, with its reason;
 * nothing is carried forward.
 * @param monthAtRank the contract that holds a rank on a day (the exchange's rule)
 * @param window most changes to give, the last ones; all where null
 */
export function bookChanges(
  positions: readonly Holding[],
  indexes: ReadonlyMap<Product, CurveIndex>,
  history: BookHistory,
  monthAtRank: (product: Product, day: EpochDay, rank: number) => ContractMonth,
  window: number | null = null,
): BookChanges {
  const holdings = distinct(positions)
  const products = [...new Set(holdings.map(({ product }) => product))]
  const curves = products.map((product) => indexes.get(product)!)
  const curveOf = holdings.map(({ product }) => products.indexOf(product))
  const monthOf = ({ product, month, rank }: Holding, day: EpochDay): ContractMonth =>
    history === 'contract' ? month : monthAtRank(product, day, rank)
  const days: number[] = []
  const baseDays: number[] = []
  const settlement = holdings.map(() => [] as number[])
  const base = holdings.map(() => [] as number[])
  const dropped: { day: EpochDay; reason: string }[] = []
  // Places in each curve: of the next day that it has, of the common day in hand, of the common day before that.
  const cursor = new Int32Array(curves.length)
  const here = new Int32Array(curves.length)
  const before = new Int32Array(curves.length)
  const rows = new Int32Array(holdings.length)
  const baseRows = new Int32Array(holdings.length)
  let dayBefore = -Infinity
  for (;;) {
    let next = Infinity
    for (let k = 0; k < curves.length; k++) {
      if (cursor[k] < curves[k].days.length) next = Math.min(next, curves[k].days[cursor[k]])
    }
    if (next === Infinity) break
    const absent: Product[] = []
    for (let k = 0; k < curves.length; k++) {
      if (curves[k].days[cursor[k]] === next) here[k] = cursor[k]++
      else absent.push(products[k])
    }
    if (absent.length > 0) {
      dropped.push({ day: next, reason: `${absent.join(', ')} did not settle` })
      continue
    }
    const startDay = dayBefore
    let lost = -1
    let unborn = -1
    for (let j = 0; j < holdings.length && lost < 0; j++) {
      const month = monthOf(holdings[j], next)
      rows[j] = rowOfMonth(curves[curveOf[j]], here[curveOf[j]], month)
      if (rows[j] < 0) lost = j
      if (startDay === -Infinity) continue
      baseRows[j] = rowOfMonth(curves[curveOf[j]], before[curveOf[j]], month)
      if (baseRows[j] < 0 && unborn < 0) unborn = j
    }
    if (lost >= 0) {
      dropped.push({ day: next, reason: `${nameOf(holdings[lost], history)} did not settle` })
      continue
    }
    before.set(here)
    dayBefore = next
    if (startDay === -Infinity) continue
    if (unborn >= 0) {
      const reason = `${nameOf(holdings[unborn], history)}: that day’s contract did not settle on the common day before`
      dropped.push({ day: next, reason })
      continue
    }
    days.push(next)
    baseDays.push(startDay)
    for (let j = 0; j < holdings.length; j++) {
      const prices = curves[curveOf[j]].columns.settlement
      settlement[j].push(prices[rows[j]])
      base[j].push(prices[baseRows[j]])
    }
  }
  const from = window === null ? 0 : Math.max(0, days.length - window)
  const slot = positions.map((position) => holdings.findIndex((holding) => same(holding, position)))
  const start = baseDays[from] ?? -Infinity
  const columnsOf = (values: readonly number[][]): Float64Array[] => {
    const made = values.map((column) => Float64Array.from(column.slice(from)))
    return slot.map((j) => made[j])
  }
  return {
    days: Int32Array.from(days.slice(from)),
    settlement: columnsOf(settlement),
    base: columnsOf(base),
    dropped: dropped.filter(({ day }) => day > start),
  }
}

function same(a: Holding, b: Holding): boolean {
  return a.product === b.product && a.month === b.month
}

function distinct(positions: readonly Holding[]): Holding[] {
  return positions.filter((position, i) => positions.findIndex((other) => same(other, position)) === i)
}

function nameOf({ product, month, rank }: Holding, history: BookHistory): string {
  return history === 'contract' ? `${product} ${month}` : `${product} rank ${rank}`
}

/**
 * What one position would gain today from each past change, USD:
 * diff: lots × multiplier × (P_t − P_{t−1}); simple: lots × multiplier × last price × (P_t ÷ P_{t−1} − 1); log:
 * lots × multiplier × last price × expm1(ln(P_t ÷ P_{t−1})), the log return valued at today's price.
 * @param lastPrice today's settlement, what simple and log returns are scaled to
 * @throws refused RETURN_NEEDS_POSITIVE_PRICES where a ratio meets a price at or below zero
 */
export function positionPnl(
  position: Pick<Position, 'id' | 'lots' | 'multiplier'>,
  { days }: Pick<BookChanges, 'days'>,
  settlement: Float64Array,
  base: Float64Array,
  lastPrice: number,
  mode: PriceMode,
): Float64Array {
  const usdPerPoint = position.lots * position.multiplier
  if (mode === 'diff') return settlement.map((price, i) => usdPerPoint * (price - base[i]))
  const bad = settlement.findIndex((price, i) => !(price > 0 && base[i] > 0))
  if (bad >= 0 || !(lastPrice > 0)) {
    const price = bad < 0 ? lastPrice : settlement[bad] > 0 ? base[bad] : settlement[bad]
    const when = bad < 0 ? 'on the date of the answer' : `in the change to ${isoFromDay(days[bad])}`
    throw new ContangoError(
      'refused',
      'RETURN_NEEDS_POSITIVE_PRICES',
      `${position.id} settled at ${price} ${when}: a ${mode} return has no meaning at or below zero`,
      '--mode diff takes price changes in USD',
      { position: position.id, price, mode, ...(bad < 0 ? {} : { day: isoFromDay(days[bad]) }) },
    )
  }
  const scale = usdPerPoint * lastPrice
  return settlement.map(
    (price, i) => scale * (mode === 'simple' ? price / base[i] - 1 : Math.expm1(Math.log(price / base[i]))),
  )
}
