import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { copyWorkspace } from '../support/copy-workspace.js'
import { words, type Finished } from '../support/contango.js'
import { inside, type InsideOptions } from '../support/inside.js'

let folder: string
let home: string
const SEARCH = 'ma-crossover wti --constraint "fast<slow" --folds 2'
const GRID = '-- --fast 5:20:5 --slow 10,20,40'
const run = (line: string, extra: InsideOptions = {}): Promise<Finished> =>
  inside(words(line), { home, cwd: folder, ...extra })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contango-shards-'))
  home = join(folder, 'home')
  copyWorkspace(inject('simHome'), home)
  for (const name of ['shards', 'some', 'twice', 'other', 'moved']) mkdirSync(join(folder, name))
  const env = { JOB_COMPLETION_INDEX: '1', JOB_COMPLETIONS: '3' }
  for (const [place, extra] of [
    ['1/3', {}],
    ['auto', { env }],
    ['3/3', {}],
  ] as const) {
    const file = `shards/${place === 'auto' ? 2 : place[0]}.parquet`
    const { code, stderr } = await run(
      `optimize ${SEARCH} --no-store --shard ${place} --cells ${file} --json ${GRID}`,
      extra,
    )
    expect(code, stderr).toBe(0)
  }
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const put = (from: string, to: string): void => copyFileSync(join(folder, 'shards', from), join(folder, to))

describe('contango optimize --shard and merge', () => {
  it('prints after a merge the bytes of one run of the whole search, and computes no cell again', async () => {
    const whole = await run(`optimize ${SEARCH} --no-store --json ${GRID}`)
    expect(whole.code, whole.stderr).toBe(0)
    const merged = await run('optimize merge shards --json')
    expect(merged.code, merged.stderr).toBe(0)
    expect(merged.stdout === whole.stdout).toBe(true)
    const plan = await run(`optimize ${SEARCH} --dry-run --json ${GRID}`)
    expect((JSON.parse(plan.stdout) as { data: object }).data).toMatchObject({ cells: 8, kept: 8 })
    expect((await run('optimize merge shards --json')).stdout === whole.stdout).toBe(true)
  })

  it('names the shards that are missing, twice there, or of another search', async () => {
    put('1.parquet', 'some/1.parquet')
    const missing = await run('optimize merge some')
    expect([missing.code, missing.stderr]).toEqual([4, expect.stringContaining('2/3, 3/3')])
    for (const name of ['1', '2', '3']) put(`${name}.parquet`, `twice/${name}.parquet`)
    put('2.parquet', 'twice/copy.parquet')
    const twice = await run('optimize merge twice')
    expect([twice.code, twice.stderr]).toEqual([6, expect.stringContaining('copy.parquet are both shard 2/3')])
    put('1.parquet', 'other/1.parquet')
    await run('optimize ma-crossover wti --shard 2/3 --cells other/2.parquet -- --fast 5,6 --slow 20')
    const other = await run('optimize merge other')
    expect([other.code, other.stderr]).toEqual([6, expect.stringContaining('2.parquet is a shard of another search')])
    writeFileSync(join(folder, 'moved', 'x.parquet'), 'no parquet')
    expect((await run('optimize merge moved')).code).toBe(6)
    expect((await run('optimize merge nowhere')).code).toBe(4)
  })

  it('refuses a shard whose file is cut, or has one byte changed, and an empty folder, and keeps nothing of them', async () => {
    const bytes = readFileSync(join(folder, 'shards', '2.parquet'))
    const kept = (): number => readdirSync(join(home, 'data', 'sweeps'), { recursive: true }).length
    const before = kept()
    const damages: [string, Buffer][] = [
      ['cut at the end', bytes.subarray(0, -20)],
      ['cut in the middle', Buffer.concat([bytes.subarray(0, 400), bytes.subarray(900)])],
      ['changed', Buffer.from(bytes.map((byte, at) => (at === 300 ? byte ^ 16 : byte)))],
      ['empty', Buffer.alloc(0)],
    ]
    for (const [what, damaged] of damages) {
      rmSync(join(folder, 'damaged'), { recursive: true, force: true })
      mkdirSync(join(folder, 'damaged'))
      for (const name of ['1', '3']) put(`${name}.parquet`, `damaged/${name}.parquet`)
      writeFileSync(join(folder, 'damaged', '2.parquet'), damaged)
      const finished = await run('optimize merge damaged')
      expect([finished.code, finished.stderr], what).toEqual([6, expect.stringContaining('2.parquet')])
    }
    mkdirSync(join(folder, 'empty'))
    const empty = await run('optimize merge empty')
    expect([empty.code, empty.stderr]).toEqual([4, expect.stringContaining('holds no .parquet file')])
    expect(kept()).toBe(before)
  })

  it('writes the form that the ending of -o says, whatever its letters', async () => {
    for (const file of ['m.json', 'm.JSON', 'm.jsonl', 'm.csv']) {
      const finished = await run(`optimize merge shards -o ${file} -q`)
      expect(finished.code, finished.stderr).toBe(0)
    }
    const text = (file: string): string => readFileSync(join(folder, file), 'utf8')
    expect(text('m.JSON')).toBe(text('m.json'))
    expect((JSON.parse(text('m.json')) as { data: { search: { cells: number } } }).data.search.cells).toBe(8)
    expect(JSON.parse(text('m.jsonl').split('\n')[0]) as object).toHaveProperty('score')
    expect(text('m.csv')).toMatch(/^cell,fast,/)
    expect((await run('optimize merge shards -o m.xlsx')).code).toBe(2)
    expect((await run('optimize merge shards -o m.ARROW')).code).toBe(2)
  })

  it.each([
    ['--search tpe --shard 1/2 --cells a.parquet', {}, 2],
    ['--shard 3/2 --cells a.parquet', {}, 2],
    ['--shard 1/2 --cells a.csv', {}, 2],
    ['--shard auto --cells a.parquet', { JOB_COMPLETION_INDEX: undefined, SLURM_ARRAY_TASK_ID: undefined }, 2],
    [
      '--shard auto --cells a.parquet',
      {
        JOB_COMPLETION_INDEX: undefined,
        SLURM_ARRAY_TASK_ID: '4',
        SLURM_ARRAY_TASK_MIN: '3',
        SLURM_ARRAY_TASK_COUNT: '2',
      },
      0,
    ],
  ])('ends %s with its exit code', async (flags, env, code) => {
    const finished = await run(`optimize ma-crossover wti ${flags} -- --fast 5,6 --slow 20`, { env })
    expect(finished.code, finished.stderr).toBe(code)
  })
})
