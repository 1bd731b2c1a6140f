import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FetchCsvData } from '../../../src/lib/documents/fetch-csv.js'
import { inside } from '../../support/inside.js'
import { fixture } from './desk.js'

let home: string

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'contango-csv-'))
  await inside(['init', home])
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function fetched(...args: string[]): Promise<FetchCsvData> {
  const { stdout, stderr, code } = await inside(['fetch', 'csv', ...args, '--json'], { home })
  expect(code, stderr).toBe(0)
  return (JSON.parse(stdout) as { data: FetchCsvData }).data
}

const lakeFiles = (): string[] =>
  readdirSync(join(home, 'data'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'))

describe('contango fetch csv', () => {
  it('stores what a file holds and says what was ignored; the second time it adds nothing', async () => {
    const first = await fetched(fixture('ranks.csv'))
    expect(first.datasets.map(({ name, read, added }) => [name, read, added])).toEqual([
      ['BRN', 4, 4],
      ['CL', 8, 8],
      ['HO', 3, 3],
    ])
    expect(first.ignoredColumns).toEqual([
      { file: 'ranks.csv', column: 'note', reason: 'is no rank of a known product' },
    ])
    const second = await fetched(fixture('ranks.csv'))
    expect(second.datasets.map(({ added, revised }) => [added, revised])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ])
    expect(second.datasets.map(({ sha256 }) => sha256)).toEqual(first.datasets.map(({ sha256 }) => sha256))
  })
  it('gives the curve that the file holds', async () => {
    await fetched(fixture('ranks.csv'))
    const { stdout } = await inside(['curve', 'wti', '--as-of', '2020-04-20', '--json'], { home })
    const { data, inputs } = JSON.parse(stdout) as {
      data: { points: { contract: string; settlement: number }[] }
      inputs: { source?: string; simulated?: boolean }[]
    }
    expect(data.points.map(({ contract, settlement }) => [contract, settlement])).toEqual([
      ['CLK20', -37.63],
      ['CLM20', 20.43],
    ])
    expect(inputs[0]).toMatchObject({ source: 'csv', simulated: false })
  })
  it('imports all files of a call or none', async () => {
    const { code, stdout } = await inside(['fetch', 'csv', fixture('ranks.csv'), fixture('number-bad.csv'), '--json'], {
      home,
    })
    expect(code).toBe(6)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: 'NUMBER_UNPARSABLE', details: { file: 'number-bad.csv', line: 3, column: 'CL02' } },
    })
    expect(lakeFiles()).toEqual([])
  })
  it('only looks under --dry-run', async () => {
    const data = await fetched(fixture('ranks.csv'), '--dry-run')
    expect(data.dryRun).toBe(true)
    expect(data.datasets[1]).toMatchObject({ name: 'CL', read: 8, rows: null, first: '2020-04-17', last: '2020-04-22' })
    expect(lakeFiles()).toEqual([])
  })
  it('reads standard input', async () => {
    const stdin = readFileSync(fixture('eia_wti_spot_daily.csv'))
    const { stdout } = await inside(['fetch', 'csv', '-', '--series', 'RWTC', '--json'], { home, stdin })
    expect((JSON.parse(stdout) as { data: FetchCsvData }).data.datasets).toMatchObject([{ name: 'RWTC', added: 3 }])
  })
  it('files under another source on request, but never under the simulator’s', async () => {
    expect((await fetched(fixture('ranks.csv'), '--source-name', 'desk')).datasets[0].source).toBe('desk')
    const { code, stderr } = await inside(['fetch', 'csv', fixture('ranks.csv'), '--source-name', 'sim'], { home })
    expect([code, /belongs to the simulator/.test(stderr)]).toEqual([2, true])
  })
  it('drops days that disagree, and refuses them under --strict', async () => {
    const { code } = await inside(['fetch', 'csv', fixture('duplicates.csv'), '--strict'], { home })
    expect(code).toBe(6)
    expect(lakeFiles()).toEqual([])
    const { datasets, findings } = await fetched(fixture('duplicates.csv'))
    expect(datasets[0]).toMatchObject({ read: 8, rows: 3, dropped: 5 })
    expect(findings.filter(({ reason }) => reason === 'conflicting-duplicate').map(({ value }) => value)).toEqual([
      11.57, 11.75,
    ])
  })
  it('compares a table of last trading days and stores nothing', async () => {
    const data = await fetched(fixture('expiries.csv'))
    expect(data.files[0].expiries).toMatchObject({ rows: 3, agree: 1, mislabelled: 1 })
    expect(data.datasets).toEqual([])
    expect(lakeFiles()).toEqual([])
  })
  it('wants a file', async () => {
    expect((await inside(['fetch', 'csv'], { home })).code).toBe(2)
    expect((await inside(['fetch', 'csv', 'no-such.csv'], { home })).code).toBe(2)
    expect((await inside(['fetch', 'csv', fixture('ranks.csv'), '--map', 'CL01'], { home })).code).toBe(2)
  })
})
