/**
 * Days that it takes to get out of a position at a share of the daily volume: |lots| ÷ (participation × lots a day), one
 * day at the least.
 */
export function liquidationDays(lots: number, dailyLots: number, participation: number): number {
  return Math.max(1, Math.abs(lots) / (participation * dailyLots))
}

/**
 * Standard deviation of the P&L of selling out evenly over T days, over that of holding for one day:
 * √((1 + T)(1 + 2T) ÷ (6T)). For whole T it is √Σ_{i=1}^{T} (i ÷ T)²: on the last day a T-th is left. 1 for T = 1.
 * @param days 1 or more
 */
export function liquidationFactor(days: number): number {
  return Math.sqrt(((1 + days) * (1 + 2 * days)) / (6 * days))
}

/** Days of holding the whole that the mean P&L of selling out evenly is worth: Σ_{i=1}^{T} i ÷ T = (T + 1) ÷ 2. */
export function meanHoldingDays(days: number): number {
  return (days + 1) / 2
}
