/** Cash in USD as a sum and its rounding, so that a million fills do not drift (Neumaier). */
export interface Cash {
  sumUsd: number
  lostUsd: number
}

export function addCash(cash: Cash, usd: number): void {
  const sum = cash.sumUsd + usd
  cash.lostUsd += Math.abs(cash.sumUsd) >= Math.abs(usd) ? cash.sumUsd - sum + usd : usd - sum + cash.sumUsd
  cash.sumUsd = sum
}

export function cashUsd({ sumUsd, lostUsd }: Cash): number {
  return sumUsd + lostUsd
}

/** Lots of one contract: profit is booked when they are closed, no notional is ever paid. */
export interface Position {
  /** Negative short. */
  lots: number
  /** Average price of the lots held; NaN when flat. */
  entryPrice: number
  /** USD per lot and unit of price: 1000 bbl for CL. */
  readonly multiplier: number
}

export function newPosition(multiplier: number): Position {
  return { lots: 0, entryPrice: Number.NaN, multiplier }
}

/** Lots of a fill that close what is held; 0 where it opens or adds. At most the position: the rest of a reversal opens. */
export function closingLots(heldLots: number, fillLots: number): number {
  return heldLots * fillLots < 0 ? Math.min(Math.abs(heldLots), Math.abs(fillLots)) : 0
}

/**
 * Books a fill and returns the profit of the lots that it closed, in USD before commission. A fill through zero is a close
 * and an open: the lots beyond zero have the price of the fill as theirs.
 */
export function bookFill(position: Position, fillLots: number, price: number): number {
  const { lots: held, multiplier } = position
  const closed = closingLots(held, fillLots)
  const profitUsd = closed === 0 ? 0 : (price - position.entryPrice) * (held > 0 ? closed : -closed) * multiplier
  const lots = held + fillLots
  if (lots === 0) position.entryPrice = Number.NaN
  else if (held === 0 || closed === Math.abs(held)) position.entryPrice = price
  else if (closed === 0) position.entryPrice = (position.entryPrice * held + price * fillLots) / lots
  position.lots = lots
  return profitUsd
}

/** Profit of the lots held at a mark, USD. */
export function openProfitUsd({ lots, entryPrice, multiplier }: Position, mark: number): number {
  return lots === 0 ? 0 : (mark - entryPrice) * lots * multiplier
}
