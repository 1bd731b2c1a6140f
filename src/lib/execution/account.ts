/** One futures position and the cash beside it: profit is booked when lots are closed, no notional is ever paid. */
export interface Account {
  cashUsd: number
  /** Lots held, negative short. */
  lots: number
  /** Average price of the lots held; NaN when flat. */
  entryPrice: number
  /** USD per lot and unit of price: 1000 bbl for CL. */
  readonly multiplier: number
}

export function newAccount(cashUsd: number, multiplier: number): Account {
  return { cashUsd, lots: 0, entryPrice: Number.NaN, multiplier }
}

/** Lots of a fill that close what is held; 0 where it opens or adds. At most the position: the rest of a reversal opens. */
export function closingLots(heldLots: number, fillLots: number): number {
  return heldLots * fillLots < 0 ? Math.min(Math.abs(heldLots), Math.abs(fillLots)) : 0
}

/**
 * Books a fill and returns the profit of the lots that it closed, in USD before commission. A fill through zero is a close
 * and an open: the lots beyond zero have the price of the fill as theirs.
 */
export function bookFill(account: Account, fillLots: number, price: number, commissionUsd: number): number {
  const { lots: held, multiplier } = account
  const closed = closingLots(held, fillLots)
  const profitUsd = closed === 0 ? 0 : (price - account.entryPrice) * (held > 0 ? closed : -closed) * multiplier
  const lots = held + fillLots
  if (lots === 0) account.entryPrice = Number.NaN
  else if (held === 0 || closed === Math.abs(held)) account.entryPrice = price
  else if (closed === 0) account.entryPrice = (account.entryPrice * held + price * fillLots) / lots
  account.lots = lots
  account.cashUsd += profitUsd - commissionUsd
  return profitUsd
}

/** Cash and the open profit at a mark, USD. */
export function equityUsd(account: Account, mark: number): number {
  const { cashUsd, lots, entryPrice, multiplier } = account
  return lots === 0 ? cashUsd : cashUsd + (mark - entryPrice) * lots * multiplier
}
