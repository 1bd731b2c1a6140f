import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { day, from, never, series, testLake, type SeriesRow, type TestLake } from './lake.js'

let lake: TestLake
beforeEach(() => {
  lake = testLake()
})
afterEach(() => lake.remove())

const stocks = (...rows: SeriesRow[]) => [from('eia', series('WCESTUS1', rows))]
const values = async (asOf?: string): Promise<number[]> => {
  const options = asOf === undefined ? {} : { asOf: day(asOf) }
  return [...(await lake.open().readSeries('WCESTUS1', options)).columns.value]
}

describe('vintages of a series: key (period, known on)', () => {
  it('the same value published again adds nothing', async () => {
    const store = lake.open()
    await store.write(stocks(['2024-01-05', '2024-01-10', 432_403]), never)
    const [again] = await store.write(stocks(['2024-01-05', '2024-01-18', 432_403]), never)
    expect(again).toMatchObject({ added: 0, revised: 0, rows: 1 })
  })

  it('another value is another row; each day sees what was known on it', async () => {
    const store = lake.open()
    await store.write(stocks(['2024-01-05', '2024-01-10', 432_403]), never)
    const [receipt] = await store.write(
      stocks(['2024-01-05', '2024-01-18', 432_000], ['2024-01-12', '2024-01-18', 429_911]),
      never,
    )
    expect(receipt).toMatchObject({ added: 1, revised: 1, rows: 3 })
    expect(await values('2024-01-09')).toEqual([])
    expect(await values('2024-01-10')).toEqual([432_403])
    expect(await values('2024-01-17')).toEqual([432_403])
    expect(await values('2024-01-18')).toEqual([432_000, 429_911])
    expect(await values()).toEqual([432_000, 429_911])
  })

  it('a value that goes back to what it was is a third vintage', async () => {
    const store = lake.open()
    for (const [knownOn, value] of [
      ['2024-01-10', 10],
      ['2024-01-18', 11],
      ['2024-01-24', 10],
    ] as const) {
      await store.write(stocks(['2024-01-05', knownOn, value]), never)
    }
    expect([await values('2024-01-17'), await values('2024-01-23'), await values()]).toEqual([[10], [11], [10]])
  })

  it('another value under the very same key replaces it', async () => {
    const store = lake.open()
    await store.write(stocks(['2024-01-05', '2024-01-10', 1]), never)
    const [receipt] = await store.write(stocks(['2024-01-05', '2024-01-10', 2]), never)
    expect(receipt).toMatchObject({ added: 0, revised: 1, rows: 1 })
    expect(await values('2024-01-10')).toEqual([2])
  })

  it('a forecast is known before its period', async () => {
    await lake.open().write(stocks(['2027-12-01', '2026-03-31', 28]), never)
    expect(await values('2026-03-30')).toEqual([])
    expect(await values('2026-04-01')).toEqual([28])
  })

  it('all vintages, where they are asked for', async () => {
    const store = lake.open()
    await store.write(stocks(['2024-01-05', '2024-01-10', 1], ['2024-01-05', '2024-01-18', 2]), never)
    const info = store.pick('series', 'WCESTUS1')!
    const { columns } = await store.readDataset(info, { vintages: true })
    expect(columns).toMatchObject({ value: Float64Array.of(1, 2) })
    expect((await store.readDataset(info)).columns).toMatchObject({ value: Float64Array.of(2) })
    const seen = await store.readDataset(info, { vintages: true, asOf: day('2024-01-17') })
    expect(seen.columns).toMatchObject({ value: Float64Array.of(1) })
  })

  it('writes of what was published day by day: every day sees the last value known by then, and never a later one', async () => {
    const row = fc.record({
      period: fc.integer({ min: 19_700, max: 19_706 }),
      lag: fc.integer({ min: -3, max: 12 }),
      value: fc.integer({ min: 1, max: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 25 }), async (rows) => {
        const own = testLake()
        try {
          const store = own.open()
          // Published in the order of the days on which it became known; of two values on one day the last counts.
          const published = new Map(rows.map((one) => [`${one.period + one.lag}/${one.period}`, one]))
          const inOrder = [...published.values()].sort((a, b) => a.period + a.lag - (b.period + b.lag))
          for (const { period, lag, value } of inOrder) {
            const columns = series('S', [], {
              period: Int32Array.of(period),
              knownOn: Int32Array.of(period + lag),
              value: Float64Array.of(value),
            })
            await store.write([from('eia', columns)], never)
          }
          for (let asOf = 19_696; asOf <= 19_720; asOf++) {
            const inForce = new Map<number, number>()
            for (const { period, lag, value } of inOrder) if (period + lag <= asOf) inForce.set(period, value)
            const { columns } = await store.readSeries('S', { asOf })
            expect(new Map([...columns.period].map((period, i) => [period, columns.value[i]]))).toEqual(
              new Map([...inForce].sort(([a], [b]) => a - b)),
            )
            for (const knownOn of columns.knownOn) expect(knownOn).toBeLessThanOrEqual(asOf)
          }
        } finally {
          own.remove()
        }
      }),
      { seed: 7, numRuns: 12 },
    )
  })

  it('in one import and one by one gives the same answers on every day', async () => {
    const rows: SeriesRow[] = [
      ['2024-01-05', '2024-01-10', 1],
      ['2024-01-05', '2024-01-18', 1],
      ['2024-01-05', '2024-01-24', 2],
      ['2024-01-12', '2024-01-18', 5],
    ]
    const other = testLake()
    try {
      await lake.open().write(stocks(...rows), never)
      const [receipt] = await other.open().write(
        rows.slice(0, 1).flatMap((row) => stocks(row)),
        never,
      )
      expect(receipt.rows).toBe(1)
      for (const row of rows.slice(1)) await other.open().write(stocks(row), never)
      for (const asOf of ['2024-01-10', '2024-01-18', '2024-01-23', '2024-01-24']) {
        const one = await other.open().readSeries('WCESTUS1', { asOf: day(asOf) })
        expect([...one.columns.value]).toEqual(await values(asOf))
        expect(one.provenance.rows).toBe((await values(asOf)).length)
      }
    } finally {
      other.remove()
    }
  })
})

describe('where known-on days come from', () => {
  it('is the rule as long as one row has its day from the rule', async () => {
    const store = lake.open()
    const origin = async (): Promise<string> => (await store.readSeries('S')).columns.knownOnFrom
    await store.write([from('eia', series('S', [['2024-01-05', '2024-01-10', 1]], { knownOnFrom: 'rule' }))], never)
    await store.write([from('eia', series('S', [['2024-01-12', '2024-01-18', 2]]))], never)
    expect(await origin()).toBe('rule')
    await store.write([{ ...from('eia', series('S', [['2024-01-12', '2024-01-18', 2]])), replace: true }], never)
    expect(await origin()).toBe('vendor')
  })
})

describe('a dataset keeps its unit and frequency', () => {
  it('rows in another unit are refused and nothing is written', async () => {
    const store = lake.open()
    await store.write(stocks(['2024-01-05', '2024-01-10', 432_403]), never)
    const barrels = from('eia', series('WCESTUS1', [['2024-01-12', '2024-01-18', 429.9]], { unit: 'million bbl' }))
    await expect(store.write([barrels], never)).rejects.toMatchObject({ kind: 'refused', code: 'DATASET_DIFFERS' })
    expect(await values()).toEqual([432_403])
  })
})
