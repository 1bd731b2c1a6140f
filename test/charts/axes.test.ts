import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayFromIso } from '../../src/lib/kernel/day.js'
import { placeLabels } from '../../src/lib/charts/place-labels.js'
import { timeAxis } from '../../src/lib/charts/time-axis.js'
import { valueAxis } from '../../src/lib/charts/value-axis.js'

const day = (iso: string): number => dayFromIso(iso) ?? Number.NaN

describe('valueAxis', () => {
  it('holds −37.63 and 64 with ticks at −40 … 60 by 20', () => {
    const axis = valueAxis([-37.63, 64], { maxTicks: 7 })
    expect(axis.ticks).toEqual([-40, -20, 0, 20, 40, 60])
    expect(axis.format).toBe(',.0f')
  })
  it('gives one price room on both sides, and nothing no ticks', () => {
    const one = valueAxis([71.65], { maxTicks: 5 })
    expect(one.domain[0]).toBeLessThan(71.65)
    expect(one.yPx(71.65, 100)).toBeCloseTo(50)
    expect(valueAxis([], { maxTicks: 5 }).ticks).toEqual([])
    expect(valueAxis([Number.NaN], { maxTicks: 5 }).ticks).toEqual([])
  })
  it('is not flattened by an outer value: −60 widens −10 … 10 to no more than −22, plus air', () => {
    const axis = valueAxis([-10, 10], { maxTicks: 4, outer: [-60, 12] })
    expect(axis.domain[0]).toBeCloseTo(-22 - 0.06 * 34)
    expect(axis.domain[1]).toBeCloseTo(12 + 0.06 * 34)
  })
  it('holds every value between its ends, with no more ticks than asked for and one to spare', () => {
    const value = fc.double({ min: -1e4, max: 1e4, noNaN: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.integer({ min: 2, max: 8 }), (values, maxTicks) => {
        const axis = valueAxis(values, { maxTicks })
        for (const one of values) expect(one >= axis.domain[0] && one <= axis.domain[1]).toBe(true)
        expect(axis.ticks.length).toBeLessThanOrEqual(maxTicks + 1)
      }),
      { seed: 2 },
    )
  })
})

describe('timeAxis', () => {
  it('ticks a year by quarters in a small panel and seventeen years by even years in a wide one', () => {
    expect(timeAxis(day('2023-01-03'), day('2023-12-29'), 256).ticks).toEqual([
      '2023-04-01',
      '2023-07-01',
      '2023-10-01',
    ])
    const long = timeAxis(day('2007-01-03'), day('2023-12-29'), 640).ticks
    expect(long[0]).toBe('2008-01-01')
    expect(long).toHaveLength(8)
  })
  it('names a single day', () => {
    expect(timeAxis(day('2020-04-20'), day('2020-04-20'), 256)).toMatchObject({
      domain: ['2020-04-05', '2020-05-05'],
      ticks: ['2020-04-20'],
    })
  })
})

describe('placeLabels', () => {
  it('leaves labels with room where they are and pushes close ones apart', () => {
    expect(placeLabels([10, 100], 16, 200)).toEqual([10, 100])
    expect(placeLabels([100, 102], 16, 200)).toEqual([100, 116])
    expect(placeLabels([198, 199], 16, 200)).toEqual([184, 200])
  })
  it('keeps order, distance and edges wherever there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 400, noNaN: true }), { maxLength: 12 }), (wanted) => {
        const placed = placeLabels(wanted, 16, 330)
        const sorted = [...placed].sort((a, b) => a - b)
        for (let i = 1; i < sorted.length; i++) expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(16 - 1e-9)
        for (const at of placed) expect(at >= 0 && at <= 330).toBe(true)
        wanted.forEach((a, i) => wanted.forEach((b, j) => a < b && expect(placed[i]).toBeLessThan(placed[j])))
      }),
      { seed: 3 },
    )
  })
})
