/** What a position's P&L answers to: its contract and the side it is on. */
export interface Side {
  readonly contract: string
  readonly lots: number
}

/**
 * Covariance of P&L after a stress of the market's own: every deviation times `multiplier`, and every correlation between
 * the prices of different contracts `correlation` (as measured where null). Positions in one contract stay perfectly
 * correlated; a bought and a sold position correlate with the opposite sign of their prices.
 * @param covariance of P&L, n × n row-major
 */
export function brokenCovariance(
  covariance: Float64Array,
  sides: readonly Side[],
  { multiplier, correlation }: { readonly multiplier: number; readonly correlation: number | null },
): Float64Array {
  const n = sides.length
  const broken = new Float64Array(n * n)
  const deviation = (i: number): number => Math.sqrt(covariance[i * n + i])
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const same = sides[i].contract === sides[j].contract
      const sign = Math.sign(sides[i].lots) * Math.sign(sides[j].lots)
      const value =
        correlation === null ? covariance[i * n + j] : sign * (same ? 1 : correlation) * deviation(i) * deviation(j)
      broken[i * n + j] = multiplier * multiplier * value
    }
  }
  return broken
}

/**
 * The loss z·σ of a book with this covariance of P&L, and what each position adds to it (Euler): z·(Σ1)_i ÷ σ, which add
 * up to it. All zero where the book does not move.
 */
export function deviationLoss(
  covariance: Float64Array,
  n: number,
  z: number,
): { readonly lossUsd: number; readonly components: Float64Array } {
  const rows = new Float64Array(n)
  let variance = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) rows[i] += covariance[i * n + j]
    variance += rows[i]
  }
  const sigma = Math.sqrt(Math.max(0, variance))
  return { lossUsd: z * sigma, components: rows.map((row) => (sigma > 0 ? (z * row) / sigma : 0)) }
}
