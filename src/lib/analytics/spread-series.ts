import { lowerBound } from '../kernel/lower-bound.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { isoFromMonth, monthFromIndex, monthIndexOf, type ContractMonth } from '../market/contract-month.js'
import { dayIndexOf, rowOfMonth, type CurveIndex } from '../market/curve-index.js'
import type { Product } from '../market/instrument.js'
import { spreadValue, type SpreadAlignment, type SpreadDefinition } from './spread-definition.js'

/** A spread on every common day, each with that day's contracts. */
export interface SpreadSeries {
  /** Days on which every leg settled, ascending. */
  readonly days: Int32Array
  /** In the spread's unit. */
  readonly values: Float64Array
  /** Days on which some leg settled and another did not, with the missing contract named. */
  readonly dropped: readonly DroppedDay[]
}

export interface DroppedDay {
  readonly day: EpochDay
  readonly reason: string
}

/**
 * Delivery months of the legs on `day`. Under `delivery` the nearest month M such that no leg's M + offset has
 * expired, which is the latest of (leg's front month − offset): a front contract counts through its last trading day.
 * Under `rank` each leg's own front month + offset.
 * @param frontMonthIndex of each leg's product on the day, as months since year 0
 */
export function legMonths(
  definition: SpreadDefinition,
  align: SpreadAlignment,
  frontMonthIndex: ArrayLike<number>,
): ContractMonth[] {
  const { legs } = definition
  if (align === 'rank') return legs.map((leg, i) => monthFromIndex(frontMonthIndex[i] + leg.offset))
  let nearest = -Infinity
  for (let i = 0; i < legs.length; i++) nearest = Math.max(nearest, frontMonthIndex[i] - legs[i].offset)
  return legs.map((leg) => monthFromIndex(nearest + leg.offset))
}

/** Month index (months since year 0) of rank 1 on the day at `dayIndex`, also where rank 1 itself did not settle. */
export function frontMonthIndexAt({ columns, offsets }: CurveIndex, dayIndex: number): number {
  const row = offsets[dayIndex]
  return monthIndexOf(columns.month[row]) - (columns.rank[row] - 1)
}

/** Delivery months of the legs on `day`; null where a leg's product did not settle. */
export function legMonthsOn(
  definition: SpreadDefinition,
  align: SpreadAlignment,
  curves: ReadonlyMap<Product, CurveIndex>,
  day: EpochDay,
): ContractMonth[] | null {
  const fronts: number[] = []
  for (const leg of definition.legs) {
    const index = curveOf(curves, leg.product)
    const i = dayIndexOf(index, day)
    if (i < 0) return null
    fronts.push(frontMonthIndexAt(index, i))
  }
  return legMonths(definition, align, fronts)
}

/** Quotes of the legs' contracts on `day`, in their own units; NaN where one did not settle. */
export function legPricesOn(
  definition: SpreadDefinition,
  months: readonly ContractMonth[],
  curves: ReadonlyMap<Product, CurveIndex>,
  day: EpochDay,
): Float64Array {
  return Float64Array.from(definition.legs, (leg, i) => {
    const index = curveOf(curves, leg.product)
    const at = dayIndexOf(index, day)
    const row = at < 0 ? -1 : rowOfMonth(index, at, months[i])
    return row < 0 ? Number.NaN : index.columns.settlement[row]
  })
}

/**
 * The spread from `from` to `to`, both inclusive, on common days only: nothing is filled forward, and every day that
 * some leg settled but not all is in `dropped`. Days before the youngest leg's first settlement are in neither.
 */
export function spreadSeries(
  definition: SpreadDefinition,
  align: SpreadAlignment,
  curves: ReadonlyMap<Product, CurveIndex>,
  from: EpochDay,
  to: EpochDay,
): SpreadSeries {
  const legs = definition.legs.map((leg) => curveOf(curves, leg.product))
  const start = Math.max(from, ...legs.map((leg) => leg.days[0] ?? Infinity))
  const cursors = legs.map((leg) => lowerBound(leg.days, start))
  const days: number[] = []
  const values: number[] = []
  const dropped: DroppedDay[] = []
  const fronts = new Float64Array(legs.length)
  const prices = new Float64Array(legs.length)
  for (;;) {
    let day = Infinity
    for (let i = 0; i < legs.length; i++)
      if (cursors[i] < legs[i].days.length) day = Math.min(day, legs[i].days[cursors[i]])
    if (day > to) break
    let absent = ''
    for (let i = 0; i < legs.length; i++) {
      const settled = legs[i].days[cursors[i]] === day
      if (settled) fronts[i] = frontMonthIndexAt(legs[i], cursors[i])
      else absent ||= `${definition.legs[i].product} did not settle`
    }
    if (absent === '') {
      const months = legMonths(definition, align, fronts)
      for (let i = 0; i < legs.length; i++) {
        const row = rowOfMonth(legs[i], cursors[i], months[i])
        prices[i] = row < 0 ? Number.NaN : legs[i].columns.settlement[row]
        if (row < 0) absent ||= `${definition.legs[i].product} ${isoFromMonth(months[i])} has no settlement`
      }
    }
    if (absent === '') {
      days.push(day)
      values.push(spreadValue(definition, prices))
    } else {
      dropped.push({ day, reason: absent })
    }
    for (let i = 0; i < legs.length; i++) if (legs[i].days[cursors[i]] === day) cursors[i]++
  }
  return { days: Int32Array.from(days), values: Float64Array.from(values), dropped }
}

/**
 * Value of today's contracts today minus the same contracts' on the common day before, in the spread's unit.
 * @returns the missing contract where one had no settlement then
 */
export function spreadChange(
  definition: SpreadDefinition,
  months: readonly ContractMonth[],
  curves: ReadonlyMap<Product, CurveIndex>,
  day: EpochDay,
  previousDay: EpochDay,
): { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string } {
  const before = legPricesOn(definition, months, curves, previousDay)
  const missing = before.findIndex((price) => Number.isNaN(price))
  if (missing >= 0) {
    const leg = definition.legs[missing]
    return {
      value: null,
      reason: `${leg.product} ${isoFromMonth(months[missing])} has no settlement on ${isoFromDay(previousDay)}`,
    }
  }
  const now = spreadValue(definition, legPricesOn(definition, months, curves, day))
  return { value: now - spreadValue(definition, before), reason: null }
}

function curveOf(curves: ReadonlyMap<Product, CurveIndex>, product: Product): CurveIndex {
  const index = curves.get(product)
  if (!index) throw new RangeError(`no settlements of ${product} were handed over`)
  return index
}
