import { describe, expect, it } from 'vitest'
import { fullCarryFraction, fullCarryUsdPerBbl } from '../../src/lib/analytics/full-carry.js'
import { rollYield } from '../../src/lib/analytics/roll-yield.js'

const carry = { financingRate: 0.05, storageUsdPerBbl: 0.5, storagePeriodDays: 30.4 }

describe('rollYield', () => {
  it('of CLG24 71.65 over CLH24 71.84, 29 days apart, is −3.33 % a year', () => {
    expect(rollYield(71.65, 71.84, 29)).toBeCloseTo(-0.03333, 5)
  })
  it('is positive in backwardation and turns its sign with the legs', () => {
    expect(rollYield(80, 79, 30)).toBeCloseTo(-rollYield(79, 80, 30), 14)
    expect(rollYield(80, 79, 30)).toBeGreaterThan(0)
  })
  it('is undefined when the front month settled below zero (CL 2020-04-20)', () =>
    expect(rollYield(-37.63, 20.43, 28)).toBeNaN())
  it('does not see the unit', () =>
    expect(rollYield(2.1 * 42, 2.05 * 42, 31)).toBeCloseTo(rollYield(2.1, 2.05, 31), 12))
})

describe('full carry', () => {
  it('of 73 USD/bbl over 30.4 days is 0.304 of interest and 0.50 of storage', () => {
    expect(fullCarryUsdPerBbl(73, 30.4, carry)).toBeCloseTo(0.804, 12)
  })
  it('is paid in full by a curve that rises as much', () => {
    expect(fullCarryFraction(73, 73.804, 30.4, carry)).toBeCloseTo(1, 10)
    expect(fullCarryFraction(73, 72.196, 30.4, carry)).toBeCloseTo(-1, 10)
  })
  it('is undefined where the near contract is at or below zero', () => {
    expect(fullCarryUsdPerBbl(-37.63, 28, carry)).toBeNaN()
    expect(fullCarryFraction(0, 1, 28, carry)).toBeNaN()
  })
})
