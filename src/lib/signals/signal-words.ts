import { isoFromDay } from '../kernel/day.js'
import type { SignalHistory } from './signal.js'

const DIGITS_BY_UNIT: Readonly<Record<string, number>> = {
  'USD/gal': 4,
  'USD/MMBtu': 3,
  'USD/bbl': 2,
  'USD/t': 2,
}

/** `72.15 USD/bbl`. */
export function priceWords(value: number, unit: string): string {
  return `${value.toFixed(DIGITS_BY_UNIT[unit] ?? 2)} ${unit}`
}

/** As {@link priceWords}, with its sign. */
export function moveWords(value: number, unit: string): string {
  return `${value > 0 ? '+' : ''}${priceWords(value, unit)}`
}

/** `+1.3 sd`. */
export function deviationWords(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(1)} sd`
}

/** `so LONG 45`: direction and strength in per cent; `so NEUTRAL`. */
export function verdict(score: number): string {
  if (score === 0) return 'so NEUTRAL'
  return `so ${score > 0 ? 'LONG' : 'SHORT'}, strength ${(100 * Math.abs(score)).toFixed(0)} %`
}

/** Column of a history by name. */
export function columnAt(history: SignalHistory, name: string, i: number): number {
  const column = history.columns.find((one) => one.name === name)
  if (!column) throw new RangeError(`${history.name} has no column ${name}`)
  return column.values[i]
}

/** Why a signal of daily prices has no score on day `i`. */
export function warmUpWords(i: number, warmUp: number, otherwise: string): string {
  return i < warmUp ? `the first value needs ${warmUp + 1} settlement days, there are ${i + 1}` : otherwise
}

/** `the last report, of 2023-12-22, is 17 days old`, or that there is none yet. */
export function reportAgeWords(history: SignalHistory, i: number, maxAgeDays: number): string | null {
  const period = history.period?.[i] ?? 0
  const age = columnAt(history, 'age', i)
  if (Number.isNaN(age)) return `no report was known by ${isoFromDay(history.days[i])}`
  return age > maxAgeDays
    ? `the last report, of ${isoFromDay(period)}, was known ${age} days before; after ${maxAgeDays} it says nothing`
    : null
}
