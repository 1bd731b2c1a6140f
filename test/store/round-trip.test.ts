import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CurveColumns, Provenance } from '../../src/lib/market/dataset.js'
import { bars, curves, day, from, never, series, testLake, type TestLake } from './lake.js'

let lake: TestLake
beforeEach(() => {
  lake = testLake()
})
afterEach(() => lake.remove())

const april2020 = curves('CL', [
  ['2020-04-17', 202005, 1, 18.27, 108_593],
  ['2020-04-17', 202006, 2, 25.03],
  ['2020-04-20', 202005, 1, -37.63, 13_044],
  ['2020-04-20', 202006, 2, 20.43, 544_312],
])

describe('what is written is what is read', () => {
  it('curves: prices below zero, unknown open interest, days and months as whole numbers', async () => {
    await lake.open().write([from('csv', april2020)], never)
    const { columns, provenance } = await lake.open().readCurves('CL', { activity: true })
    expect(columns).toEqual({ ...april2020, volume: undefined })
    expect(columns.settlement[2]).toBe(-37.63)
    expect(columns.openInterest?.[1]).toBeNaN()
    expect(columns.day).toBeInstanceOf(Int32Array)
    expect(columns.settlement).toBeInstanceOf(Float64Array)
    expect(provenance).toMatchObject({
      series: 'CL',
      kind: 'curves',
      source: 'csv',
      simulated: false,
      rows: 4,
      first: '2020-04-17',
      last: '2020-04-20',
    })
  })

  it('curves without activity carry neither open interest nor volume', async () => {
    await lake.open().write([from('csv', april2020)], never)
    const { columns } = await lake.open().readCurves('CL')
    expect(columns.openInterest).toBeUndefined()
    expect(columns.settlement).toEqual(april2020.settlement)
  })

  it('bars with holes in every field but the close', async () => {
    const written = bars('VIX', [
      ['2008-11-20', 72.44, 81.48, 70.97, 80.86, Number.NaN],
      ['2008-11-21', Number.NaN, Number.NaN, Number.NaN, 72.67, 0],
    ])
    await lake.open().write([from('csv', written)], never)
    const { columns } = await lake.open().readBars('VIX')
    expect(columns).toEqual({ ...written, openInterest: undefined })
    expect(columns.volume[1]).toBe(0)
  })

  it('a series with its unit, frequency and where its known-on days come from', async () => {
    const written = series('COPR_OPEC', [['2026-02-01', '2026-03-31', 28.4]], {
      unit: 'million b/d',
      frequency: 'monthly',
      knownOnFrom: 'rule',
    })
    await lake.open().write([from('eia', written)], never)
    expect((await lake.open().readSeries('COPR_OPEC')).columns).toEqual(written)
  })

  it('any columns at all: 20,000 rows over three row groups, with NaN, zero and the smallest and largest numbers', async () => {
    const number = fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: -50, max: 150, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0, 5e-324, -1e308, 0.1 + 0.2) },
    )
    const pattern = fc.sample(number, { numRuns: 997, seed: 20_200_420 })
    const volume = Float64Array.from({ length: 20_000 }, (_, i) => pattern[i % pattern.length])
    const close = Float64Array.from({ length: 20_000 }, (_, i) => pattern[(i * 7) % pattern.length])
    const filled = (value: number): Float64Array => new Float64Array(20_000).fill(value)
    const written = {
      ...bars('ANY', []),
      sessionDay: Int32Array.from({ length: 20_000 }, (_, i) => i - 5_000),
      open: filled(Number.NaN),
      high: filled(1),
      low: filled(-1),
      close,
      volume,
    }
    await lake.open().write([from('csv', written)], never)
    expect((await lake.open().readBars('ANY')).columns).toEqual({ ...written, openInterest: undefined })
  })
})

describe('a read of part of a dataset', () => {
  /** 60 contracts on each of 400 days: 24,000 rows, three row groups. */
  function long(): CurveColumns {
    const rows = 24_000
    const start = day('2019-01-01')
    return {
      kind: 'curves',
      product: 'CL',
      unit: 'USD/bbl',
      day: Int32Array.from({ length: rows }, (_, i) => start + Math.floor(i / 60)),
      month: Int32Array.from({ length: rows }, (_, i) => 203001 + (i % 60)),
      rank: Int32Array.from({ length: rows }, (_, i) => 1 + (i % 60)),
      settlement: Float64Array.from({ length: rows }, (_, i) => i / 100),
    }
  }

  it('is the same rows as a slice of the whole, for every day that ends or begins a row group', async () => {
    const all = long()
    const store = lake.open()
    await store.write([from('csv', all)], never)
    for (const at of [0, 60, 135, 136, 137, 272, 273, 274, 399]) {
      const one = day('2019-01-01') + at
      const { columns } = await store.readCurves('CL', { from: one, to: one })
      expect([...columns.settlement]).toEqual([...all.settlement.slice(at * 60, at * 60 + 60)])
    }
    const { columns } = await store.readCurves('CL', { from: day('2019-05-15'), to: day('2019-10-03') })
    expect(columns.day[0]).toBe(day('2019-05-15'))
    expect(columns.day[columns.day.length - 1]).toBe(day('2019-10-03'))
    expect(columns.day.length).toBe(142 * 60)
  })

  it('by rank: the front contract of 400 days', async () => {
    const store = lake.open()
    await store.write([from('csv', long())], never)
    const { columns } = await store.readCurves('CL', { maxRank: 1 })
    expect(columns.settlement.length).toBe(400)
    expect(columns.settlement[399]).toBe(239.4)
  })

  it('ends on asOf, whatever `to` says', async () => {
    const store = lake.open()
    await store.write([from('csv', april2020)], never)
    const { columns } = await store.readCurves('CL', { asOf: day('2020-04-19'), to: day('2020-04-20') })
    expect([...columns.settlement]).toEqual([18.27, 25.03])
  })

  it('outside the data is empty and not an error', async () => {
    const store = lake.open()
    await store.write([from('csv', april2020)], never)
    const { columns, provenance } = await store.readCurves('CL', { from: day('2021-01-01') })
    expect(columns.settlement.length).toBe(0)
    expect(provenance).toMatchObject({ rows: 0, first: null, last: null })
  })
})

describe('an empty lake', () => {
  it('answers a reader without making a folder, and names the fetch', async () => {
    const store = lake.open()
    expect(store.datasets()).toEqual([])
    expect(store.pick('curves', 'CL')).toBeNull()
    expect(store.runs.list({ limit: 5 })).toEqual([])
    await expect(async () => store.readCurves('CL')).rejects.toMatchObject({
      kind: 'noData',
      code: 'NO_DATA',
      hint: expect.stringContaining('contango fetch sim'),
    })
    expect(existsSync(lake.dataDir)).toBe(false)
  })

  it('says where the name is found instead', async () => {
    const store = lake.open()
    await store.write([from('csv', bars('CL', [['2020-04-20', 17.73, 17.85, -40.32, -37.63, 247_947]]))], never)
    await expect(async () => store.readCurves('CL')).rejects.toThrow(
      'the lake has no curves of CL; it has bars from csv',
    )
    await expect(async () => store.readBars('CL', { source: 'desk' })).rejects.toThrow('no bars of CL from desk')
  })

  it('a write of nothing makes no dataset', async () => {
    const store = lake.open()
    expect(await store.write([from('csv', curves('CL', []))], never)).toEqual([])
    expect(store.datasets()).toEqual([])
    expect(existsSync(join(lake.dataDir, 'lake'))).toBe(false)
  })
})

describe('which source a reader takes', () => {
  const priced = (source: string, price: number) => from(source, curves('CL', [['2024-01-02', 202402, 1, price]]))
  const price = async (store: ReturnType<TestLake['open']>, source?: string): Promise<number> =>
    (await store.readCurves('CL', { source })).columns.settlement[0]

  it('the first of sources.priority, others by name after it, the simulator last even where it is listed first', async () => {
    const store = lake.open({ priority: ['sim', 'csv'] })
    await store.write([priced('sim', 1)], never)
    expect(await price(store)).toBe(1)
    await store.write([priced('zeta', 2), priced('alpha', 3)], never)
    expect(await price(store)).toBe(3)
    await store.write([priced('csv', 4)], never)
    expect(await price(store)).toBe(4)
    expect(await price(store, 'zeta')).toBe(2)
  })

  it('never two of them: a day that only the second source has is not filled in', async () => {
    const store = lake.open()
    await store.write([priced('csv', 4), from('sim', curves('CL', [['2024-01-03', 202402, 1, 9]]))], never)
    expect((await store.readCurves('CL')).columns.day.length).toBe(1)
  })

  it('every read is reported once, and simulated data says so', async () => {
    const reads: Provenance[] = []
    const store = lake.open({ onRead: (provenance) => void reads.push(provenance) })
    await store.write([priced('sim', 71.65)], never)
    await store.readCurves('CL')
    expect(reads).toHaveLength(1)
    expect(reads[0]).toMatchObject({ series: 'CL', source: 'sim', simulated: true, rows: 1 })
  })
})
