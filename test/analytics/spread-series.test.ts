import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadValue, type SpreadDefinition } from '../../src/lib/analytics/spread-definition.js'
import { legMonthsOn, spreadChange, spreadSeries } from '../../src/lib/analytics/spread-series.js'
import { unitFactor } from '../../src/lib/analytics/unit-factor.js'
import { spreadDefinition } from '../../src/lib/desk/spread-definitions.js'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { indexCurve, type CurveIndex } from '../../src/lib/market/curve-index.js'
import type { Product } from '../../src/lib/market/market.js'
import { curveOf, day, market, spreads, type Row } from '../desk/desk.js'

const builtIn = (name: string): SpreadDefinition =>
  spreadDefinition(
    market,
    spreads.spreads.find((spread) => spread.name === name)!,
  )

describe('spreadValue', () => {
  const prices = { RB: 2.1063, HO: 2.5289, CL: 71.65 }
  const of = (name: string): number => {
    const definition = builtIn(name)
    return spreadValue(
      definition,
      definition.legs.map((leg) => prices[leg.product as keyof typeof prices]),
    )
  }
  it('of the 3-2-1 is (2 × 42 × 2.1063 + 42 × 2.5289 − 3 × 71.65) ÷ 3 = 22.731', () =>
    expect(of('crack-3-2-1')).toBeCloseTo(22.731, 10))
  it('of the 2-1-1 is (88.4646 + 106.2138 − 143.30) ÷ 2 = 25.6892', () =>
    expect(of('crack-2-1-1')).toBeCloseTo(25.6892, 10))
  it('of the 5-3-2 is (3 × 88.4646 + 2 × 106.2138 − 358.25) ÷ 5 = 23.91428', () =>
    expect(of('crack-5-3-2')).toBeCloseTo(23.91428, 10))
  it('of the single cracks is 16.8146 and 34.5638', () => {
    expect(of('crack-gasoline')).toBeCloseTo(16.8146, 10)
    expect(of('crack-heating-oil')).toBeCloseTo(34.5638, 10)
  })
  it('of the gasoil crack divides by 7.45: 745 USD/t less 77.04 is 22.96, hedged 4 : 3', () => {
    const definition = builtIn('gasoil-crack')
    expect(spreadValue(definition, [745, 77.04])).toBeCloseTo(22.96, 10)
    expect(definition.legs.map((leg) => leg.lots)).toEqual([4, -3])
  })
  it('of HOGO is 42 × 2.5 − 745 ÷ 7.45 = 5 USD/bbl', () =>
    expect(spreadValue(builtIn('hogo'), [2.5, 745])).toBeCloseTo(5, 10))

  it('does not depend on the order of the legs, scales with all prices, and shifts by the sum of the weights', () => {
    const weight = fc.constantFrom(-3, -2, -1, 1, 2, 3)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(weight, fc.integer({ min: -4000, max: 20_000 })), { minLength: 2, maxLength: 5 }),
        (legs) => {
          const make = (list: typeof legs): SpreadDefinition => ({
            name: 'x',
            title: 'x',
            unit: 'USD/bbl',
            per: 1,
            legs: list.map(([w]) => ({ product: 'CL' as Product, weight: w, lots: w, offset: 0, factor: 1 })),
          })
          const price = legs.map(([, cents]) => cents / 100)
          const here = spreadValue(make(legs), price)
          expect(spreadValue(make([...legs].reverse()), [...price].reverse())).toBeCloseTo(here, 7)
          expect(
            spreadValue(
              make(legs),
              price.map((p) => 2 * p),
            ),
          ).toBeCloseTo(2 * here, 6)
          const net = legs.reduce((sum, [w]) => sum + w, 0)
          expect(
            spreadValue(
              make(legs),
              price.map((p) => p + 10),
            ),
          ).toBeCloseTo(here + 10 * net, 6)
        },
      ),
      { seed: 1 },
    )
  })
})

describe('unitFactor', () => {
  it('turns gallons into barrels by 42 and tonnes by 7.45', () => {
    expect(unitFactor('USD/gal', 'USD/bbl', 7.45)).toBeCloseTo(42, 12)
    expect(745 * unitFactor('USD/t', 'USD/bbl', 7.45)).toBeCloseTo(100, 12)
    expect(unitFactor('USD/gal', 'USD/t', 7.45)).toBeCloseTo(312.9, 10)
  })
  it('leaves a quote in its own unit alone and has no barrel of gas', () => {
    expect(unitFactor('USD/MMBtu', 'USD/MMBtu', 7.45)).toBe(1)
    expect(unitFactor('USD/MMBtu', 'USD/bbl', 7.45)).toBeNaN()
  })
})

// BRNG24 leaves on 2023-12-28; CLG24 stays until 2024-01-22. Brent settles on 2023-12-26 here, WTI does not.
const CL: Row[] = [
  ['2023-12-27', 202402, 74.11],
  ['2023-12-27', 202403, 74.27],
  ['2023-12-28', 202402, 71.77],
  ['2023-12-28', 202403, 71.95],
  ['2023-12-29', 202402, 71.65],
  ['2023-12-29', 202403, 71.84],
]
const BRN: Row[] = [
  ['2023-12-26', 202402, 81.07],
  ['2023-12-27', 202402, 79.65],
  ['2023-12-27', 202403, 79.54],
  ['2023-12-28', 202402, 78.39],
  ['2023-12-28', 202403, 77.15],
  ['2023-12-29', 202403, 77.04],
]
const curves = (cl: Row[] = CL, brn: Row[] = BRN): Map<Product, CurveIndex> =>
  new Map<Product, CurveIndex>([
    ['CL', indexCurve(curveOf('CL', cl))],
    ['BRN', indexCurve(curveOf('BRN', brn))],
  ])
const wtiBrent = builtIn('wti-brent')

describe('legs aligned by delivery', () => {
  it('stay in February while BRNG24 lives, its last trading day included, and move to March together', () => {
    expect(legMonthsOn(wtiBrent, 'delivery', curves(), day('2023-12-28'))).toEqual([202402, 202402])
    expect(legMonthsOn(wtiBrent, 'delivery', curves(), day('2023-12-29'))).toEqual([202403, 202403])
  })
  it('by rank each keeps its own front', () => {
    expect(legMonthsOn(wtiBrent, 'rank', curves(), day('2023-12-29'))).toEqual([202402, 202403])
  })
  it('of a calendar spread are the front and the month after', () => {
    expect(legMonthsOn(builtIn('wti-m1-m2'), 'delivery', curves(), day('2023-12-28'))).toEqual([202402, 202403])
  })
})

describe('spreadSeries', () => {
  const from = day('2023-12-01')
  const to = day('2023-12-31')
  it('is 71.84 − 77.04 = −5.20 on 2023-12-29 by delivery and −5.39 by rank', () => {
    expect(spreadSeries(wtiBrent, 'delivery', curves(), from, to).values.at(-1)).toBe(-5.2)
    expect(spreadSeries(wtiBrent, 'rank', curves(), from, to).values.at(-1)).toBe(-5.39)
  })
  it('holds common days only and fills nothing: days before the younger leg are not counted as dropped', () => {
    const series = spreadSeries(wtiBrent, 'delivery', curves(), from, to)
    expect([...series.days].map(isoFromDay)).toEqual(['2023-12-27', '2023-12-28', '2023-12-29'])
    expect(series.dropped).toEqual([])
  })
  it('lists the day on which one leg settled and the other did not, and names the missing contract', () => {
    const noThursday = curves(CL.filter(([date]) => date !== '2023-12-28'))
    expect(spreadSeries(wtiBrent, 'delivery', noThursday, from, to).dropped).toEqual([
      { day: day('2023-12-28'), reason: 'CL did not settle' },
    ])
    const noMarch = curves(CL.filter(([date, month]) => !(date === '2023-12-29' && month === 202403)))
    expect(spreadSeries(wtiBrent, 'delivery', noMarch, from, to).dropped).toEqual([
      { day: day('2023-12-29'), reason: 'CL 2024-03 has no settlement' },
    ])
  })
  it('knows nothing of later days', () => {
    const cut = spreadSeries(wtiBrent, 'delivery', curves(), from, day('2023-12-28'))
    expect([...cut.values]).toEqual([...spreadSeries(wtiBrent, 'delivery', curves(), from, to).values].slice(0, 2))
  })
  it('of WTI − Brent and of Brent − WTI are opposite', () => {
    const turned = { ...wtiBrent, legs: wtiBrent.legs.map((leg) => ({ ...leg, weight: -leg.weight })) }
    const there = spreadSeries(turned, 'delivery', curves(), from, to).values
    expect([...there].map((value) => -value)).toEqual([
      ...spreadSeries(wtiBrent, 'delivery', curves(), from, to).values,
    ])
  })
})

describe('spreadChange', () => {
  it('is of today’s contracts: (71.84 − 77.04) − (71.95 − 77.15) = 0, not the roll’s +1.42', () => {
    const months = [202403, 202403]
    const change = spreadChange(wtiBrent, months, curves(), day('2023-12-29'), day('2023-12-28'))
    expect(change.value).toBeCloseTo(0, 8)
    const series = spreadSeries(wtiBrent, 'delivery', curves(), day('2023-12-28'), day('2023-12-29')).values
    expect(series[1] - series[0]).toBeCloseTo(1.42, 8)
  })
  it('has no number where a contract had no settlement the day before', () => {
    const noMarch = curves(
      CL,
      BRN.filter(([date, month]) => !(date === '2023-12-28' && month === 202403)),
    )
    expect(spreadChange(wtiBrent, [202403, 202403], noMarch, day('2023-12-29'), day('2023-12-28'))).toEqual({
      value: null,
      reason: 'BRN 2024-03 has no settlement on 2023-12-28',
    })
  })
})
