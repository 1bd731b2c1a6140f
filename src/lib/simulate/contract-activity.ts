import type { ContractMonth } from '../market/contract-month.js'
import type { Product } from '../market/instrument.js'
import { hashUniform } from './hash-uniform.js'
import type { ActivityParameters } from './parameters.js'
import { portableExp } from './portable-exp.js'

/** Open interest leaves the front contract over its last 18 days, so the second one overtakes it about two weeks before. */
const OPEN_INTEREST_EXIT_DAYS = 18
/** Trading moves later than positions: volume crosses over about five days before the last trading day. */
const VOLUME_EXIT_DAYS = 9
const OPEN_INTEREST_FADE_DAYS = 200
const VOLUME_FADE_DAYS = 45
/** What is left on the last trading day: those who go to delivery. */
const LEFT_AT_EXPIRY = 0.03
/** A June or December contract has its full extra weight this far from expiry; near it, it is a month like any other. */
const BOOST_FULL_DAYS = 180

/** Lots of one contract on one day. */
export interface ContractActivity {
  openInterest(dayKey: number, month: ContractMonth, daysToExpiry: number): number
  /** @param shock the day's move in standard deviations: wild days trade more */
  volume(dayKey: number, month: ContractMonth, daysToExpiry: number, shock: number): number
}

/**
 * Open interest and volume by time to expiry: a hump that fades along the curve and migrates to the next contract before
 * expiry, with heavier June and December contracts. Noise is a hash of (seed, product, contract, day).
 */
export function contractActivity(parameters: ActivityParameters, seed: number, product: Product): ContractActivity {
  let key = seed | 0
  for (let i = 0; i < product.length; i++) key = Math.imul(key ^ product.charCodeAt(i), 0x01000193)
  const openInterestScale = parameters.openInterestLots / wholeCurve(OPEN_INTEREST_FADE_DAYS)
  const volumeScale = parameters.volumeLots / wholeCurve(VOLUME_FADE_DAYS)
  const openInterestFade = fadeTable(OPEN_INTEREST_FADE_DAYS)
  const volumeFade = fadeTable(VOLUME_FADE_DAYS)
  let factorDay = Number.NaN
  let dayFactor = 1
  const boost = (month: ContractMonth, days: number): number => {
    const extra = month % 100 === 12 ? parameters.decemberBoost - 1 : month % 100 === 6 ? parameters.juneBoost - 1 : 0
    return 1 + extra * Math.min(1, days / BOOST_FULL_DAYS)
  }
  return {
    openInterest(dayKey, month, days) {
      const noise = 0.98 + 0.04 * hashUniform(key, month, dayKey)
      return Math.round(
        openInterestScale * openInterestFade[days] * exit(days / OPEN_INTEREST_EXIT_DAYS) * boost(month, days) * noise,
      )
    },
    volume(dayKey, month, days, shock) {
      const noise = 0.75 + 0.5 * hashUniform(~key, month, dayKey)
      if (dayKey !== factorDay) {
        factorDay = dayKey
        dayFactor = (0.7 + 0.35 * Math.min(4, Math.abs(shock))) * (0.85 + 0.3 * hashUniform(~key, 0, dayKey))
      }
      return Math.round(
        volumeScale * volumeFade[days] * exit(days / VOLUME_EXIT_DAYS) * boost(month, days) * noise * dayFactor,
      )
    },
  }
}

/** Smooth step from LEFT_AT_EXPIRY at 0 to 1 at 1. */
function exit(fraction: number): number {
  if (fraction >= 1) return 1
  return LEFT_AT_EXPIRY + (1 - LEFT_AT_EXPIRY) * fraction * fraction * (3 - 2 * fraction)
}

function fadeTable(fadeDays: number): Float64Array {
  const table = new Float64Array(1501)
  for (let days = 0; days < table.length; days++) table[days] = portableExp(-days / fadeDays)
  return table
}

/** Sum of the fading weights of a curve whose front contract is half a month old. */
function wholeCurve(fadeDays: number): number {
  let sum = 0
  for (let rank = 0; rank < 36; rank++) sum += portableExp(-(15 + 30.4 * rank) / fadeDays)
  return sum
}
