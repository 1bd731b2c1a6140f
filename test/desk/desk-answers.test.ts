import { describe, expect, it } from 'vitest'
import { terminalText } from '../../src/lib/cli/emit/terminal.js'
import { curveOn } from '../../src/lib/desk/curve-on.js'
import { curveTable, curveView } from '../../src/lib/desk/curve-view.js'
import { pricesOn } from '../../src/lib/desk/prices-on.js'
import { pricesTable, pricesView } from '../../src/lib/desk/prices-view.js'
import { spreadsOn } from '../../src/lib/desk/spreads-on.js'
import { spreadsTable, spreadsView } from '../../src/lib/desk/spreads-view.js'
import { CurveData } from '../../src/lib/documents/curve.js'
import { PricesData } from '../../src/lib/documents/prices.js'
import { SpreadsData } from '../../src/lib/documents/spreads.js'
import { isWeekend, isoFromDay } from '../../src/lib/kernel/day.js'
import { addMonths } from '../../src/lib/market/contract-month.js'
import type { CurveColumns } from '../../src/lib/market/dataset.js'
import type { Product } from '../../src/lib/market/market.js'
import { curveOf, day, deskOn, market, type Row } from './desk.js'

/** Flat prices from `from` to `to` on weekdays, 14 contracts a day, one price unit higher with each. */
function steady(product: Product, from: string, to: string, price: number, step: number): CurveColumns {
  const rows: Row[] = []
  for (let at = day(from); at <= day(to); at++) {
    if (isWeekend(at)) continue
    const front = market.monthAtRank(product, at, 1)
    for (let k = 0; k < 14; k++) rows.push([isoFromDay(at), addMonths(front, k), price + k * step])
  }
  return curveOf(product, rows)
}

const CL = steady('CL', '2024-01-02', '2024-03-28', 80, -0.5)
const BRN = steady('BRN', '2024-01-02', '2024-03-27', 84, -0.5)
const lake = new Map<Product, CurveColumns>([
  ['CL', CL],
  ['BRN', BRN],
])
const text = (view: Parameters<typeof terminalText>[0]): string => terminalText(view, (words) => words)

describe('curveOn', () => {
  it('answers a Sunday with the Friday before, and says so', async () => {
    const ctx = deskOn(lake, { asOf: '2024-03-24' })
    const { asOf, data } = await curveOn(ctx, { product: 'CL' })
    expect([isoFromDay(asOf), data.date]).toEqual(['2024-03-24', '2024-03-22'])
    expect(ctx.warnings).toEqual([
      { code: 'AS_OF_NOT_SETTLED', message: 'no settlement on 2024-03-24 of CL: the answer is of 2024-03-22' },
    ])
  })
  it('refuses a day more than ten days after the last settlement, and names what is there', async () => {
    await expect(curveOn(deskOn(lake, { asOf: '2024-04-08' }), { product: 'CL' })).rejects.toMatchObject({
      kind: 'noData',
      code: 'NO_SETTLEMENT',
      message: expect.stringContaining('the lake has 2024-01-02 to 2024-03-28'),
    })
    await expect(curveOn(deskOn(lake, { asOf: '2024-04-07' }), { product: 'CL' })).resolves.toBeDefined()
  })
  it('refuses a day before the first settlement, and a product that is not there', async () => {
    await expect(curveOn(deskOn(lake, { asOf: '1999-01-04' }), { product: 'CL' })).rejects.toMatchObject({
      kind: 'noData',
    })
    await expect(curveOn(deskOn(lake, { asOf: '2024-03-20' }), { product: 'RB' })).rejects.toMatchObject({
      kind: 'noData',
    })
  })
  it('of a curve that loses 0.50 a month: backwardation, slope −0.50, M1–M12 +5.50', async () => {
    const { data } = await curveOn(deskOn(lake), { product: 'CL', ranks: 3 })
    CurveData.parse(data)
    expect(data).toMatchObject({ structure: 'backwardation', structureRanks: 12, m1m2: 0.5, m1m6: 2.5, m1m12: 5.5 })
    expect(data.slopePerMonth).toBeCloseTo(-0.5, 12)
    expect(data.points.map((point) => point.contract)).toEqual(['CLK24', 'CLM24', 'CLN24'])
    expect(data.calendarSpreads.map(({ near, far, value }) => [near, far, value])).toEqual([
      ['CLK24', 'CLM24', 0.5],
      ['CLM24', 'CLN24', 0.5],
    ])
    expect(data.rollYield.value).toBeGreaterThan(0)
    expect(data.fullCarryPercent).toBeLessThan(0)
  })
  it('reads three weeks for one day’s curve, not the whole lake', async () => {
    const ctx = deskOn(lake)
    await curveOn(ctx, { product: 'CL' })
    expect(ctx.reads).toEqual([
      { product: 'CL', from: day('2024-03-28') - 21, to: day('2024-03-28'), maxRank: Infinity },
    ])
  })
  it('compares contract by contract: every contract gained 0.50 for each roll since', async () => {
    const { data } = await curveOn(deskOn(lake), { product: 'CL', against: day('2024-02-10') })
    expect(data.against).toMatchObject({
      requested: '2024-02-10',
      date: '2024-02-09',
      structure: 'backwardation',
      m1m12: 5.5,
    })
    expect(data.points[0]).toMatchObject({ contract: 'CLK24', settlement: 80, changeAgainst: 1 }) // rank 3 then: 79
  })
  it('refuses to compare with a day that is not earlier', async () => {
    await expect(curveOn(deskOn(lake), { product: 'CL', against: day('2024-03-28') })).rejects.toMatchObject({
      kind: 'usage',
      code: 'AGAINST_NOT_EARLIER',
    })
  })
  it('follows one rank through time, and refuses one that is not listed or a period without days', async () => {
    const ctx = deskOn(lake)
    const { data } = await curveOn(ctx, {
      product: 'CL',
      history: { rank: 2, from: day('2024-02-19'), to: day('2024-02-21') },
    })
    expect(data.history?.points).toEqual([
      { date: '2024-02-19', contract: 'CLJ24', settlement: 79.5 },
      { date: '2024-02-20', contract: 'CLJ24', settlement: 79.5 },
      { date: '2024-02-21', contract: 'CLK24', settlement: 79.5 },
    ])
    expect(curveTable(data).length).toBe(3)
    await expect(curveOn(ctx, { product: 'CL', history: { rank: 90 } })).rejects.toMatchObject({
      code: 'RANK_NOT_LISTED',
    })
    await expect(curveOn(ctx, { product: 'CL', history: { rank: 1, from: day('2024-05-01') } })).rejects.toMatchObject({
      code: 'EMPTY_PERIOD',
    })
  })
  it('has a year’s band only where a picture asks for it', async () => {
    expect((await curveOn(deskOn(lake), { product: 'CL' })).band).toBeNull()
    const { band } = await curveOn(deskOn(lake), { product: 'CL', band: true })
    expect(band?.points[0]).toEqual({ rank: 1, min: 80, p10: 80, median: 80, p90: 80, max: 80 })
  })
  it('of a single contract has no structure and says why', async () => {
    const one = new Map<Product, CurveColumns>([['CL', curveOf('CL', [['2024-03-28', 202405, 83]])]])
    const { data } = await curveOn(deskOn(one), { product: 'CL' })
    CurveData.parse(data)
    expect(data).toMatchObject({ structure: null, slopePerMonth: null, m1m2: null, previousDate: null })
    expect(data.rollYield.reason).toBe('CL rank 2 has no settlement on 2024-03-28')
    expect(text(curveView(data))).toContain('Structure: –')
  })
  it('of natural gas has no full carry: there is no barrel to store', async () => {
    const gas = new Map<Product, CurveColumns>([['NG', steady('NG', '2024-03-01', '2024-03-28', 2, 0.1)]])
    const { data } = await curveOn(deskOn(gas), { product: 'NG' })
    expect(data.reasons['fullCarryPercent']).toMatch(/storage is a cost of a barrel/)
  })
})

describe('pricesOn', () => {
  it('rows are of the last day that all products settled; those without data are named', async () => {
    const ctx = deskOn(lake)
    const { asOf, data } = await pricesOn(ctx)
    PricesData.parse(data)
    expect(isoFromDay(asOf)).toBe('2024-03-27')
    expect(data.prices.map(({ product, contract, last, change }) => [product, contract, last, change])).toEqual([
      ['CL', 'CLK24', 80, 0],
      ['BRN', 'BRNK24', 84, 0],
    ])
    expect(data.missing.map((row) => row.product)).toEqual(['BZ', 'RB', 'HO', 'LGO', 'NG', 'DBI'])
    expect(ctx.warnings).toEqual([])
  })
  it('add 0.50 for each roll although rank 1 never moved: 1 in 21 settlements', async () => {
    const { data } = await pricesOn(deskOn(lake), ['CL'])
    expect(data.prices[0].change1m).toBeCloseTo(0.5, 10) // CLJ24 became CLK24 on 2024-03-21
  })
  it('without a year of data say what is missing instead of guessing', async () => {
    const { data } = await pricesOn(deskOn(lake), ['CL'])
    expect(data.prices[0]).toMatchObject({ change1y: null, rangeLow: null, rangePositionPercent: null })
    expect(data.prices[0].reasons['change1y']).toBe('253 settlement days are needed, the data has 63')
  })
  it('of nothing are an error that says where to get some', async () => {
    await expect(pricesOn(deskOn(new Map(), { asOf: '2024-03-28' }))).rejects.toMatchObject({ kind: 'noData' })
    await expect(pricesOn(deskOn(lake, { asOf: '2030-01-02' }))).rejects.toMatchObject({
      kind: 'noData',
      message: expect.stringContaining('CL 2024-01-02 to 2024-03-28'),
    })
  })
  it('read as a table with each product’s own decimals', async () => {
    const { data } = await pricesOn(
      deskOn(new Map([...lake, ['RB', steady('RB', '2024-01-02', '2024-03-27', 2.5, 0)]])),
    )
    const shown = text(pricesView(data))
    expect(shown).toMatch(/WTI +CLK24 +80\.00 +USD\/bbl/)
    expect(shown).toMatch(/RBJ24 +2\.5000 +USD\/gal/)
    expect(shown).toContain('LGO Low sulphur gasoil is not in the lake')
    expect(pricesTable(data).columns.every((column) => column.values.length === 3)).toBe(true)
  })
})

describe('spreadsOn', () => {
  it('values what the lake can and names the rest', async () => {
    const { data } = await spreadsOn(deskOn(lake))
    SpreadsData.parse(data)
    expect(data.spreads.map((spread) => spread.name)).toEqual([
      'wti-brent',
      'wti-m1-m2',
      'wti-m1-m12',
      'brent-m1-m2',
      'brent-m1-m12',
    ])
    expect(data.skipped.find((skip) => skip.name === 'crack-3-2-1')?.reason).toMatch(/is not in the lake/)
    expect(data.spreads[0].reasons['zScore']).toBe('252 common days are needed, the data has 62')
    expect(data.spreads[0].seasonal.reason).toMatch(/no previous year/)
    expect(spreadsTable(data).length).toBe(5)
  })
  it('fails where a spread asked for by name has no data, or no definition', async () => {
    await expect(spreadsOn(deskOn(lake), { names: ['crack-3-2-1'] })).rejects.toMatchObject({
      kind: 'noData',
      code: 'SPREAD_WITHOUT_DATA',
    })
    await expect(spreadsOn(deskOn(lake), { names: ['wti-brnt'] })).rejects.toMatchObject({
      kind: 'usage',
      code: 'UNKNOWN_SPREAD',
    })
  })
  it('never mixes simulated legs with real ones', async () => {
    const { data } = await spreadsOn(deskOn(lake, { simulated: ['BRN'] }))
    expect(data.skipped).toContainEqual({
      name: 'wti-brent',
      reason: 'BRN is simulated and CL is not: the two are never mixed',
    })
    expect(data.spreads.find((spread) => spread.name === 'brent-m1-m2')?.simulated).toBe(true)
  })
  it('ranks today in its window: flat spreads stand at 50 without a z-score', async () => {
    const { data } = await spreadsOn(deskOn(lake), { names: ['wti-m1-m2'], window: 40 })
    expect(data.spreads[0]).toMatchObject({ value: 0.5, change: 0, mean: 0.5, sd: 0, zScore: null, percentile: 50 })
    expect(data.spreads[0].reasons['zScore']).toBe('the spread did not move in the window')
  })
  it('converts a user’s own spread into its unit: HOGO in USD/t is 312.9 × HO − gasoil', async () => {
    const both = new Map<Product, CurveColumns>([
      ['HO', steady('HO', '2024-01-02', '2024-03-27', 2.5, 0)],
      ['LGO', steady('LGO', '2024-01-02', '2024-03-27', 750, 0)],
    ])
    const own = {
      spreads: [
        {
          name: 'my-hogo',
          unit: 'USD/t',
          legs: [
            { product: 'HO', weight: 1, lots: 3 },
            { product: 'LGO', weight: -1, lots: -4 },
          ],
        },
      ],
    }
    const { data } = await spreadsOn(deskOn(both, { spreads: own }))
    expect(data.spreads[0]).toMatchObject({ name: 'my-hogo', title: 'my-hogo', unit: 'USD/t', clockMismatch: true })
    expect(data.spreads[0].value).toBeCloseTo(312.9 * 2.5 - 750, 6)
  })
  it('carries a history of the period that was asked for', async () => {
    const { data, pictures } = await spreadsOn(deskOn(lake), {
      names: ['wti-brent'],
      history: { from: day('2024-03-01'), to: day('2024-03-05') },
    })
    expect(data.spreads[0].history?.map((point) => point.date)).toEqual(['2024-03-01', '2024-03-04', '2024-03-05'])
    expect(pictures[0].days.length).toBe(3)
    expect(text(spreadsView(data))).toContain('WTI − Brent, 2024-03-01 to 2024-03-05: 3 common days, USD/bbl')
  })
})
