import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { copyWorkspace } from '../support/copy-workspace.js'
import { words, type Finished } from '../support/contango.js'
import { inside } from '../support/inside.js'

interface Document<Data> {
  readonly data: Data
  readonly error?: { readonly code: string }
}
let folder: string
let home: string
const run = (line: string): Promise<Finished> => inside(words(line), { cwd: folder, home })
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text)
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const dataOf = <T>(finished: Finished): T => (JSON.parse(finished.stdout) as Document<T>).data

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contango-diff-'))
  home = join(folder, 'home')
  copyWorkspace(inject('simHome'), home)
  expect((await run('var --book example --method normal -o var.json')).code).toBe(0)
  expect(
    (await run('backtest ma-crossover wti --equity equity.parquet --trades trades.csv --json -o bt.json -- --fast 5'))
      .code,
  ).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('contango diff', () => {
  it('says 0 of two equal documents and 10 of different ones, with old, new and delta', async () => {
    expect((await run('diff var.json var.json')).code).toBe(0)
    const document = JSON.parse(read('var.json')) as { data: { results: { varUsd: number }[] } }
    const was = document.data.results[0].varUsd
    document.data.results[0].varUsd = was + 1000
    put('moved.json', JSON.stringify(document))
    const moved = await run('diff var.json moved.json --json')
    expect(moved.code).toBe(10)
    const { differences } = dataOf<{ differences: { path: string; old: number; delta: number }[] }>(moved)
    expect(differences).toHaveLength(1)
    expect(differences[0]).toMatchObject({ path: 'data.results[method=normal,confidence=0.95].varUsd', old: was })
    expect(differences[0].delta).toBeCloseTo(1000, 6)
    expect((await run('diff var.json moved.json --tol data.results.*.varUsd=50%')).code).toBe(0)
    expect((await run('diff var.json moved.json --ignore data.results')).code).toBe(0)
    expect((await run('diff var.json moved.json --only data.components')).code).toBe(0)
    expect((await run('diff var.json moved.json --abs 1000.001')).code).toBe(0)
  })

  it('says 2 of what cannot be compared', async () => {
    put('broken.json', '{"schema": "contango.var/1"')
    put('foreign.json', '{"a": 1}')
    put('empty.csv', '')
    put('other.csv', 'x,y\n1,2\n')
    for (const pair of [
      'var.json bt.json',
      'var.json broken.json',
      'var.json foreign.json',
      'var.json trades.csv',
      'trades.csv empty.csv',
      'trades.csv other.csv',
      'var.json none.json',
    ]) {
      // prettier-ignore
      const finished = await run(`diff ${pair} --json`)
      expect(finished.code, pair).toBe(2)
      expect(finished.stderr, pair).toMatch(/^error: /)
    }
  })

  it('warns of a path that names nothing: a slip there would pass unseen', async () => {
    const finished = await run('diff var.json var.json --tol data.result.*.varUsd=1%')
    expect(finished.stderr).toContain('"data.result.*.varUsd" names nothing')
  })

  it('compares Parquet with CSV of the same table, by row key, simulated or not', async () => {
    expect((await run('backtest ma-crossover wti --equity equity.csv -- --fast 5')).code).toBe(0)
    expect((await run('diff equity.parquet equity.csv --abs 1e-9')).code).toBe(0)
    const lines = read('equity.csv').split('\n')
    const cells = lines[100].split(',')
    cells[1] = String(Number(cells[1]) + 0.5)
    put(
      'shifted.csv',
      [...lines.slice(0, 50), ...lines.slice(51, 100), cells.join(','), ...lines.slice(101)].join('\n'),
    )
    const finished = await run('diff equity.csv shifted.csv --json')
    const { differences } = dataOf<{ differences: { path: string; kind: string }[] }>(finished)
    expect(differences.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      `removed rows[date=${lines[50].split(',')[0]}]`,
      `changed rows[date=${cells[0]}].close`,
    ])
  })
})

describe('contango verify', () => {
  it('runs the command of a document again and says that it holds, with what stands after --', async () => {
    for (const file of ['var.json', 'bt.json']) {
      const finished = await run(`verify ${file} --json`)
      expect(finished.code, finished.stderr).toBe(0)
      expect(dataOf(finished)).toMatchObject({ holds: true, causes: [], differencesCount: 0 })
    }
  })

  it('says 10 and names data, config or code, whichever changed', async () => {
    const document = JSON.parse(read('var.json')) as {
      inputs: Record<string, unknown>[]
      data: { results: { varUsd: number }[] }
    }
    document.data.results[0].varUsd += 1
    put('code.json', JSON.stringify(document))
    const code = await run('verify code.json --json')
    expect(code.code).toBe(10)
    expect(dataOf(code)).toMatchObject({ holds: false, causes: ['code'], differencesCount: 1 })
    document.inputs.find((input) => input['series'] === 'CL')!['sha256'] = '0'.repeat(64)
    put('data.json', JSON.stringify(document))
    expect(dataOf(await run('verify data.json --json'))).toMatchObject({ causes: ['data'] })
  })

  it('takes a file of the command line from beside the document, and says when it changed', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `2023-${String(1 + Math.floor(i / 28)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')},${70 + Math.sin(i)}`) // prettier-ignore
    put('px.csv', ['date,CL', ...rows, ''].join('\n'))
    expect(
      (await run('var --prices px.csv --position CL=1 --multiplier CL=1000 --method historical -o px.json')).code,
    ).toBe(0)
    expect((await run('verify px.json')).code).toBe(0)
    put('px.csv', ['date,CL', ...rows.slice(0, -1), '2023-03-04,90', ''].join('\n'))
    const changed = await run('verify px.json --json')
    expect(changed.code).toBe(10)
    expect(dataOf(changed)).toMatchObject({ holds: false, causes: ['file'] })
    rmSync(join(folder, 'px.csv'))
    const gone = await run('verify px.json')
    expect(gone.code).toBe(4)
    expect(gone.stderr).toContain('--file PATH/px.csv')
  })

  it('refuses what it cannot run again', async () => {
    put(
      'fetch.json',
      JSON.stringify({ schema: 'contango.fetch-csv/1', params: {}, inputs: [], data: {}, asOf: null, ok: true }),
    )
    for (const file of ['fetch.json', 'trades.csv']) expect((await run(`verify ${file}`)).code).toBe(2)
  })
})
