import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parquetReadObjects } from 'hyparquet'
import type { BacktestKeptData } from '../../src/lib/documents/backtest-kept.js'
import type { BacktestShowData } from '../../src/lib/documents/backtest-show.js'
import { findKeptRun, keepRun } from '../../src/lib/store/kept-runs.js'
import { inside } from '../support/inside.js'
import { fixture } from './golden-bars.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-keep-'))
afterAll(() => rmSync(folder, { recursive: true }))
const home = join(folder, 'home')
const root = join(home, 'data', 'backtests')
const run = (...argv: string[]) => inside(['backtest', ...argv], { cwd: folder, home })
const prices = ['--prices', fixture('bars_2500.csv'), '--commission-usd', '2.5', '--multiplier', '1000']

beforeAll(async () => {
  expect((await inside(['init', home], { cwd: folder })).code).toBe(0)
})

describe('backtest --keep', () => {
  it('keeps the document to the byte under the first 12 digits of its hash, with its tables, once', async () => {
    const kept = await run('ma-crossover', ...prices, '--keep', '--json')
    const id = createHash('sha256').update(kept.stdout).digest('hex').slice(0, 12)
    expect(kept.stderr).toContain(`kept as ${id}`)
    expect(readFileSync(join(root, id, 'result.json'), 'utf8')).toBe(kept.stdout)
    const bytes = readFileSync(join(root, id, 'trades.parquet'))
    const trades = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    })
    expect(trades).toHaveLength(88)
    // the same run without --keep, and with side files, is the same answer
    const again = await run('ma-crossover', ...prices, '--json', '--fills', join(folder, 'fills.csv'))
    expect(again.stdout).toBe(kept.stdout)
    await run('ma-crossover', ...prices, '--keep')
    expect(readdirSync(root).sort()).toEqual([id, 'last'])
    const fills = readFileSync(join(folder, 'fills.csv'), 'utf8').trim().split('\n')
    expect([fills.length - 1, fills[0]]).toEqual([89, expect.stringContaining('bar,date,')])
  })

  it('is shown again by last, by the beginning of its id, and from a file: the same data', async () => {
    const kept = await run('buy-hold', ...prices, '--keep', '-o', 'buy-hold.json')
    const id = /kept as ([0-9a-f]{12})/.exec(kept.stderr)?.[1] ?? ''
    const shown = await Promise.all(
      ['last', id.slice(0, 6), 'buy-hold.json'].map((word) => run('show', word, '--json')),
    )
    const datas = shown.map(({ stdout }) => (JSON.parse(stdout) as { data: BacktestShowData }).data)
    for (const data of datas) expect(data.metrics).toEqual(datas[0].metrics)
    expect(datas.map((data) => [data.run.id, data.run.file])).toEqual([
      [id, null],
      [id, null],
      [null, 'buy-hold.json'],
    ])
    expect(datas[0].run.sha256).toBe(datas[2].run.sha256)
    const { runs } = (JSON.parse((await run('kept', '--json')).stdout) as { data: BacktestKeptData }).data
    expect(runs.filter(({ isLast }) => isLast).map((one) => one.id)).toEqual([id])
    expect(runs.map(({ strategy }) => strategy).sort()).toEqual(['buy-hold', 'ma-crossover'])
  })

  it.each([
    ['zzzz', 4, 'neither a result file nor the beginning of a kept run'],
    ['ffff', 4, 'no kept back-test begins with "ffff"'],
    ['not-json.json', 6, 'is not JSON'],
    ['other.json', 6, 'is a document of contango.curve/1'],
    ['older.json', 6, 'is the document of an earlier version'],
  ])('show %s exits %d', async (word, code, message) => {
    writeFileSync(join(folder, 'not-json.json'), 'date,price\n')
    writeFileSync(join(folder, 'other.json'), '{"schema":"contango.curve/1","data":{}}')
    const { data } = JSON.parse(readFileSync(join(folder, 'buy-hold.json'), 'utf8')) as {
      data: Record<string, unknown>
    }
    delete data['exits']
    writeFileSync(join(folder, 'older.json'), JSON.stringify({ schema: 'contango.backtest/1', data }))
    const shown = await run('show', word)
    expect([shown.code, shown.stdout]).toEqual([code, ''])
    expect(shown.stderr).toContain(message)
  })

  it('needs a workspace before it computes', async () => {
    const { code, stderr } = await inside(['backtest', 'buy-hold', ...prices, '--keep'], {
      cwd: folder,
      env: { CONTANGO_HOME: join(folder, 'nowhere') },
    })
    expect([code, stderr]).toEqual([3, expect.stringContaining('nowhere')])
  })
})

describe('the store of runs', () => {
  it('leaves nothing behind when it is stopped half-way', async () => {
    const place = join(folder, 'stopped')
    const stop = new AbortController()
    stop.abort(new Error('stopped'))
    await expect(keepRun(place, '{}', { 'a.parquet': new Uint8Array(3) }, stop.signal)).rejects.toThrow('stopped')
    expect(readdirSync(place)).toEqual([])
  })

  it('asks for more digits where two runs begin alike', async () => {
    const place = join(folder, 'alike')
    const signal = new AbortController().signal
    const ids = new Map<string, string>()
    let pair: [string, string] | null = null
    for (let i = 0; pair === null; i++) {
      const id = createHash('sha256').update(String(i)).digest('hex').slice(0, 4)
      const before = ids.get(id)
      if (before !== undefined) pair = [before, String(i)]
      ids.set(id, String(i))
    }
    const [first, second] = [await keepRun(place, pair[0], {}, signal), await keepRun(place, pair[1], {}, signal)]
    await expect(findKeptRun(place, first.slice(0, 4))).rejects.toMatchObject({ code: 'AMBIGUOUS_RUN' })
    expect(await findKeptRun(place, second)).toBe(second)
    expect(await findKeptRun(place, 'last')).toBe(second)
  })
})
