import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { words } from '../support/contango.js'
import { inside } from '../support/inside.js'

let folder: string
/** A copy of the simulated workspace that a test may damage. */
let home: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-data-'))
  home = join(folder, 'home')
  // Other tests read the same lake meanwhile: SQLite's -wal and -shm come and go, and the lake is in none of them.
  cpSync(inject('simHome'), home, { recursive: true, filter: (path) => !/-(wal|shm)$/.test(path) })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (line: string) => inside(words(line), { home, cwd: folder })

interface Listed {
  kind: string
  name: string
  source: string
  rows: number
  first: string
  last: string
  sha256: string
  path: string
}
async function listed(line = 'data ls --json'): Promise<Listed[]> {
  const { stdout, stderr, code } = await run(line)
  expect(code, stderr).toBe(0)
  return (JSON.parse(stdout) as { data: { datasets: Listed[] } }).data.datasets
}
interface Checked {
  checked: { path: string; refused: number }[]
  problems: { path: string; problem: string }[]
  rebuilt: { datasets: number; skipped: string[] } | null
}
async function checked(line: string): Promise<{ code: number | null; data: Checked }> {
  const { stdout, stderr, code } = await run(line)
  expect(stdout, stderr).not.toBe('')
  return { code, data: (JSON.parse(stdout) as { data: Checked }).data }
}

describe('data ls', () => {
  it('filters by kind, name and source', async () => {
    const all = await listed()
    expect(all.length).toBeGreaterThan(10)
    const crude = await listed('data ls --name CL --json')
    expect(crude.map(({ kind, source }) => `${kind} ${source}`)).toEqual(['bars sim', 'curves sim'])
    expect(await listed('data ls --kind curves --json')).toEqual(all.filter(({ kind }) => kind === 'curves'))
    expect(await listed('data ls --source eia --json')).toEqual([])
  })

  it('of an empty lake is an answer without rows, with the way to fill it on stderr', async () => {
    await inside(['init', 'empty'], { cwd: folder })
    const { code, stdout, stderr } = await inside(['data', 'ls', '-f', 'csv'], { home: join(folder, 'empty') })
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toContain('contango fetch sim')
  })
})

describe('data inspect', () => {
  it('shows each kind of a name, the extremes and the last rows', async () => {
    const { stdout } = await run('data inspect CL --rows 2 --json')
    const { datasets } = (JSON.parse(stdout) as { data: { datasets: Record<string, unknown>[] } }).data
    expect(datasets.map(({ kind }) => kind)).toEqual(['bars', 'curves'])
    const curve = datasets[1] as { rows: number; days: number; lastRows: object[]; columns: { name: string }[] }
    expect(curve.rows).toBe(curve.days * 36)
    expect(curve.lastRows).toHaveLength(2)
    expect(curve.columns.slice(0, 4).map(({ name }) => name)).toEqual(['date', 'contract_month', 'rank', 'settlement'])
  })

  it('says what comes close where there is no such name', async () => {
    const { code, stderr } = await run('data inspect cl')
    expect(code).toBe(4)
    expect(stderr).toContain('it has bars CL from sim, curves CL from sim')
  })
})

describe('data export', () => {
  it('writes the same rows as CSV and as Parquet that DuckDB reads', async () => {
    const csv = await run('data export CL --kind curves --from 2023-12-28 -f csv')
    const lines = csv.stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('date,contract,contract_month,rank,settlement,open_interest,volume')
    expect(lines).toHaveLength(1 + 2 * 36)
    expect(lines[1]).toMatch(/^2023-12-28,CLG24,202402,1,\d+\.\d+,\d+,\d+$/)
    const written = await run('data export CL --kind curves --from 2023-12-28 -o crude.parquet --json')
    expect(written.code, written.stderr).toBe(0)
    expect((JSON.parse(written.stdout) as { data: object }).data).toMatchObject({ file: 'crude.parquet', rows: 72 })
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const result = await connection.runAndReadAll(`SELECT * FROM '${join(folder, 'crude.parquet')}' LIMIT 1`)
    expect(result.columnTypes().map(String)).toEqual([
      'DATE',
      'VARCHAR',
      'INTEGER',
      'INTEGER',
      'DOUBLE',
      'DOUBLE',
      'DOUBLE',
    ])
    expect(Object.values(result.getRowObjectsJson()[0]).join(',')).toBe(lines[1])
    connection.closeSync()
    instance.closeSync()
  })

  it('comes back through fetch csv as the same settlements, by CSV and by Parquet', async () => {
    await run('data export CL --kind curves -o crude.csv')
    expect((await run('fetch csv crude.csv --symbol CL --unit USD/bbl --source-name one')).code).toBe(0)
    await run('data export CL --kind curves --source one -o crude.parquet')
    expect((await run('fetch csv crude.parquet --symbol CL --unit USD/bbl --source-name two')).code).toBe(0)
    const hashes = (await listed('data ls --name CL --kind curves --json')).map(({ sha256 }) => sha256)
    expect(hashes).toHaveLength(3)
    expect(new Set(hashes).size).toBe(1)
  })

  it('a Parquet file of simulated data says so, and is never filed as market data', async () => {
    await run('data export CL --kind curves -o crude.parquet')
    const { code, stderr } = await run('fetch csv crude.parquet --symbol CL --unit USD/bbl')
    expect(code).toBe(6)
    expect(stderr).toContain('simulated')
  })

  it('asks which kind is meant, and shows a series as it was known', async () => {
    const { code, stderr } = await run('data export CL')
    expect(code).toBe(2)
    expect(stderr).toContain('add --kind bars or --kind curves')
    const { stdout } = await run('data export WCESTUS1 --as-of 2023-06-30 -f csv')
    const [period, known] = stdout.trimEnd().split('\n').at(-1)!.split(',')
    expect([period, known]).toEqual(['2023-06-23', '2023-06-28'])
  })
})

describe('data check', () => {
  it('finds every file sound after a fetch', async () => {
    const { code, data } = await checked('data check --json')
    expect(code).toBe(0)
    expect(data.problems).toEqual([])
    expect(data.checked.length).toBe((await listed()).length)
    expect(data.checked.reduce((sum, { refused }) => sum + refused, 0)).toBe(0)
  })

  it('exits 10 for a file that is cut short, gone, unknown, in the wrong place or no lake file', async () => {
    const [brent, crude, gas, heating] = ['BRN', 'CL', 'NG', 'HO'].map(
      (name) => `lake/curves/product=${name}/source=sim`,
    )
    const at = (path: string): string => join(home, 'data', path)
    truncateSync(at(`${brent}/data.parquet`), 1000)
    rmSync(at(gas), { recursive: true })
    cpSync(at(crude), at(crude.replace('=sim', '=desk')), { recursive: true })
    cpSync(at(crude), at(heating), { recursive: true })
    writeFileSync(at('lake/notes.txt'), 'mine\n')
    const { code, data } = await checked('data check --json')
    expect(code).toBe(10)
    expect(data.problems.map(({ path, problem }) => `${problem} ${path}`).sort()).toEqual([
      `damaged ${brent}/data.parquet`,
      'foreign lake/notes.txt',
      `misplaced ${crude.replace('=sim', '=desk')}/data.parquet`,
      `misplaced ${heating}/data.parquet`,
      `missing ${gas}/data.parquet`,
    ])
  })

  it('--rebuild makes the catalogue anew, byte for byte, after contango.db was deleted', async () => {
    const before = await listed()
    for (const file of ['contango.db', 'contango.db-wal', 'contango.db-shm'])
      rmSync(join(home, 'data', file), { force: true })
    expect(await listed()).toEqual([])
    const unknown = await checked('data check --json')
    expect(unknown.code).toBe(10)
    expect(new Set(unknown.data.problems.map(({ problem }) => problem))).toEqual(new Set(['orphan']))
    const { code, data } = await checked('data check --rebuild --json')
    expect(code).toBe(0)
    expect(data.rebuilt).toEqual({ datasets: before.length, skipped: [] })
    expect(await listed()).toEqual(before)
  })

  it('looks at the named datasets only, and knows no others', async () => {
    const { data } = await checked('data check RB HO --json')
    expect(new Set(data.checked.map(({ path }) => path.split('/')[2].split('=')[1]))).toEqual(new Set(['RB', 'HO']))
    expect((await run('data check NOTHING')).code).toBe(4)
  })

  it('does not touch a file', async () => {
    const path = join(home, 'data', (await listed())[0].path)
    const before = readFileSync(path)
    await run('data check')
    await run('data check --rebuild')
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})
