/**
 * Mean tick loss of a quantile forecast, (p − 1[x < q])(x − q) with q = −VaR: the lower, the better the method followed the
 * tail. USD.
 */
export function quantileLoss(pnlUsd: Float64Array, varUsd: Float64Array, tail: number): number {
  let sum = 0
  for (let i = 0; i < pnlUsd.length; i++) {
    const above = pnlUsd[i] + varUsd[i]
    sum += (tail - (above < 0 ? 1 : 0)) * above
  }
  return sum / pnlUsd.length
}
