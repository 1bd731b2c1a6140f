import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { addMonths, type ContractMonth } from './contract-month.js'
import type { CurveColumns } from './dataset.js'
import type { Market, PriceUnit, Product } from './market.js'
import { rollRuleInWords, scheduledRollDay, type RollRule } from './roll.js'

/**
 * none: the settlements of the contracts held, gaps and all. difference: earlier prices moved by the sum of later gaps.
 * ratio: earlier prices multiplied by the product of later far / near.
 */
export type Adjustment = 'none' | 'difference' | 'ratio'

export interface ContinuousOptions {
  readonly roll: RollRule
  readonly adjust: Adjustment
  /** 1 holds the front contract of the roll rule, 2 the one behind it … */
  readonly rank: number
}

/** One move from a contract to the next, at the settlement of `day`. */
export interface Roll {
  readonly day: EpochDay
  /** What the rule says; later than `day` where the data had no settlement of both contracts then. */
  readonly scheduled: EpochDay
  readonly from: ContractMonth
  readonly to: ContractMonth
  readonly fromSettlement: number
  readonly toSettlement: number
  /** `toSettlement` − `fromSettlement`: positive in contango. Never part of a P&L. */
  readonly gap: number
}

/** How a continuous series was made: it is a construction, not a price. */
export interface ContinuousDescription {
  readonly rank: number
  readonly roll: RollRule
  readonly adjust: Adjustment
  readonly words: string
}

export interface ContinuousSeries {
  readonly product: Product
  readonly unit: PriceUnit
  readonly day: Int32Array
  /** The contract held into that day's settlement. */
  readonly month: Int32Array
  /** Its settlement, as delivered. */
  readonly settlement: Float64Array
  /** The same under the adjustment; the last value is always the settlement itself. */
  readonly adjusted: Float64Array
  /**
   * Contract-true change since the day before: both prices are of the contract held, so that a roll gap is never in it.
   * NaN on the first day. Its sum × contract size is the P&L of one lot long, without costs.
   */
  readonly change: Float64Array
  readonly rolls: readonly Roll[]
  /** Days of the data without a settlement of the contract held; the next change spans them. */
  readonly missingDays: readonly EpochDay[]
  readonly description: ContinuousDescription
}

/**
 * The series of one rank, contract by contract. Refuses a ratio adjustment where a price that it uses is ≤ 0 (CL settled
 * at −37.63 on 2020-04-20); throws noData where a roll finds no day with both prices, or without open interest or volume
 * where the rule asks for them.
 */
export function continuousSeries(market: Market, curve: CurveColumns, options: ContinuousOptions): ContinuousSeries {
  const { product, unit } = curve
  const { roll, adjust, rank } = options
  const book = indexByDay(curve)
  const { days } = book
  if (days.length === 0) {
    throw new ContangoError(
      'noData',
      'NO_DATA',
      `there are no settlements of ${product} to join`,
      'contango data ls shows which days there are',
      {
        product,
      },
    )
  }
  const activity = activityOf(curve, roll)
  const behind = rank - 1

  const day: number[] = []
  const month: number[] = []
  const settlement: number[] = []
  const change: number[] = []
  const rolls: Roll[] = []
  const missingDays: EpochDay[] = []

  // The roll rule moves the front contract; a higher rank follows it at a fixed distance.
  let front = firstFront(market, product, days[0], roll)
  let next = nextRoll(market, book, front, behind, 0, roll, activity)
  let base = Number.NaN
  for (let i = 0; i < days.length; i++) {
    const held = addMonths(front, behind)
    const price = book.settlementOf(i, held)
    if (Number.isNaN(price)) missingDays.push(days[i])
    else {
      day.push(days[i])
      month.push(held)
      settlement.push(price)
      change.push(price - base)
      base = price
    }
    while (next !== null && next.at === i) {
      const from = addMonths(front, behind)
      const to = addMonths(front, rank)
      const fromSettlement = book.settlementOf(i, from)
      const toSettlement = book.settlementOf(i, to)
      rolls.push({
        day: days[i],
        scheduled: next.scheduled,
        from,
        to,
        fromSettlement,
        toSettlement,
        gap: toSettlement - fromSettlement,
      })
      base = toSettlement
      front = addMonths(front, 1)
      next = nextRoll(market, book, front, behind, i, roll, activity)
    }
  }

  const columns = { day: Int32Array.from(day), settlement: Float64Array.from(settlement) }
  return {
    product,
    unit,
    ...columns,
    month: Int32Array.from(month),
    adjusted: adjusted(product, columns, rolls, adjust),
    change: Float64Array.from(change),
    rolls,
    missingDays,
    description: { rank, roll, adjust, words: inWords(options) },
  }
}

function inWords({ rank, roll, adjust }: ContinuousOptions): string {
  const held = rank === 1 ? 'front contract' : `contract ${rank - 1} behind the front`
  const how = {
    none: 'unadjusted: prices as settled, with the gap of each roll between them',
    difference:
      'adjusted by difference: earlier prices moved by the gaps of later rolls, so that levels are not prices',
    ratio: 'adjusted by ratio: earlier prices scaled by far / near of later rolls, so that levels are not prices',
  }[adjust]
  return `${held}, ${rollRuleInWords(roll)}; ${how}`
}

/** The curve's rows by day, with the price of a contract on the nth day. */
interface DayBook {
  readonly curve: CurveColumns
  readonly days: Int32Array
  /** Row of a contract on the nth day; −1 if it has none. */
  rowOf(dayNumber: number, month: ContractMonth): number
  settlementOf(dayNumber: number, month: ContractMonth): number
}

function indexByDay(curve: CurveColumns): DayBook {
  const { day, month, settlement } = curve
  const days: number[] = []
  const starts: number[] = []
  for (let row = 0; row < day.length; row++) {
    if (row === 0 || day[row] !== day[row - 1]) {
      days.push(day[row])
      starts.push(row)
    }
  }
  starts.push(day.length)
  const rowOf = (dayNumber: number, wanted: ContractMonth): number => {
    let low = starts[dayNumber]
    let high = starts[dayNumber + 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (month[middle] < wanted) low = middle + 1
      else high = middle
    }
    return low < starts[dayNumber + 1] && month[low] === wanted ? low : -1
  }
  return {
    curve,
    days: Int32Array.from(days),
    rowOf,
    settlementOf(dayNumber, wanted) {
      const row = rowOf(dayNumber, wanted)
      return row === -1 ? Number.NaN : settlement[row]
    },
  }
}

function activityOf(curve: CurveColumns, roll: RollRule): Float64Array | null {
  if (roll.kind !== 'open-interest' && roll.kind !== 'volume') return null
  const column = roll.kind === 'volume' ? curve.volume : curve.openInterest
  if (column?.some((value) => value > 0)) return column
  const what = roll.kind === 'volume' ? 'volume' : 'open interest'
  throw new ContangoError(
    'noData',
    'NO_ACTIVITY',
    `the settlements of ${curve.product} carry no ${what} by contract, so it cannot say when to roll`,
    'roll by date: --roll calendar:5 or --roll fixed-day:15',
    { product: curve.product, roll: roll.kind },
  )
}

/** The contract that the rule holds on the first day: it has not rolled before it. */
function firstFront(market: Market, product: Product, day: EpochDay, roll: RollRule): ContractMonth {
  let front = market.monthAtRank(product, day, 1)
  while (scheduledRollDay(market, product, front, roll) < day) front = addMonths(front, 1)
  return front
}

/**
 * Where the front contract is left: the nth day of the data on which both prices are known, the last one not after the
 * scheduled day; null if the data ends before.
 */
function nextRoll(
  market: Market,
  book: DayBook,
  front: ContractMonth,
  behind: number,
  start: number,
  roll: RollRule,
  activity: Float64Array | null,
): { at: number; scheduled: EpochDay } | null {
  const { days } = book
  const product = book.curve.product
  const latest = scheduledRollDay(market, product, front, roll)
  const far = addMonths(front, 1)
  const scheduled = activity === null ? latest : (crossing(book, front, far, start, latest, activity) ?? latest)
  if (scheduled > days[days.length - 1]) return null
  let at = lastAtOrBefore(days, scheduled)
  const known = (i: number): boolean =>
    !Number.isNaN(book.settlementOf(i, addMonths(front, behind))) &&
    !Number.isNaN(book.settlementOf(i, addMonths(far, behind)))
  while (at >= start && !known(at)) at--
  if (at >= start) return { at, scheduled }
  const [near, next] = [front, far].map((month) => market.contractCode(product, addMonths(month, behind)))
  throw new ContangoError(
    'noData',
    'ROLL_WITHOUT_PRICE',
    `no day up to ${isoFromDay(scheduled)} has settlements of both ${near} and ${next}, so the roll has no price`,
    'choose a smaller --rank, a later --from or another --roll',
    { near, next, scheduled: isoFromDay(scheduled) },
  )
}

/** The settlement day after the first on which the next contract was the busier: activity is published the next morning. */
function crossing(
  book: DayBook,
  front: ContractMonth,
  far: ContractMonth,
  start: number,
  latest: EpochDay,
  activity: Float64Array,
): EpochDay | null {
  const { days } = book
  for (let i = start; i + 1 < days.length && days[i + 1] <= latest; i++) {
    const nearRow = book.rowOf(i, front)
    const farRow = book.rowOf(i, far)
    if (nearRow !== -1 && farRow !== -1 && activity[farRow] > activity[nearRow]) return days[i + 1]
  }
  return null
}

function lastAtOrBefore(days: Int32Array, day: EpochDay): number {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (days[middle] <= day) low = middle + 1
    else high = middle
  }
  return low - 1
}

function adjusted(
  product: Product,
  { day, settlement }: Pick<ContinuousSeries, 'day' | 'settlement'>,
  rolls: readonly Roll[],
  adjust: Adjustment,
): Float64Array {
  const result = settlement.slice()
  if (adjust === 'none') return result
  if (adjust === 'ratio') refuseNonPositive(product, day, settlement, rolls)
  let left = rolls.length
  let shift = 0
  let factor = 1
  for (let i = day.length - 1; i >= 0; i--) {
    // The roll happens at the settlement of its day, which is still the near contract's.
    while (left > 0 && rolls[left - 1].day >= day[i]) {
      const { gap, fromSettlement, toSettlement } = rolls[--left]
      shift += gap
      if (adjust === 'ratio') factor *= toSettlement / fromSettlement
    }
    result[i] = adjust === 'ratio' ? settlement[i] * factor : settlement[i] + shift
  }
  return result
}

function refuseNonPositive(product: Product, day: Int32Array, settlement: Float64Array, rolls: readonly Roll[]): void {
  const row = settlement.findIndex((price) => !(price > 0))
  const roll = rolls.find(({ toSettlement }) => !(toSettlement > 0))
  if (row === -1 && !roll) return
  const [at, price] = row === -1 && roll ? [roll.day, roll.toSettlement] : [day[row], settlement[row]]
  throw new ContangoError(
    'refused',
    'RATIO_NEEDS_POSITIVE_PRICES',
    `${product} settled at ${price} on ${isoFromDay(at)}: a ratio adjustment has no meaning where prices are not above zero`,
    '--adjust difference, or --from a later date',
    { product, day: isoFromDay(at), settlement: price },
  )
}

/** Sum of the contract-true changes, in the unit of the quote: the P&L per unit of one lot long, rolled, without costs. */
export function pnlPoints({ change }: Pick<ContinuousSeries, 'change'>): number {
  return change.reduce((sum, points) => (Number.isNaN(points) ? sum : sum + points), 0)
}

/** Last minus first settlement: what ignoring the rolls would call a P&L. */
export function pointsFromFirst({ settlement }: Pick<ContinuousSeries, 'settlement'>): number {
  return settlement.length === 0 ? 0 : settlement[settlement.length - 1] - settlement[0]
}
