import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { isoFromMonth } from '../market/contract-month.js'
import { missingMove, type ContractMoves } from './contract-moves.js'
import { measured, unmeasured, type Measured } from './measured.js'

export interface PriceChange {
  /** Sum of the daily moves, in the product's unit. */
  readonly change: Measured
  /** Daily returns compounded, as a fraction. */
  readonly fraction: Measured
}

/**
 * Contract-true change over the last `settlements` moves up to position `end` of `moves.days`.
 * Change Σ(Pₜ − Bₜ) and fraction Π(Pₜ ÷ Bₜ) − 1, where Bₜ is the settlement of day t's contract one settlement day
 * earlier. Over one settlement both are today's contract against yesterday.
 * The fraction is undefined where any base is ≤ 0: CL settled at −37.63 on 2020-04-20, and no return starts there.
 * A contract that expires at or below zero ends the chain in the same way, although the next one's base is above it.
 */
export function priceChange(moves: ContractMoves, end: number, settlements: number): PriceChange {
  const missing = missingMove(moves, end, settlements)
  if (missing !== null) return { change: unmeasured(missing), fraction: unmeasured(missing) }
  let sum = 0
  let growth = 1
  let reason: string | null = null
  for (let i = end - settlements + 1; i <= end; i++) {
    sum += moves.settlement[i] - moves.base[i]
    growth *= moves.settlement[i] / moves.base[i]
    if (reason !== null) continue
    if (!(moves.base[i] > 0)) reason = notAboveZero(moves, i, moves.base[i], moves.days[i - 1])
    else if (i < end && !(moves.settlement[i] > 0)) reason = notAboveZero(moves, i, moves.settlement[i], moves.days[i])
  }
  return { change: measured(sum), fraction: reason === null ? measured(growth - 1) : unmeasured(reason) }
}

function notAboveZero({ index, month }: ContractMoves, i: number, price: number, day: EpochDay): string {
  return `${index.columns.product} ${isoFromMonth(month[i])} settled at ${price} on ${isoFromDay(day)}: a return needs a base above zero`
}
