import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveMove, type ContractMove } from '../../../src/lib/risk/explain/curve-move.js'

const curve = (
  move: (days: number) => number,
  base: (days: number) => number = (days) => 70 + days / 30,
): ContractMove[] =>
  Array.from({ length: 12 }, (_, i) => {
    const daysToExpiry = 20 + 30 * i
    return { daysToExpiry, base: base(daysToExpiry), settlement: base(daysToExpiry) + move(daysToExpiry), fitted: true }
  })
const largest = (values: Float64Array): number => Math.max(...values.map(Math.abs))

describe('curveMove', () => {
  it('takes 3 days along a contango of 1 USD a 30 days as a carry of −0.10 for all but the front, which has no nearer price', () => {
    const aged = curve((days) => (days === 20 ? 0 : -3 / 30))
    const { carry, level, residual } = curveMove(aged, 3)
    expect(Array.from(carry.slice(1))).toEqual(Array.from({ length: 11 }, () => expect.closeTo(-0.1, 12) as number))
    expect(carry[0]).toBe(0)
    expect(level).toBeCloseTo(0, 12)
    expect(largest(residual)).toBeLessThan(1e-12)
  })

  it('takes a parallel move as level, a move in proportion to maturity as level and slope, a parabola as all three', () => {
    const flat = (): number => 70
    const parallel = curveMove(
      curve(() => -2.5, flat),
      1,
    )
    expect(parallel.level).toBeCloseTo(-2.5, 12)
    expect(largest(parallel.slope)).toBeLessThan(1e-12)
    const tilt = curveMove(
      curve((days) => days / 365, flat),
      1,
    )
    expect(tilt.level).toBeCloseTo((20 + 165) / 365, 12)
    expect(tilt.slope[11] - tilt.slope[0]).toBeCloseTo(330 / 365, 12)
    expect(largest(tilt.curvature)).toBeLessThan(1e-12)
    const bend = curveMove(
      curve((days) => (days / 365) ** 2, flat),
      1,
    )
    expect(largest(bend.residual)).toBeLessThan(1e-12)
    expect(largest(bend.curvature)).toBeGreaterThan(0.05)
  })

  it('keeps the fall of a delivering contract out of the fit: it is residual', () => {
    const contracts = curve(
      () => -4,
      () => 25,
    )
    contracts[0] = { daysToExpiry: 4, base: 18.27, settlement: -37.63, fitted: false }
    const { level, residual, carry } = curveMove(contracts, 3)
    expect(level).toBeCloseTo(-4, 1)
    expect(carry[0]).toBe(0)
    expect(residual[0]).toBeLessThan(-51)
  })

  it('adds up to the price change of every contract, whatever moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.float({ min: -50, max: 150, noNaN: true }), fc.float({ min: -50, max: 150, noNaN: true }), fc.boolean()), { minLength: 1, maxLength: 15 }), // prettier-ignore
        fc.integer({ min: 1, max: 5 }),
        (rows, elapsed) => {
          let daysToExpiry = 0
          const contracts = rows.map(([gap, base, settlement, fitted]) => ({
            daysToExpiry: (daysToExpiry += gap),
            base,
            settlement,
            fitted,
          }))
          const { carry, level, slope, curvature, residual } = curveMove(contracts, elapsed)
          contracts.forEach(({ base, settlement }, i) => {
            expect(carry[i] + level + slope[i] + curvature[i] + residual[i]).toBeCloseTo(settlement - base, 8)
          })
        },
      ),
    )
  })

  it('leaves a contract that expired in between out, but not its price on the earlier curve', () => {
    const contracts = curve(
      () => 1,
      () => 50,
    )
    contracts[0] = { ...contracts[0], base: 40, settlement: Number.NaN, fitted: false }
    const { level, residual, carry } = curveMove(contracts, 3)
    expect(residual[0]).toBeNaN()
    expect(carry[1]).toBeCloseTo((-10 * 3) / 30, 12)
    expect(level).toBeCloseTo(1 + 1 / 11, 12)
  })
})
