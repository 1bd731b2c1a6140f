import { describe, expect, it } from 'vitest'
import { contractMoves } from '../../src/lib/analytics/contract-moves.js'
import { curveOn } from '../../src/lib/desk/curve-on.js'
import { pricesOn } from '../../src/lib/desk/prices-on.js'
import { spreadsOn } from '../../src/lib/desk/spreads-on.js'
import { CurveData } from '../../src/lib/documents/curve.js'
import { PricesData } from '../../src/lib/documents/prices.js'
import { SpreadsData } from '../../src/lib/documents/spreads.js'
import { mean, sampleSd } from '../../src/lib/kernel/moments.js'
import { indexCurve } from '../../src/lib/market/curve-index.js'
import { sharedFile } from '../support/shared.js'
import { day, deskOn, realCurves } from './desk.js'

const file = sharedFile('data/futures_curves_daily.csv')

describe.skipIf(!file)('on seventeen years of real settlements', () => {
  const curves = file ? realCurves(file, ['CL', 'BRN', 'RB', 'HO', 'NG']) : new Map()

  it('holding one lot of WTI to each last trading day earns −26,470 USD, and the naive difference says +10,600', () => {
    const { settlement, base } = contractMoves(indexCurve(curves.get('CL')))
    let usd = 0
    for (let i = 1; i < settlement.length; i++) usd += 1000 * (settlement[i] - base[i])
    expect(usd).toBeCloseTo(-26_470, 6)
    expect(1000 * (settlement[settlement.length - 1] - settlement[0])).toBeCloseTo(10_600, 6)
  })

  it('2020-04-20: CLK20 −37.63, contango, no roll yield and no full carry, with the reason', async () => {
    const { data } = await curveOn(deskOn(curves, { asOf: '2020-04-20' }), { product: 'CL' })
    CurveData.parse(data)
    expect(data.points[0]).toMatchObject({
      rank: 1,
      contract: 'CLK20',
      deliveryMonth: '2020-05',
      expiry: '2020-04-21',
      daysToExpiry: 1,
      settlement: -37.63,
    })
    expect(data.points[0].change).toBeCloseTo(-55.9, 10)
    expect(data.structure).toBe('contango')
    expect(data.m1m2).toBeCloseTo(-58.06, 10)
    expect(data.calendarSpreads[0]).toMatchObject({ near: 'CLK20', far: 'CLM20', rollYield: null })
    expect(data.rollYield).toMatchObject({
      value: null,
      reason: 'CLK20 settled at -37.63 on 2020-04-20: a logarithm needs prices above zero',
    })
    expect(data.fullCarryPercent).toBeNull()
    expect(data.reasons['fullCarryPercent']).toMatch(/nobody finances a barrel/)
  })

  it('2020-04-20: WTI −55.90 on the day, no log volatility, at the bottom of its year', async () => {
    const { data } = await pricesOn(deskOn(curves, { asOf: '2020-04-20' }))
    PricesData.parse(data)
    const wti = data.prices.find((row) => row.product === 'CL')!
    expect(wti).toMatchObject({ contract: 'CLK20', last: -37.63, realisedVolPercent: null, rangePositionPercent: 0 })
    expect(wti.change).toBeCloseTo(-55.9, 10)
    expect(wti.changePercent).toBeCloseTo((-100 * 55.9) / 18.27, 8)
    expect(wti.reasons['realisedVolPercent']).toMatch(/-37\.63/)
    expect(wti.realisedVolPrice).toBeGreaterThan(190)
  })

  it('2020-04-21: no per cent from −37.63, and the dollars all the same', async () => {
    const { data } = await pricesOn(deskOn(curves, { asOf: '2020-04-21' }), ['CL'])
    const [wti] = data.prices
    expect(wti.change).toBeCloseTo(47.64, 10)
    expect([wti.changePercent, wti.change5dPercent, wti.change1mPercent, wti.change1yPercent]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(wti.change5d).toBeCloseTo(10.01 - 20.11, 8) // CLK20 throughout: 14 to 21 April
  })

  it('one-year per cent of Brent compounds the twelve contracts of the year', async () => {
    const { data } = await pricesOn(deskOn(curves), ['BRN'])
    const { settlement, base, days } = contractMoves(indexCurve(curves.get('BRN')))
    let wealth = 1
    for (let i = days.length - 252; i < days.length; i++) wealth *= 1 + (settlement[i] - base[i]) / base[i]
    expect(data.prices[0].change1yPercent).toBeCloseTo(100 * (wealth - 1), 8)
  })

  it('3-2-1 by rank, 2010 to 2023: mean 21.4, sd 9.3, from 2.4 to 68.8 USD/bbl', async () => {
    const ctx = deskOn(curves)
    const { data } = await spreadsOn(ctx, {
      names: ['crack-3-2-1'],
      align: 'rank',
      history: { from: day('2010-01-01') },
    })
    SpreadsData.parse(data)
    const values = data.spreads[0].history!.map((point) => point.value)
    expect(values.length).toBe(3525)
    expect(mean(values)).toBeCloseTo(21.37, 2)
    expect(sampleSd(values)).toBeCloseTo(9.28, 2)
    expect(Math.min(...values)).toBeCloseTo(2.4, 1)
    expect(Math.max(...values)).toBeCloseTo(68.8, 1)
  })

  it('CL1 − CL2 reaches −58.06 on 2020-04-20', async () => {
    const { data } = await spreadsOn(deskOn(curves), { names: ['wti-m1-m2'], history: {} })
    const lowest = data.spreads[0].history!.reduce((a, b) => (b.value < a.value ? b : a))
    expect(lowest).toEqual({ date: '2020-04-20', value: -58.06 })
  })

  it('2023-12-29: WTI − Brent is March against March, −5.20, with the UK-only days listed', async () => {
    const { data } = await spreadsOn(deskOn(curves), { names: ['wti-brent'] })
    const [spread] = data.spreads
    expect(spread).toMatchObject({ value: -5.2, date: '2023-12-29', align: 'delivery', clockMismatch: false })
    expect(spread.legs.map(({ contract, lots, price }) => [contract, lots, price])).toEqual([
      ['CLH24', 1, 71.84],
      ['BRNH24', -1, 77.04],
    ])
    expect(spread.window).toMatchObject({ days: 252, observations: 252, to: '2023-12-29' })
    expect(spread.dropped.map((drop) => drop.date)).toContain('2023-07-04')
    expect(spread.dropped.every((drop) => drop.reason === 'CL did not settle')).toBe(true)
  })

  it('2023-03-20: New York has changed its clocks and London has not', async () => {
    const { data } = await spreadsOn(deskOn(curves, { asOf: '2023-03-20' }))
    const flagged = data.spreads.filter((spread) => spread.clockMismatch).map((spread) => spread.name)
    expect(flagged).toEqual(['wti-brent'])
  })
})
