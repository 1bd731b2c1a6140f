import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint } from '../../src/lib/store/fingerprint.js'
import { lakePath, parseLakePath } from '../../src/lib/store/lake-path.js'
import { mergeRows } from '../../src/lib/store/merge.js'
import { bars, curves, from, never, series, testLake, type CurveRow, type TestLake } from './lake.js'

let lake: TestLake
beforeEach(() => {
  lake = testLake()
})
afterEach(() => lake.remove())

describe('writing curves and bars again', () => {
  const old: CurveRow[] = [
    ['2024-01-02', 202402, 1, 70.38, 1000],
    ['2024-01-03', 202402, 1, 72.7, 1100],
  ]

  it('the same rows add nothing and keep the fingerprint', async () => {
    const store = lake.open()
    const [first] = await store.write([from('csv', curves('CL', old))], never)
    const [again] = await store.write([from('csv', curves('CL', old))], never)
    expect(first).toMatchObject({ added: 2, revised: 0, rows: 2 })
    expect(again).toMatchObject({ added: 0, revised: 0, rows: 2, sha256: first.sha256 })
  })

  it('a new price replaces the old one and counts as revised, a new day as added, before or after what is there', async () => {
    const store = lake.open()
    await store.write([from('csv', curves('CL', old))], never)
    const [receipt] = await store.write(
      [
        from(
          'csv',
          curves('CL', [
            ['2023-12-29', 202402, 1, 71.65],
            ['2024-01-03', 202402, 1, 72.71],
            ['2024-01-04', 202402, 1, 72.19],
          ]),
        ),
      ],
      never,
    )
    expect(receipt).toMatchObject({ added: 2, revised: 1, rows: 4 })
    const { columns } = await store.readCurves('CL', { activity: true })
    expect([...columns.settlement]).toEqual([71.65, 70.38, 72.71, 72.19])
    expect([...(columns.openInterest ?? [])]).toEqual([Number.NaN, 1000, 1100, Number.NaN])
  })

  it('an open interest that becomes known revises its row', async () => {
    const store = lake.open()
    await store.write([from('csv', curves('CL', [['2024-01-02', 202402, 1, 70.38]]))], never)
    const known = from('csv', curves('CL', [['2024-01-02', 202402, 1, 70.38, 1000]]))
    expect((await store.write([known], never))[0]).toMatchObject({ added: 0, revised: 1, rows: 1 })
    expect((await store.write([known], never))[0]).toMatchObject({ added: 0, revised: 0, rows: 1 })
  })

  it('two datasets of one name and different kinds or sources are two files', async () => {
    const store = lake.open()
    await store.write(
      [
        from('csv', curves('CL', old)),
        from('desk', curves('CL', old)),
        from('csv', bars('CL', [['2024-01-02', 72, 73, 70, 70.38, 1]])),
      ],
      never,
    )
    expect(store.datasets({ name: 'CL' }).map(({ path }) => path)).toEqual([
      'lake/bars/symbol=CL/source=csv/data.parquet',
      'lake/curves/product=CL/source=csv/data.parquet',
      'lake/curves/product=CL/source=desk/data.parquet',
    ])
  })

  it('the same dataset twice in one write is refused before anything is stored', async () => {
    const store = lake.open()
    const twice = [from('csv', curves('CL', old)), from('csv', curves('CL', old))]
    await expect(store.write(twice, never)).rejects.toMatchObject({ kind: 'bug' })
    expect(store.datasets()).toEqual([])
  })

  it('`replace` leaves only the new rows, and still counts against the old ones', async () => {
    const store = lake.open()
    await store.write([from('sim', curves('CL', old))], never)
    const world = { ...from('sim', curves('CL', [['2024-01-03', 202402, 1, 60]])), replace: true }
    expect((await store.write([world], never))[0]).toMatchObject({ added: 0, revised: 1, rows: 1 })
  })

  it('merged columns equal a map from key to row, whatever overlaps', () => {
    const side = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 3 }), fc.integer()),
      {
        selector: ([day, month]) => `${day}/${month}`,
        maxLength: 20,
      },
    )
    const columns = (rows: [number, number, number][]) => {
      const sorted = [...rows].sort((a, b) => a[0] - b[0] || a[1] - b[1])
      return [
        { name: 'date', type: 'date', values: Int32Array.from(sorted, ([day]) => day) },
        { name: 'contract_month', type: 'int32', values: Int32Array.from(sorted, ([, month]) => month) },
        { name: 'settlement', type: 'double', values: Float64Array.from(sorted, ([, , price]) => price) },
      ] as const
    }
    fc.assert(
      fc.property(side, side, (before, after) => {
        const merged = mergeRows(columns(before), columns(after), 2)
        const slow = new Map([...before, ...after].map((row) => [`${row[0]}/${row[1]}`, row]))
        expect(merged.columns.map(({ values }) => [...values])).toEqual(
          columns([...slow.values()]).map(({ values }) => [...values]),
        )
        const was = new Map(before.map((row) => [`${row[0]}/${row[1]}`, row[2]]))
        const known = after.filter(([day, month]) => was.has(`${day}/${month}`))
        expect(merged.added).toBe(after.length - known.length)
        expect(merged.revised).toBe(known.filter(([day, month, price]) => was.get(`${day}/${month}`) !== price).length)
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})

describe('the fingerprint of a slice', () => {
  const column = (...values: number[]) =>
    ({ name: 'value', type: 'double', values: Float64Array.from(values) }) as const

  it('is the sha256 of name, type, length and little-endian bytes: a figure that anybody can compute again', () => {
    // printf 'value\0double\0001\0\0\0\0\0\0\0\360?' | sha256sum
    expect(fingerprint([column(1)])).toBe('7e6fcd98ebb0469809a3ac90f9058724a1fb3083bdef5f5d1dd6c2721f7f7584')
  })

  it('knows one NaN, whatever bits it has', () => {
    const odd = new Float64Array(1)
    new Uint32Array(odd.buffer).set([1, 0xfff8_0000])
    expect(odd[0]).toBeNaN()
    expect(fingerprint([{ ...column(0), values: odd }])).toBe(fingerprint([column(Number.NaN)]))
  })

  it('tells length, order, name and missing from zero', () => {
    const all = [
      [column(1, 2)],
      [column(2, 1)],
      [column(1), column(2)],
      [{ ...column(1, 2), name: 'other' }],
      [column(1, 2, 0)],
      [column(1, 2, Number.NaN)],
      [],
    ].map(fingerprint)
    expect(new Set(all).size).toBe(all.length)
  })

  it('of a read is that of the slice, not of the file', async () => {
    const store = lake.open()
    const [receipt] = await store.write([from('eia', series('S', [['2024-01-05', '2024-01-10', 1]]))], never)
    expect((await store.readSeries('S')).provenance.sha256).toBe(receipt.sha256)
    await store.write([from('eia', series('S', [['2024-01-12', '2024-01-18', 2]]))], never)
    const { provenance } = await store.readSeries('S', { to: 19_730 })
    expect(provenance.sha256).toBe(receipt.sha256)
  })
})

describe('a name that becomes a folder', () => {
  it('letters, digits, dot, underscore and dash, at most 64, no leading dot', () => {
    const path = 'lake/series/series=W_EPC0_SAX.x-1/source=eia/data.parquet'
    expect(lakePath('series', 'W_EPC0_SAX.x-1', 'eia')).toBe(path)
    expect(parseLakePath(path)).toEqual({ kind: 'series', name: 'W_EPC0_SAX.x-1', source: 'eia', part: '' })
    for (const bad of ['', '.', '..', '.hidden', 'a/b', 'a b', 'prix€', 'a\n', 'x'.repeat(65)])
      expect(() => lakePath('series', bad, 'eia'), bad).toThrow(/cannot become a folder/)
    expect(() => lakePath('bars', 'CL', '../../etc')).toThrow(/source/)
  })

  it('is refused before anything is written', async () => {
    const store = lake.open()
    const bad = from('eia', series('../S', [['2024-01-05', '2024-01-10', 1]]))
    await expect(store.write([bad], never)).rejects.toMatchObject({ kind: 'refused', code: 'BAD_NAME' })
    expect(store.datasets()).toEqual([])
  })
})
