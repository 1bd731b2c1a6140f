import { describe, expect, it } from 'vitest'
import { compensationOwed, compliance, complianceWithoutCredit } from '../../src/lib/analytics/quota-compliance.js'

const member = { baseline: 10, quota: 9 }

describe('compliance', () => {
  it('is the cut over the pledged cut: half of a million is 50 %, one and a half is 150 %', () => {
    expect(compliance([{ ...member, production: 9.5 }]).value).toBeCloseTo(50, 9)
    expect(compliance([{ ...member, production: 8.5 }]).value).toBeCloseTo(150, 9)
    expect(compliance([{ ...member, production: 10.5 }]).value).toBeCloseTo(-50, 9)
  })

  it('of several is by sums, with and without credit for those that cut more', () => {
    const both = [
      { ...member, production: 8.5 },
      { baseline: 5, quota: 4.5, production: 5 },
    ]
    // cuts 1.5 and 0 of 1 and 0.5
    expect(compliance(both).value).toBeCloseTo(100, 9)
    expect(complianceWithoutCredit(both).value).toBeCloseTo(66.6667, 4)
  })

  it('is undefined where nothing was pledged, with the reason', () => {
    expect(compliance([{ baseline: 10, quota: 10, production: 9 }])).toEqual({
      value: null,
      reason: 'no cut is pledged',
    })
  })

  it('counts as owed what was produced over the quota, month by month: 0.5 for 31 days, never less than 0', () => {
    const months = [
      { ...member, production: 9.5, days: 31 },
      { ...member, production: 8, days: 28 },
    ]
    expect(compensationOwed(months)).toBeCloseTo(15.5, 9)
  })
})
