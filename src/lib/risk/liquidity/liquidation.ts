/**
 * Whole days that it takes to get out of a position at a share of the daily volume: |lots| ÷ (participation × lots a day),
 * rounded up, one at the least.
 */
export function liquidationDays(lots: number, dailyLots: number, participation: number): number {
  return Math.max(1, Math.ceil(Math.abs(lots) / (participation * dailyLots) - 1e-9))
}

/**
 * Standard deviation of the P&L of selling out evenly over T days, over that of holding for one day:
 * √((1 + T)(1 + 2T) ÷ (6T)) = √Σ_{i=1}^{T} (i ÷ T)²: all is held on the first day, a T-th on the last. 1 for T = 1.
 */
export function liquidationFactor(days: number): number {
  return Math.sqrt(((1 + days) * (1 + 2 * days)) / (6 * days))
}

/**
 * What a covariance of one day is multiplied by where one position is sold evenly over a days and the other over b:
 * Σ_{j=0}^{m−1} (1 − j ÷ a)(1 − j ÷ b), m = min(a, b). The square of {@link liquidationFactor} for a = b.
 */
export function jointHoldingDays(a: number, b: number): number {
  const m = Math.min(a, b)
  const sum = (m * (m - 1)) / 2
  const squares = ((m - 1) * m * (2 * m - 1)) / 6
  return m - sum / a - sum / b + squares / (a * b)
}

/** Days of holding the whole that the mean P&L of selling out evenly is worth: Σ_{i=1}^{T} i ÷ T = (T + 1) ÷ 2. */
export function meanHoldingDays(days: number): number {
  return (days + 1) / 2
}
