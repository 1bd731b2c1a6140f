/**
 * Days to sell a position without being more than a share of the market: |lots| ÷ (participation × average daily lots),
 * one at least.
 */
export function liquidationDays(lots: number, averageDailyLots: number, participation: number): number {
  return Math.max(1, Math.abs(lots) / (participation * averageDailyLots))
}

/**
 * What a one-day deviation becomes when a position is sold in equal parts over T days: √((1 + T)(1 + 2T) ÷ (6T)), the
 * root of Σ(i ÷ T)². 1 at T = 1.
 */
export function liquidationFactor(days: number): number {
  return Math.sqrt(((1 + days) * (1 + 2 * days)) / (6 * days))
}

/**
 * Cost of crossing half the spread in bad times: ½·|value|·(mean + k·sd) of the relative spread, in the unit of the value.
 * A. Bangia, F. Diebold, T. Schuermann, J. Stroughair (1999), "Modeling liquidity risk"; k between 2 and 4.5.
 */
export function spreadCost(lots: number, usdPerPoint: number, spreadMean: number, spreadSd: number, k: number): number {
  return 0.5 * Math.abs(lots) * usdPerPoint * (spreadMean + k * spreadSd)
}
