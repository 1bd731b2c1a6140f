import type { ContractMonth } from '../market/contract-month.js'
import { civilFromDay, daysInMonth, type EpochDay } from '../kernel/day.js'

/** Twelve numbers, January first. */
export type MonthlyPattern = readonly number[]

/**
 * Season of a contract by its delivery month: a constant of the contract, so that its price has no seasonal step while
 * it lives; only the curve across months has one (summer-grade gasoline from March, winter gas).
 * @returns in the unit of the pattern
 */
export function seasonOfMonth(pattern: MonthlyPattern, month: ContractMonth): number {
  return pattern[(month % 100) - 1]
}

/**
 * Season of a day, for stocks and flows: the pattern stands at mid-month and is joined by straight lines, so that a week
 * moves by a quarter of a month's move and the year has no corner at its end.
 */
export function seasonOfDay(pattern: MonthlyPattern, day: EpochDay): number {
  const { year, month, dayOfMonth } = civilFromDay(day)
  const position = (dayOfMonth - 0.5) / daysInMonth(year, month) - 0.5
  const here = pattern[month - 1]
  const neighbour = pattern[(month - 1 + (position < 0 ? 11 : 1)) % 12]
  return here + (neighbour - here) * Math.abs(position)
}
