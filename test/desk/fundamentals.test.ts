import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { FundamentalsInventoryData } from '../../src/lib/documents/fundamentals-inventory.js'
import type { FundamentalsPositioningData } from '../../src/lib/documents/fundamentals-positioning.js'
import { words } from '../support/contango.js'
import { inside } from '../support/inside.js'
import { sharedFile } from '../support/shared.js'

const weekly = sharedFile('data/eia_weekly_petroleum.csv')
const positions = sharedFile('data/cftc_wti_noncommercial.csv')

async function data<T>(line: string, home: string, cwd = home): Promise<T> {
  const finished = await inside(words(`${line} --json`), { home, cwd })
  expect(finished.code, finished.stderr).toBe(0)
  return (JSON.parse(finished.stdout) as { data: T }).data
}

describe('fundamentals on the simulated lake', () => {
  it('says that it is simulated, and of crude what adds up', async () => {
    const { series, skipped } = await data<FundamentalsInventoryData>('fundamentals inventory', inject('simHome'))
    const crude = series.find(({ name }) => name === 'crude')!
    expect(crude.simulated).toBe(true)
    expect(crude.expectedFrom).toBeNull() // two years hold no three years before
    expect(crude.reasons['expected']).toContain('fewer than 3 of the 5 years')
    expect(crude.daysOfSupply).toBeGreaterThan(15)
    expect(skipped.map(({ name }) => name)).toEqual(['jet', 'spr'])
  })

  it('has managed money net of WTI as long less short', async () => {
    const { markets } = await data<FundamentalsPositioningData>('fundamentals positioning wti', inject('simHome'))
    const [wti] = markets
    expect(wti).toMatchObject({ product: 'CL', group: 'managed-money', simulated: true, zScore: null })
    expect(wti.net).toBe(wti.long - wti.short)
    expect(wti.reasons['percentile']).toMatch(/^\d+ of 156 reports are known$/)
  })
})

describe('fundamentals inventory against pandas', () => {
  const golden = (name: string): string =>
    readFileSync(fileURLToPath(new URL(`../fixtures/goldens/risk/${name}`, import.meta.url)), 'utf8')
  const figures = (
    JSON.parse(golden('fundamentals.json')) as {
      data: { last: Record<string, number>; five_year: Record<string, number> }
    }
  ).data

  it('has the change, surprise, z and five-year range that pandas has of the same stocks and consensus', async () => {
    const home = join(mkdtempSync(join(tmpdir(), 'contango-golden-')), 'desk')
    try {
      expect((await inside(['init', home])).code).toBe(0)
      const rows = golden('dataset_inventory.csv')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','))
      writeFileSync(
        join(home, 'stocks.csv'),
        ['date,value', ...rows.map(([date, level]) => `${date},${level}`)].join('\n'),
      )
      const consensus = rows.flatMap(([date, , change]) => (change === '' ? [] : [`${date},WCESTUS1,${change}`]))
      writeFileSync(join(home, 'consensus.csv'), ['period,series,change', ...consensus].join('\n'))
      const imported = await inside(words('fetch csv stocks.csv --series WCESTUS1'), { home, cwd: home })
      expect(imported.code, imported.stderr).toBe(0)
      const line = 'fundamentals inventory crude --consensus consensus.csv'
      const [crude] = (await data<FundamentalsInventoryData>(line, home)).series
      const { last, five_year: range } = figures
      expect(crude).toMatchObject({ series: 'WCESTUS1', period: '2024-12-20', expectedFrom: 'consensus' })
      expect([crude.level, crude.change, crude.surprise]).toEqual([last['level'], last['change'], last['surprise']])
      expect(crude.surpriseZ).toBeCloseTo(last['z52'], 10)
      expect([crude.fiveYear!.min, crude.fiveYear!.max]).toEqual([range['min'], range['max']])
      expect(crude.fiveYear!.mean).toBeCloseTo(range['avg'], 6)
      expect(crude.fiveYear!.z).toBeCloseTo(range['z'], 10)
      expect(crude.fiveYear!.deviationFraction).toBeCloseTo(range['dev_pct'], 10)
      expect(crude.fiveYear!.percentile).toBe(60)
    } finally {
      rmSync(join(home, '..'), { recursive: true, force: true })
    }
  })
})

if (weekly === null || positions === null)
  console.warn('the shared data is not here: fundamentals on it are not checked')
describe.skipIf(weekly === null || positions === null)('fundamentals on real data', () => {
  let home: string
  beforeAll(async () => {
    home = join(mkdtempSync(join(tmpdir(), 'contango-fundamentals-')), 'desk')
    expect((await inside(['init', home])).code).toBe(0)
    expect((await inside(['fetch', 'csv', weekly!, positions!], { home })).code).toBe(0)
  })
  afterAll(() => rmSync(join(home, '..'), { recursive: true, force: true }))

  it('knows Friday’s stocks from Wednesday on, or Thursday after a holiday', async () => {
    const at = async (asOf: string): Promise<string> => {
      const { series } = await data<FundamentalsInventoryData>(`fundamentals inventory crude --as-of ${asOf}`, home)
      return series[0].period
    }
    expect(await at('2024-06-11')).toBe('2024-05-31') // Tuesday
    expect(await at('2024-06-12')).toBe('2024-06-07') // Wednesday
    // Labor Day on Monday 2 September 2024
    expect(await at('2024-09-04')).toBe('2024-08-23')
    expect(await at('2024-09-05')).toBe('2024-08-30')
  })

  it('has the change of crude in the week to 20 December 2024: 416,779 less 421,016 kbbl', async () => {
    const { series } = await data<FundamentalsInventoryData>('fundamentals inventory crude --as-of 2024-12-31', home)
    expect(series[0]).toMatchObject({ period: '2024-12-20', level: 416_779, change: -4237, expectedFrom: 'model' })
    expect(series[0].surprise).toBeCloseTo(-4237 - series[0].expected!, 6)
  })

  it('takes a consensus where one is given, and has no z while it does not reach back a year', async () => {
    writeFileSync(join(home, 'consensus.csv'), 'period,series,change\n2024-12-20,WCESTUS1,-1900\n')
    const line = 'fundamentals inventory crude --as-of 2024-12-31 --consensus consensus.csv'
    const { series } = await data<FundamentalsInventoryData>(line, home)
    expect(series[0]).toMatchObject({ expected: -1900, expectedFrom: 'consensus', surprise: -2337, surpriseZ: null })
    expect(series[0].reasons['surpriseZ']).toBe('0 of the 52 surprises before are known')
  })

  it('adds up crude, gasoline and distillate: −4,237 + 1,630 − 1,694 kbbl in the week to 20 December 2024', async () => {
    const { series, total } = await data<FundamentalsInventoryData>('fundamentals inventory --as-of 2024-12-31', home)
    const three = ['crude', 'gasoline', 'distillate'].map((name) => series.find((one) => one.name === name)!)
    const sum = (of: (row: (typeof three)[number]) => number): number => three.reduce((all, row) => all + of(row), 0)
    expect(total).toMatchObject({
      series: ['WCESTUS1', 'WGTSTUS1', 'WDISTUS1'],
      period: '2024-12-20',
      change: sum(({ change }) => change!),
      expectedFrom: 'model',
    })
    expect(three.map(({ change }) => change)).toEqual([-4237, 1630, -1694])
    expect(total!.surprise).toBeCloseTo(
      sum(({ surprise }) => surprise!),
      6,
    )
    expect(total!.surpriseZ).toBeGreaterThan(-4)
    const alone = await data<FundamentalsInventoryData>('fundamentals inventory crude --as-of 2024-12-31', home)
    expect(alone.total).toBeNull()
  })

  it('says where a consensus covers only some of them', async () => {
    writeFileSync(join(home, 'consensus.csv'), 'period,series,change\n2024-12-20,WCESTUS1,-1900\n')
    const line = 'fundamentals inventory --as-of 2024-12-31 --consensus consensus.csv'
    const { total } = await data<FundamentalsInventoryData>(line, home)
    expect(total).toMatchObject({ expectedFrom: 'mixed', surpriseZ: null })
  })

  it('has the five years without 2020 beside those with it', async () => {
    const { series, assumptions } = await data<FundamentalsInventoryData>('fundamentals inventory crude', home)
    expect(assumptions.excludedYears).toEqual([2020])
    expect(series[0].fiveYear?.calendarYears).toEqual([2023, 2022, 2021, 2020, 2019])
    expect(series[0].fiveYearExcluding?.calendarYears).toEqual([2023, 2022, 2021, 2019, 2018])
    expect(series[0].fiveYearExcluding!.max).toBeLessThan(series[0].fiveYear!.max)
  })

  it('takes non-commercial traders where managed money is not in the lake', async () => {
    const { markets } = await data<FundamentalsPositioningData>('fundamentals positioning wti --as-of 2024-12-30', home)
    // Tuesday 17 December, published on Friday the 20th
    expect(markets[0]).toMatchObject({ group: 'non-commercial', period: '2024-12-17', knownOn: '2024-12-23' })
  })
})
