import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FundamentalsOpecData } from '../../src/lib/documents/fundamentals-opec.js'
import type { FundamentalsTurnaroundsData } from '../../src/lib/documents/fundamentals-turnarounds.js'
import { words, type Finished } from '../support/contango.js'
import { inside } from '../support/inside.js'
import { startEiaServer } from '../support/eia-server.js'
import { withoutPatience } from '../support/impatient.js'

let folder: string
let home: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contango-opec-'))
  home = join(folder, 'desk')
  expect((await inside(['init', home])).code).toBe(0)
  withoutPatience(home, 'eia.yaml')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (line: string, env: Record<string, string> = {}): Promise<Finished> =>
  inside(words(line), { home, cwd: home, env })
async function data<T>(line: string): Promise<T> {
  const finished = await run(`${line} --json`)
  expect(finished.code, finished.stderr).toBe(0)
  return (JSON.parse(finished.stdout) as { data: T }).data
}
const code = async (line: string): Promise<[number | null, string]> => {
  const finished = await run(`${line} --json`)
  return [finished.code, (JSON.parse(finished.stdout) as { error: { code: string } }).error.code]
}

describe('fundamentals opec, from EIA’s server and a quota file to the answer', () => {
  beforeAll(async () => {
    expect(await code('fundamentals opec')).toEqual([4, 'NO_DATA'])
    const eia = await startEiaServer()
    const unit = 'million barrels per day'
    const monthly = (...values: number[]): [string, number][] => values.map((value, i) => [`2025-0${i + 1}`, value])
    eia.series.set('COPR_SA', { route: 'steo', unit, rows: monthly(9, 9.3) })
    eia.series.set('COPR_IZ', { route: 'steo', unit, rows: monthly(4.1, 3.8) })
    eia.series.set('COPR_IR', { route: 'steo', unit, rows: monthly(3.3, 3.4) })
    eia.series.set('COPC_OPEC', { route: 'steo', unit, rows: monthly(32, 32, 32.5) })
    eia.series.set('COPS_OPEC', { route: 'steo', unit, rows: monthly(4.2, 4.0, 3.9) })
    const ids = ['COPR_SA', 'COPR_IZ', 'COPR_IR', 'COPC_OPEC', 'COPS_OPEC'].map((id) => `--series ${id}`).join(' ')
    const fetched = await run(`fetch eia ${ids}`, { EIA_API_KEY: eia.key, CONTANGO_EIA_BASE_URL: eia.baseUrl })
    expect(fetched.code, fetched.stderr).toBe(0)
    await eia.close()
  })

  it('has production and the groups’ spare capacity without quotas', async () => {
    const { month, total, members, spare, skipped } = await data<FundamentalsOpecData>('fundamentals opec')
    expect(month).toBe('2025-02-01')
    expect(total).toBeNull()
    expect(members.map(({ country, production }) => [country, production])).toEqual([
      ['SA', 9.3],
      ['IZ', 3.8],
      ['IR', 3.4],
    ])
    expect(members[0].reasons['quota']).toContain('contango fetch opec-quotas FILE')
    expect(spare).toEqual([{ group: 'OPEC', name: 'OPEC', capacity: 32, spare: 4, spareFraction: 0.125 }])
    expect(skipped.map(({ name }) => name)).toContain('RS')
  })

  it('is (10.5 − 9.3) ÷ 1.5 = 80 % of Saudi Arabia, 1.8 ÷ 1.9 of both, 0.3 × 28 = 8.4 million bbl owed', async () => {
    writeFileSync(
      join(home, 'quotas.csv'),
      'country,from,baseline,quota,announced,capacity\nSA,2025-01-01,10.5,9.0,2024-12-05,12\nIZ,2025-01-01,4.4,4.0,2024-12-05,\n',
    )
    expect((await run('fetch opec-quotas quotas.csv')).code).toBe(0)
    const { total, members } = await data<FundamentalsOpecData>('fundamentals opec')
    const [sa, iz, ir] = members
    expect(sa.compliance).toBeCloseTo(80, 9)
    expect(sa.overQuota).toBeCloseTo(0.3, 12)
    expect(sa.owed).toBeCloseTo(8.4, 9)
    expect([sa.capacity, sa.spare]).toEqual([12, 2.7])
    expect(sa.spareFraction).toBeCloseTo(0.225, 12)
    expect(iz.compliance).toBeCloseTo(150, 9)
    // 0.1 over in January, under in February: what is owed is not paid back by under-production
    expect(iz.owed).toBeCloseTo(3.1, 9)
    expect(iz.reasons['spare']).toContain('no capacity in the quota file')
    expect(ir).toMatchObject({ quota: null, compliance: null })
    expect(total!.members).toBe(2)
    expect(total!.compliance).toBeCloseTo((100 * 1.8) / 1.9, 9)
    expect(total!.complianceWithoutCredit).toBeCloseTo((100 * 1.6) / 1.9, 9)
  })

  it('knows February’s production from the end of March on, and no quota before its announcement', async () => {
    const at = (asOf: string): Promise<FundamentalsOpecData> => data(`fundamentals opec --as-of ${asOf}`)
    expect((await at('2025-03-28')).month).toBe('2025-01-01')
    expect((await at('2025-03-31')).month).toBe('2025-02-01')
    writeFileSync(
      join(home, 'late.csv'),
      'country,from,baseline,quota,announced\nSA,2025-01-01,10.5,9.0,2024-12-05\nSA,2025-02-01,10.5,8.0,2025-06-02\n',
    )
    expect((await run('fetch opec-quotas late.csv')).code).toBe(0)
    expect((await at('2025-06-02')).members[0].quota).toBe(9)
    expect((await at('2025-06-03')).members[0].quota).toBe(8)
  })

  it('draws, and answers in every form', async () => {
    expect((await run('fundamentals opec --chart -o opec.svg')).code).toBe(0)
    expect(readFileSync(join(home, 'opec.svg'), 'utf8')).toContain('quota')
    // production is a line between its months; a quota holds until the next one
    expect((await run('fundamentals opec --chart -o opec.vl.json')).code).toBe(0)
    const lines = [...readFileSync(join(home, 'opec.vl.json'), 'utf8').matchAll(/"mark":\{"type":"line"[^}]*\}/g)]
    expect(lines.map(([mark]) => mark.includes('"interpolate":"step-after"'))).toEqual([false, true])
    const csv = (await run('fundamentals opec -f csv')).stdout.trim().split('\n')
    expect(csv[0]).toBe('month,country,name,production,baseline,quota,overQuota,compliance,owed,capacity,spare')
    expect(csv).toHaveLength(4)
    expect((await run('fundamentals opec')).stdout).toContain('Saudi Arabia')
    expect(await code('fundamentals opec --month 2031-01')).toEqual([4, 'NO_DATA'])
  })
})

describe('fundamentals turnarounds, from a file to the answer', () => {
  it('is no data before, and refuses a file that is wrong with the line', async () => {
    expect(await code('fundamentals turnarounds')).toEqual([4, 'NO_DATA'])
    writeFileSync(
      join(home, 'wrong.csv'),
      'refinery,unit,region,capacity_kbd,start,end,announced\nBaytown,CDU,PADD3,70,2024-02-16,2024-02-07,2023-12-11\n',
    )
    const refused = await run('fetch turnarounds wrong.csv --json')
    expect(refused.code).toBe(6)
    expect(refused.stderr).toContain('wrong.csv line 2: ends on 2024-02-07, before it starts on 2024-02-16')
    expect(await code('fundamentals turnarounds')).toEqual([4, 'NO_DATA'])
  })

  it('is mean kb/d offline by week and region: 70 off for three days of seven is 30', async () => {
    writeFileSync(
      join(home, 'maintenance.csv'),
      [
        'refinery,unit,region,capacity_kbd,start,end,announced',
        'Baytown,CDU 8,PADD3,70,2024-02-07,2024-02-16,2023-12-11',
        'Whiting,CDU 12,PADD2,35,2024-02-10,2024-02-23,2024-02-09',
        '',
      ].join('\n'),
    )
    expect((await run('fetch turnarounds maintenance.csv')).code).toBe(0)
    const all = await data<FundamentalsTurnaroundsData>('fundamentals turnarounds')
    expect(all).toMatchObject({ unit: 'kb/d', from: '2024-02-09', to: '2024-02-23' })
    expect(all.weeks).toEqual([
      { period: '2024-02-09', offline: { ALL: 30, PADD2: 0, PADD3: 30 } },
      { period: '2024-02-16', offline: { ALL: 105, PADD2: 35, PADD3: 70 } },
      { period: '2024-02-23', offline: { ALL: 35, PADD2: 35, PADD3: 0 } },
    ])
    expect(all.regions.find(({ region }) => region === 'ALL')).toMatchObject({ peak: 105, peakWeek: '2024-02-16' })
    const window = await data<FundamentalsTurnaroundsData>('fundamentals turnarounds --from 2024-02-12 --to 2024-02-20')
    expect(window.weeks.map(({ period }) => period)).toEqual(['2024-02-16'])
  })

  it('knows what was announced by then: Whiting on Friday the 9th, so Monday’s decision has it', async () => {
    const peak = async (asOf: string): Promise<number> => {
      const { weeks } = await data<FundamentalsTurnaroundsData>(`fundamentals turnarounds --as-of ${asOf}`)
      return weeks.find(({ period }) => period === '2024-02-16')!.offline['ALL']
    }
    expect(await peak('2024-02-09')).toBe(70)
    expect(await peak('2024-02-12')).toBe(105)
    expect(await code('fundamentals turnarounds --as-of 2023-12-11')).toEqual([4, 'NO_DATA'])
  })

  it('draws, and leaves nothing behind of a row that was taken out', async () => {
    expect((await run('fundamentals turnarounds --chart -o offline.svg')).code).toBe(0)
    expect(readFileSync(join(home, 'offline.svg'), 'utf8')).toContain('105')
    writeFileSync(
      join(home, 'maintenance.csv'),
      'refinery,unit,region,capacity_kbd,start,end,announced\nBaytown,CDU 8,PADD3,70,2024-03-09,2024-03-15,2023-12-11\n',
    )
    expect((await run('fetch turnarounds maintenance.csv')).code).toBe(0)
    const { weeks, regions } = await data<FundamentalsTurnaroundsData>('fundamentals turnarounds')
    expect(weeks.map(({ offline }) => offline['ALL'])).toEqual([70])
    expect(regions.map(({ region }) => region)).toEqual(['ALL', 'PADD3'])
  })
})
