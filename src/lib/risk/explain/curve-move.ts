/** One contract on two settlement days. */
export interface ContractMove {
  /** Calendar days from the earlier day to the last trading day. */
  readonly daysToExpiry: number
  /** Settlement on the earlier day, in the quote. */
  readonly base: number
  /** The same contract's settlement on the later day. */
  readonly settlement: number
  /** False in the delivery window, where a contract may move alone: it does not shape the fit. */
  readonly fitted: boolean
}

/** What moved a curve between two days, contract by contract; in the quote. */
export interface CurveMove {
  /** Ageing along the unchanged curve of the earlier day. */
  readonly carry: Float64Array
  /** Mean move of the fitted contracts at constant maturity: the same for all. */
  readonly level: number
  readonly slope: Float64Array
  readonly curvature: Float64Array
  /** What is left: a contract's own move. carry + level + slope + curvature + residual = settlement − base. */
  readonly residual: Float64Array
}

/**
 * A curve's change in its parts. Carry of a contract is f(τ − Δ) − f(τ), f the earlier day's curve, linear between
 * settlements and flat beyond its ends, τ its days to expiry and Δ the days between: what the holder earns where nothing
 * else moves. The rest, the move at constant maturity, is projected by least squares on polynomials of τ that are
 * orthogonal over the fitted contracts: a constant (level, their mean), a line (slope), a parabola (curvature). Beyond
 * the longest fitted contract the line and the parabola stay where they are there.
 * @param contracts ascending by days to expiry
 * @param elapsedDays calendar days between the two settlements
 */
export function curveMove(contracts: readonly ContractMove[], elapsedDays: number): CurveMove {
  const count = contracts.length
  const carry = Float64Array.from(contracts, ({ daysToExpiry, base }) => {
    return priceAt(contracts, daysToExpiry - elapsedDays) - base
  })
  const rest = Float64Array.from(contracts, ({ base, settlement }, i) => settlement - base - carry[i])
  const inside = contracts.flatMap(({ fitted }, i) => (fitted ? [i] : []))
  const fitted = inside.length > 0 ? inside : contracts.map((_, i) => i)
  const longest = contracts[fitted[fitted.length - 1]]?.daysToExpiry ?? 0
  const shortest = contracts[fitted[0]]?.daysToExpiry ?? 0
  const xOf = (i: number): number => Math.min(longest, Math.max(shortest, contracts[i].daysToExpiry)) / 365
  const mean = (valueOf: (i: number) => number): number =>
    fitted.reduce((sum, i) => sum + valueOf(i), 0) / Math.max(1, fitted.length)
  const level = mean((i) => rest[i])
  // Gram–Schmidt over the fitted contracts: p₁ = x − x̄, p₂ = x² − projections on 1 and p₁.
  const xMean = mean(xOf)
  const p1 = (i: number): number => xOf(i) - xMean
  const norm1 = mean((i) => p1(i) ** 2)
  const square = mean((i) => xOf(i) ** 2)
  const tilt = norm1 > 0 ? mean((i) => xOf(i) ** 2 * p1(i)) / norm1 : 0
  const p2 = (i: number): number => xOf(i) ** 2 - square - tilt * p1(i)
  const norm2 = mean((i) => p2(i) ** 2)
  const b1 = fitted.length >= 2 && norm1 > 0 ? mean((i) => rest[i] * p1(i)) / norm1 : 0
  const b2 = fitted.length >= 4 && norm2 > 0 ? mean((i) => rest[i] * p2(i)) / norm2 : 0
  const slope = new Float64Array(count)
  const curvature = new Float64Array(count)
  const residual = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    slope[i] = b1 * p1(i)
    curvature[i] = b2 * p2(i)
    residual[i] = rest[i] - level - slope[i] - curvature[i]
  }
  return { carry, level, slope, curvature, residual }
}

/** The earlier day's curve, linear between contracts, flat beyond the first and the last. */
function priceAt(contracts: readonly ContractMove[], days: number): number {
  const after = contracts.findIndex(({ daysToExpiry }) => daysToExpiry >= days)
  if (after < 0) return contracts[contracts.length - 1].base
  const far = contracts[after]
  if (after === 0 || far.daysToExpiry === days) return far.base
  const near = contracts[after - 1]
  const share = (days - near.daysToExpiry) / (far.daysToExpiry - near.daysToExpiry)
  return near.base + share * (far.base - near.base)
}
