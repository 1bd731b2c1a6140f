import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bookOn } from '../../../src/lib/desk/book-on.js'
import { stressOn } from '../../../src/lib/desk/stress-on.js'
import type { StressScenario } from '../../../src/lib/documents/stress.js'
import { isoFromDay } from '../../../src/lib/kernel/day.js'
import { goldenFile } from '../../support/golden.js'
import { april2020, bookDesk, bookFile, scenarios, type BookDesk } from '../portfolio/book-desk.js'
import { day } from '../../desk/desk.js'

interface Move {
  readonly chg: number
  readonly pct: number | null
}
type Measured = Readonly<Record<string, Move>> & { readonly id: string; readonly start: string; readonly end: string }

const golden = (
  JSON.parse(readFileSync(goldenFile('risk/stress_scenarios.json'), 'utf8')) as { readonly scenarios: Measured[] }
).scenarios

async function stressOf(desk: BookDesk, file: string, ids: readonly string[]): Promise<StressScenario[]> {
  const { scenarios: answered } = await stressOn(desk, await bookOn(desk, file), { ids })
  return answered
}

describe('config/scenarios.yaml', () => {
  it('carries the measured moves of all 35 scenarios, front month and along the WTI curve', () => {
    expect(golden.length).toBeGreaterThanOrEqual(30)
    for (const measured of golden) {
      const own = scenarios.scenarios.find(({ id }) => id === measured.id)
      if (own?.kind !== 'historical') throw new Error(`${measured.id} is missing`)
      expect([isoFromDay(own.from), isoFromDay(own.to)]).toEqual([measured.start, measured.end])
      const spot = own.basis === 'spot'
      for (const [series, product, rank] of [
        [spot ? 'WTI_SPOT' : 'WTI', 'CL', 1],
        ['WTI_C4', 'CL', 4],
        ['WTI_C12', 'CL', 12],
        [spot ? 'BRENT_SPOT' : 'BRENT', 'BRN', 1],
        ['GASOLINE', 'RB', 1],
        ['HO', 'HO', 1],
        ['NG', 'NG', 1],
      ] as const) {
        const move = measured[series] as Move | undefined
        if (move === undefined || (own.id.startsWith('neg_wti') && product === 'CL' && rank === 1)) continue
        const node = own.shocks[product]?.nodes.find((candidate) => candidate.rank === rank)
        expect([measured.id, series, node?.usd, node?.fraction]).toEqual([
          measured.id,
          series,
          move.chg,
          move.pct ?? undefined,
        ])
      }
    }
  })

  it('has a name for each and no id twice', () => {
    expect(new Set(scenarios.scenarios.map(({ id }) => id)).size).toBe(scenarios.scenarios.length)
    expect(new Set(scenarios.scenarios.map(({ name }) => name)).size).toBe(scenarios.scenarios.length)
  })
})

describe('neg_wti on 17 April 2020', () => {
  const ladder = bookFile('ladder.csv', 'contract,lots\nCL1,1\nCL2,1\nCL3,1\nCL6,1\nBRN1,1\n')

  it('takes −55.90 USD from the contract two business days before its last, −4.60 from ranks 2 and 3, per cent beyond', async () => {
    const [scenario] = await stressOf(bookDesk(april2020(), { asOf: '2020-04-17' }), ladder, ['neg_wti'])
    expect(scenario).toMatchObject({ basis: 'rank', complete: true, kind: 'historical' })
    expect(scenario.positions.map(({ priceChange }) => priceChange)).toEqual([
      -55.9,
      -4.6,
      -4.6,
      // two eighths of the way from −8.62 % at rank 4 to −2.58 % at rank 12, of 32.71
      expect.closeTo(32.71 * (-0.0862 + 0.25 * (0.0862 - 0.0258)), 9),
      expect.closeTo(28.08 * -0.0894, 9),
    ])
    expect(scenario.positions[0]).toMatchObject({ shockedPrice: expect.closeTo(-37.63, 9), pnlUsd: -55_900 })
  })

  it('leaves the front month alone with −4.60 when it is four business days or more from its last', async () => {
    const [scenario] = await stressOf(bookDesk(april2020(), { asOf: '2020-04-16' }), ladder, ['neg_wti'])
    // 16 April is three business days before 21 April: still in the window
    expect(scenario.positions[0].priceChange).toBe(-55.9)
    const [later] = await stressOf(
      bookDesk(april2020(), { asOf: '2020-04-22' }),
      bookFile('f.csv', 'contract,lots\nCL1,1\n'),
      ['neg_wti'],
    )
    expect(later.positions[0]).toMatchObject({ contract: 'CLM20', priceChange: -4.6 })
  })

  it('gives the day after +47.64 and −8.86 USD', async () => {
    const [scenario] = await stressOf(bookDesk(april2020(), { asOf: '2020-04-20' }), ladder, ['neg_wti_next'])
    expect(scenario.positions.slice(0, 3).map(({ priceChange }) => priceChange)).toEqual([47.64, -8.86, -8.86])
  })
})

describe('stress', () => {
  const asOf = '2020-04-17'

  it('says notShocked, never 0, where nothing was measured and no proxy is declared', async () => {
    const curves = april2020()
    curves.set('NG', { ...curves.get('HO')!, product: 'NG' })
    const desk = bookDesk(curves, { asOf })
    const gas = bookFile('gas.csv', 'contract,lots\nNGM0,1\n')
    const [scenario] = await stressOf(desk, gas, ['gulf_war_spike'])
    expect(scenario).toMatchObject({ pnlUsd: null, complete: false, driver: null })
    expect(scenario.positions[0]).toMatchObject({ notShocked: true, pnlUsd: null, note: expect.stringContaining('NG') })
  })

  it('declares a proxy: heating oil takes Brent’s spot move when Hormuz closed', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const [scenario] = await stressOf(desk, bookFile('b.csv', 'contract,lots\nHO2,1\n'), ['hormuz_2026_spike'])
    expect(scenario).toMatchObject({ basis: 'spot', proxied: true })
    expect(scenario.positions[0]).toMatchObject({
      proxied: true,
      proxy: 'BRN',
      pnlUsd: expect.closeTo(42_000 * 0.98 * 0.9379, 4),
    })
  })

  it('widens a spread through its legs: a 3-2-1 book loses 5 USD on each of its barrels', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const crack = bookFile(
      'crack.yaml',
      'positions: [{ contract: CL2, lots: -3 }, { contract: RB2, lots: 2 }, { contract: HO2, lots: 1 }]',
    )
    const [scenario] = await stressOf(desk, crack, ['crack_321_minus_5'])
    expect(scenario.pnlUsd).toBeCloseTo(-15_000, 6) // 3 lots of crude, 3,000 bbl, 5 USD
  })

  it('moves the front against the second month and not the level where WTI M1 − M2 widens', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const calendar = bookFile('cal.csv', 'contract,lots\nCL1,-10\nCL2,10\n')
    const [scenario] = await stressOf(desk, calendar, ['wti_m1_m2_plus_2'])
    expect(scenario.positions.map(({ priceChange }) => priceChange)).toEqual([1, -1])
    expect(scenario.pnlUsd).toBe(-20_000)
  })

  it('squeezes what is in the delivery window against its side, and nothing else', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const [scenario] = await stressOf(desk, bookFile('b.csv', 'contract,lots\nCL1,-2\nCL2,2\n'), ['delivery_window'])
    expect(scenario.positions.map(({ pnlUsd }) => pnlUsd)).toEqual([-95_280, null])
    expect(scenario.pnlUsd).toBe(-95_280)
  })

  it('lists the limits that the shock breaches', async () => {
    const book = bookFile('b.yaml', 'capitalUsd: 1000000\npositions: [{ contract: CL2, lots: 10 }]')
    const [scenario] = await stressOf(bookDesk(april2020(), { asOf }), book, ['all_down_20'])
    // 10 × 1,000 × 25.03 × 20 % = 50,060 USD, 5.006 % of capital against 3 %
    expect(scenario.pnlUsd).toBeCloseTo(-50_060, 6)
    expect(scenario.limitsBreached).toContain('drawdownDaily')
  })

  it('replays the days as they were, without the roll', async () => {
    const desk = bookDesk(april2020(), { asOf: '2020-04-22' })
    const book = await bookOn(desk, bookFile('b.csv', 'contract,lots\nCL1,1\n'))
    const { replay } = await stressOn(desk, book, { ids: ['all_down_20'], replay: { from: day('2020-04-17') } })
    expect(replay?.days.map(({ date, pnlUsd }) => [date, Math.round(pnlUsd)])).toEqual([
      ['2020-04-17', -1600],
      ['2020-04-20', -55_900],
      ['2020-04-21', 47_640],
      ['2020-04-22', 2210],
    ])
    expect(replay).toMatchObject({
      worstDay: '2020-04-20',
      totalUsd: expect.closeTo(-7650, 6),
      drawdownUsd: expect.closeTo(57_500, 6),
    })
  })

  it('names the scenarios there are where one is asked for that is not', async () => {
    const desk = bookDesk(april2020(), { asOf })
    await expect(stressOf(desk, 'example', ['nothing'])).rejects.toMatchObject({
      kind: 'usage',
      code: 'UNKNOWN_SCENARIO',
      hint: expect.stringContaining('gfc_collapse'),
    })
  })
})
