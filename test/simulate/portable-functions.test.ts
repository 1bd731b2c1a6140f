import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portableExp } from '../../src/lib/simulate/portable-exp.js'
import { portableLog } from '../../src/lib/simulate/portable-log.js'

describe('portableExp and portableLog', () => {
  it('know e, 1 and ln 2', () => {
    expect(portableExp(0)).toBe(1)
    expect(portableExp(1)).toBeCloseTo(Math.E, 14)
    expect(portableLog(1)).toBe(0)
    expect(portableLog(2)).toBe(Math.LN2)
    expect(portableLog(1024)).toBe(10 * Math.LN2)
  })

  it('agree with the engine to 5e-16 relative over −700 to 700', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(portableExp(x) / Math.exp(x) - 1)).toBeLessThan(5e-16)
      }),
      { seed: 1, numRuns: 2000 },
    )
  })

  it('logarithm agrees with the engine to 5e-16 relative, 1e-300 to 1e300', () => {
    fc.assert(
      fc.property(fc.double({ min: -690, max: 690, noNaN: true }), (x) => {
        const value = Math.exp(x)
        const exact = Math.log(value)
        expect(Math.abs(portableLog(value) - exact)).toBeLessThanOrEqual(5e-16 * Math.max(Math.abs(exact), 1e-2))
      }),
      { seed: 1, numRuns: 2000 },
    )
  })

  it('have no value outside their range: NaN', () => {
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(portableLog(value)).toBeNaN()
    for (const value of [701, -701, Number.NaN]) expect(portableExp(value)).toBeNaN()
  })
})
