import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isoFromDay } from '../../../src/lib/kernel/day.js'
import type { SeriesColumns } from '../../../src/lib/market/dataset.js'
import { readConsensus } from '../../../src/lib/sources/user-file/consensus.js'
import { readOpecQuotas } from '../../../src/lib/sources/user-file/opec-quotas.js'
import { readTurnarounds } from '../../../src/lib/sources/user-file/turnarounds.js'
import { builtInMarket, day } from '../../market/market.js'

const calendar = builtInMarket().calendar('NYMEX')
const { signal } = new AbortController()
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-user-file-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}
const rowsOf = ({ period, knownOn, value }: SeriesColumns): [string, string, number][] =>
  Array.from(period, (week, i) => [isoFromDay(week), isoFromDay(knownOn[i]), value[i]])
async function refused(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    return `${(error as { kind: string }).kind} ${(error as { code: string }).code}: ${(error as Error).message}`
  }
  throw new Error('it was not refused')
}

const TURNAROUNDS = 'refinery,unit,region,capacity_kbd,start,end,announced'

describe('turnarounds', () => {
  it('become mean kb/d offline by week: 70 kb/d off from Wednesday to Friday is 30 in that week', async () => {
    const path = file('t.csv', TURNAROUNDS, 'Baytown,CDU,PADD3,70,2024-02-07,2024-02-16,2023-12-11')
    const [region, all] = await readTurnarounds(path, calendar, signal)
    expect(region.id).toBe('TURNAROUND_PADD3')
    expect(rowsOf(region)).toEqual([
      ['2024-02-09', '2023-12-12', 30],
      ['2024-02-16', '2023-12-12', 70],
    ])
    expect(rowsOf(all)).toEqual(rowsOf(region))
  })

  it('are known from their announcement on: what comes later is a new vintage of the same week', async () => {
    const path = file(
      't.csv',
      TURNAROUNDS,
      'Baytown,CDU,PADD3,70,2024-02-10,2024-02-16,2023-12-11',
      'Whiting,CDU,PADD2,35,2024-02-10,2024-02-16,2024-02-09',
    )
    const all = (await readTurnarounds(path, calendar, signal)).at(-1)!
    // Friday 9 February, known to Monday's decision
    expect(rowsOf(all)).toEqual([
      ['2024-02-16', '2023-12-12', 70],
      ['2024-02-16', '2024-02-12', 105],
    ])
  })

  it('with a row that cannot be right are refused, with line and reason', async () => {
    const cases: [string, string][] = [
      ['Baytown,CDU,PADD3,70,2024-02-16,2024-02-07,2023-12-11', 'refused ENDS_BEFORE_START: t.csv line 2'],
      [
        'Baytown,CDU,PADD3,-5,2024-02-07,2024-02-16,2023-12-11',
        'refused CELL_WRONG: t.csv line 2, column capacity_kbd',
      ],
      ['Baytown,CDU,PADD3,70,2024-02-30,2024-03-01,2023-12-11', 'refused CELL_WRONG: t.csv line 2, column start'],
      ['Baytown,CDU,gulf,70,2024-02-07,2024-02-16,2023-12-11', 'refused CELL_WRONG: t.csv line 2, column region'],
      ['Baytown,CDU,PADD3,70,2024-02-07,2025-12-31,2023-12-11', 'refused TOO_LONG: t.csv line 2'],
    ]
    for (const [row, says] of cases) {
      const path = file('t.csv', TURNAROUNDS, row)
      expect(await refused(readTurnarounds(path, calendar, signal))).toContain(says)
    }
    const other = file('t.csv', 'refinery,start,end,kbd', 'Baytown,2024-02-07,2024-02-16,70')
    expect(await refused(readTurnarounds(other, calendar, signal))).toContain(
      'refused COLUMNS_WRONG: t.csv lacks the column',
    )
  })
})

const QUOTAS = 'country,from,baseline,quota,announced'

describe('quotas', () => {
  it('hold from their month on, and what was announced later is a vintage of its own', async () => {
    const path = file('q.csv', QUOTAS, 'SA,2025-01-01,10.5,9.0,2024-12-05', 'SA,2025-03-01,10.5,9.2,2025-03-03')
    const [, quota] = await readOpecQuotas(path, new Set(['SA']), calendar, signal)
    expect(quota.id).toBe('OPEC_QUOTA_SA')
    expect(rowsOf(quota)).toEqual([
      ['2025-01-01', '2024-12-06', 9],
      ['2025-02-01', '2024-12-06', 9],
      ['2025-03-01', '2024-12-06', 9],
      ['2025-03-01', '2025-03-04', 9.2],
    ])
  })

  it('may say what a country can sustain, in some rows or none', async () => {
    const path = file(
      'q.csv',
      `${QUOTAS},capacity`,
      'SA,2025-01-01,10.5,9.0,2024-12-05,12',
      'IZ,2025-01-01,4.4,4.0,2024-12-05,',
    )
    const series = await readOpecQuotas(path, new Set(['SA', 'IZ']), calendar, signal)
    expect(series.map(({ id }) => id)).toEqual([
      ...['OPEC_BASELINE_SA', 'OPEC_QUOTA_SA', 'OPEC_CAPACITY_SA', 'OPEC_BASELINE_IZ', 'OPEC_QUOTA_IZ'],
    ])
    expect(rowsOf(series[2])).toEqual([['2025-01-01', '2024-12-06', 12]])
  })

  it('with a row that cannot be right are refused', async () => {
    const cases: [string, string][] = [
      ['XX,2025-01-01,10.5,9.0,2024-12-05', 'UNKNOWN_COUNTRY'],
      ['SA,2025-01-15,10.5,9.0,2024-12-05', 'NOT_A_MONTH'],
      ['SA,2025-01-01,9.0,10.5,2024-12-05', 'QUOTA_OVER_BASELINE'],
      ['SA,2025-01-01,ten,9,2024-12-05', 'CELL_WRONG'],
    ]
    for (const [row, code] of cases) {
      const path = file('q.csv', QUOTAS, row)
      expect(await refused(readOpecQuotas(path, new Set(['SA']), calendar, signal))).toContain(code)
    }
  })
})

describe('a consensus', () => {
  it('is a change by series and week, each once', async () => {
    const path = file('c.csv', 'period,series,change', '2024-12-20,WCESTUS1,-1800', '2024-12-27,WCESTUS1,250')
    const expected = await readConsensus(path, signal)
    expect(expected.get('WCESTUS1')?.get(day('2024-12-27'))).toBe(250)
    const twice = file('c.csv', 'period,series,change', '2024-12-20,WCESTUS1,1', '2024-12-20,WCESTUS1,2')
    expect(await refused(readConsensus(twice, signal))).toContain('ROW_TWICE')
  })
})
