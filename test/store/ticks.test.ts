import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TickColumns } from '../../src/lib/market/dataset.js'
import { gateTicks } from '../../src/lib/market/quality/gate-ticks.js'
import { takeInRecordings } from '../../src/lib/sources/quotes/take-in.js'
import { lakeColumns } from '../../src/lib/store/layout.js'
import { partRows } from '../../src/lib/store/parts.js'
import { readRecording, recordings, startRecording, waitingTicks } from '../../src/lib/store/recording.js'
import type { LakeFileInfo, Store } from '../../src/lib/store/types.js'
import { from, never, testLake, type TestLake } from './lake.js'
import { noMarket, recordedTicks } from './recorded-ticks.js'
import { writerProgram, type WriterProgram } from './spawn-writer.js'

let program: WriterProgram
let lake: TestLake
beforeAll(async () => {
  program = await writerProgram()
})
afterAll(() => program.remove())
beforeEach(() => {
  lake = testLake()
})
afterEach(() => lake.remove())

/** Ticks of CL1_Comdty: [time, last]. */
function ticks(rows: readonly (readonly [time: string, last: number])[]): TickColumns {
  const timeMs = Float64Array.from(rows, ([time]) => Date.parse(time))
  const unknown = Float64Array.from(rows, () => Number.NaN)
  return {
    kind: 'ticks',
    ticker: 'CL1_Comdty',
    unit: 'USD/bbl',
    day: Int32Array.from(timeMs, (ms) => Math.floor(ms / 86_400_000)),
    timeMs,
    last: Float64Array.from(rows, ([, last]) => last),
    change: unknown,
    bid: unknown,
    ask: unknown,
    stale: Int32Array.from(rows, () => 0),
  }
}

async function read(store: Store, name = 'CL1_Comdty', from?: number): Promise<TickColumns> {
  const info = store.pick('ticks', name)
  if (info === null) throw new Error(`no ticks of ${name}`)
  return (await store.readDataset(info, { from })).columns as TickColumns
}

const takeIn = (store: Store): Promise<number> =>
  takeInRecordings({ store, dataDir: lake.dataDir, market: noMarket, warn: () => undefined, signal: never })

describe('ticks in the lake', () => {
  it('are one dataset with a file for each UTC day, and come back as they were', async () => {
    const written = ticks([
      ['2024-01-02T23:59:59.999Z', 71.5],
      ['2024-01-03T00:00:00.000Z', -37.63],
    ])
    const store = lake.open()
    const [receipt] = await store.write([from('bloomberg', written)], never)
    expect(receipt).toMatchObject({ kind: 'ticks', name: 'CL1_Comdty', added: 2, revised: 0, rows: 2 })
    expect(store.datasets()).toMatchObject([
      {
        path: 'lake/ticks/ticker=CL1_Comdty/source=bloomberg',
        rows: 2,
        first: 19_724,
        last: 19_725,
        sha256: receipt.sha256,
        files: [{ part: '2024-01-02.001' }, { part: '2024-01-03.001' }],
      },
    ])
    expect(await read(lake.open())).toEqual(written)
    expect((await read(store, 'CL1_Comdty', 19_725)).last).toEqual(Float64Array.of(-37.63))
    expect((await store.check(null, never)).problems).toEqual([])
    expect(await store.rebuild(never)).toEqual({ datasets: 2, skipped: [] })
    expect(store.datasets()[0].sha256).toBe(receipt.sha256)
  })

  it('append in the order of their times; quotes of one millisecond all stay, in the order in which they came', async () => {
    const store = lake.open()
    await store.write(
      [
        from(
          'bloomberg',
          ticks([
            ['2024-01-02T15:00:01Z', 2],
            ['2024-01-02T15:00:02Z', 4],
          ]),
        ),
      ],
      never,
    )
    await store.write(
      [
        from(
          'bloomberg',
          ticks([
            ['2024-01-02T15:00:00Z', 1],
            ['2024-01-02T15:00:01Z', 3],
          ]),
        ),
      ],
      never,
    )
    expect([...(await read(store)).last]).toEqual([1, 2, 3, 4])
  })

  it('refuse another unit, and simulated ones among real ones', async () => {
    const store = lake.open()
    const one = ticks([['2024-01-02T15:00:00Z', 71]])
    await store.write([from('bloomberg', one)], never)
    for (const other of [
      from('bloomberg', { ...one, unit: 'USD/gal' }),
      { ...from('bloomberg', one), simulated: true },
    ]) {
      await expect(store.write([other], never)).rejects.toMatchObject({ code: 'DATASET_DIFFERS' })
    }
  })

  it('begin another file of the day when one is full', () => {
    const columns = lakeColumns(
      ticks([
        ['2024-01-02T15:00:00Z', 1],
        ['2024-01-03T15:00:00Z', 2],
      ]),
    )
    const file = (part: string, rows: number): LakeFileInfo => ({
      ...{ kind: 'ticks', name: 'CL1_Comdty', source: 'sim', simulated: true, unit: 'USD/bbl', sha256: '', path: '' },
      ...{ part, rows, first: 0, last: 0 },
    })
    const partsWith = (...files: LakeFileInfo[]): string[] => partRows('ticks', columns, files).map(({ part }) => part)
    expect(partsWith()).toEqual(['2024-01-02.001', '2024-01-03.001'])
    expect(partsWith(file('2024-01-02.001', 49_999))).toEqual(['2024-01-02.001', '2024-01-03.001'])
    expect(partsWith(file('2024-01-02.001', 50_000))).toEqual(['2024-01-02.002', '2024-01-03.001'])
    expect(partsWith(file('2024-01-02.999', 300_000))).toEqual(['2024-01-02.1000', '2024-01-03.001'])
  })

  it('pass a gate that drops a quote without a price and keeps a crossed one', () => {
    const columns = {
      ...ticks([
        ['2024-01-02T15:00:00Z', Number.NaN],
        ['2024-01-02T15:00:01Z', Number.NaN],
      ]),
      bid: Float64Array.of(Number.NaN, 71.02),
      ask: Float64Array.of(Number.NaN, 71),
    }
    const { kept, findings } = gateTicks(columns)
    expect([...kept.bid]).toEqual([71.02])
    expect(findings.map(({ reason, action }) => [reason, action])).toEqual([
      ['not-a-number', 'dropped'],
      ['crossed', 'kept'],
    ])
  })
})

describe('a dataset that a write removes', () => {
  it('is gone with its file, in the same write as what stays, and nothing is left to put right', async () => {
    const store = lake.open()
    const one = ticks([['2024-01-02T15:00:00Z', 71]])
    await store.write([from('csv', one), from('bloomberg', one)], never)
    const [gone] = store.pick('ticks', 'CL1_Comdty', 'csv')!.files
    const removes = [{ kind: 'ticks', name: 'CL1_Comdty', source: 'csv' } as const]
    await store.write([from('bloomberg', ticks([['2024-01-03T15:00:00Z', 72]]))], never, { removes })
    expect(store.datasets().map(({ source, rows }) => [source, rows])).toEqual([['bloomberg', 2]])
    expect(existsSync(join(lake.dataDir, gone.path))).toBe(false)
    expect((await lake.open().check(null, never)).problems).toEqual([])
    await store.write([], never, { removes })
    expect(store.datasets()).toHaveLength(1)
  })
})

describe('a recording', () => {
  it('is taken in once, by ticker and day, and is gone', async () => {
    const recording = startRecording(lake.dataDir, { source: 'bloomberg', simulated: false })
    recording.append(recordedTicks(100))
    recording.append(recordedTicks(20))
    expect(recording.rows).toBe(120)
    recording.close()
    const store = lake.open()
    expect(await takeIn(store)).toBe(120)
    expect(await takeIn(store)).toBe(0)
    expect(recordings(lake.dataDir)).toEqual([])
    const { last, bid, change, stale } = await read(store)
    expect(last).toHaveLength(60)
    // two recordings of the same seconds lie side by side
    expect([...last].slice(0, 4)).toEqual([0, 0, 2, 2])
    expect(bid[2]).toBe(1.99)
    expect(change[0]).toBeNaN()
    expect([...stale].slice(0, 2)).toEqual([1, 1])
    expect(store.pick('ticks', 'CO1_Comdty')?.files.map(({ part }) => part)).toEqual([
      '2024-01-02.001',
      '2024-01-03.001',
    ])
  })

  it('of a process that is at work is left alone, and taken in when that has been killed', async () => {
    const writer = program.start(lake.dataDir, 'keepRecording', 10)
    await writer.said('recorded')
    const [path] = recordings(lake.dataDir)
    expect(readRecording(lake.dataDir, path)).toBeNull()
    expect(waitingTicks(lake.dataDir)).toEqual([])
    expect(await takeIn(lake.open())).toBe(0)
    writer.process.kill('SIGKILL')
    await writer.ended
    expect(waitingTicks(lake.dataDir)).toEqual([{ path, rows: 10 }])
    const store = lake.open()
    expect(await takeIn(store)).toBe(10)
    expect((await read(store)).last).toHaveLength(5)
  })

  it('stays where the write fails, and is deleted where it holds nothing', async () => {
    startRecording(lake.dataDir, { source: 'bloomberg', simulated: false }).close()
    expect(await takeIn(lake.open())).toBe(0)
    expect(recordings(lake.dataDir)).toEqual([])
    const recording = startRecording(lake.dataDir, { source: 'bloomberg', simulated: false })
    recording.append(recordedTicks(2))
    recording.close()
    const stopped = AbortSignal.abort(new Error('stopped'))
    const context = { store: lake.open(), dataDir: lake.dataDir, market: noMarket, warn: () => undefined }
    await expect(takeInRecordings({ ...context, signal: stopped })).rejects.toThrow('stopped')
    expect(waitingTicks(lake.dataDir)).toMatchObject([{ rows: 2 }])
  })

  for (const [step, nth] of [
    ['appended', 1],
    ['staged', 1],
    ['journalled', 1],
    ['renamed', 1],
    ['renamed', 3],
    ['consumed', 1],
    ['catalogued', 1],
  ] as const) {
    it(`is in the lake once and whole after kill -9 at "${step}"${nth > 1 ? ` number ${nth}` : ''}`, async () => {
      const { signal, stderr } = await program.start(lake.dataDir, 'record', 100, step, nth).ended
      expect(signal, stderr).toBe('SIGKILL')
      const store = lake.open()
      await takeIn(store)
      // a journalled write has happened: the next one completes it
      await store.write([from('bloomberg', ticks([['2020-04-20T18:30:00Z', -37.63]]))], never)
      const crude = await read(store)
      const brent = await read(store, 'CO1_Comdty')
      expect([...crude.last, ...brent.last].sort((a, b) => a - b)).toEqual([
        -37.63,
        ...Array.from({ length: 100 }, (_, i) => i),
      ])
      expect(recordings(lake.dataDir)).toEqual([])
      expect((await store.check(null, never)).problems).toEqual([])
      const staging = join(lake.dataDir, '.staging')
      expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([])
    })
  }
})
