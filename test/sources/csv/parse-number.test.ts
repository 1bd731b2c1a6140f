import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCsvCells } from '../../../src/lib/sources/csv/csv-cells.js'
import { shortestFloat32, undoFloat32 } from '../../../src/lib/sources/csv/float32.js'
import { parseNumberText, parsePlainNumber } from '../../../src/lib/sources/csv/parse-number.js'

const plain = (text: string): number => {
  const bytes = new TextEncoder().encode(text)
  return parsePlainNumber(bytes, 0, bytes.length)
}

const decimal = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.stringMatching(/^[0-9]{0,12}$/),
    fc.constantFrom('', '.'),
    fc.stringMatching(/^[0-9]{0,12}$/),
  )
  .map((parts) => parts.join(''))

describe('numbers from bytes', () => {
  it('equal Number() to the last bit wherever they are given at all', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        const fast = plain(text)
        if (!Number.isNaN(fast)) expect(fast).toBe(Number(text))
        else {
          const parsed = parseNumberText(text)
          const value = parsed.kind === 'number' ? parsed.value : Number.NaN
          const digits = text.replace(/[^0-9]/g, '').length
          expect(value).toBe(digits === 0 ? Number.NaN : Number(text))
        }
      }),
      { seed: 20200420, numRuns: 5000 },
    )
  })
  it('are given for every shortest form of a double up to 15 digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 7 }), (n, decimals) => {
        const text = (n / 10 ** decimals).toFixed(decimals)
        expect(plain(text)).toBe(Number(text))
      }),
      { seed: 7, numRuns: 2000 },
    )
  })
  it('are not given for text, and then the text says what it is', () => {
    for (const text of ['', '1e3', '1,234.5', 'abc', '1.2.3', '--1', '0x10', '1_000', ' 1'])
      expect(plain(text)).toBeNaN()
    expect(parseNumberText('1e3')).toEqual({ kind: 'number', value: 1000 })
    expect(parseNumberText('1,234.5')).toEqual({ kind: 'grouped', value: 1234.5 })
    expect(parseNumberText('1,234,567')).toEqual({ kind: 'grouped', value: 1234567 })
    expect(parseNumberText('1,234')).toEqual({ kind: 'ambiguous', value: 1234 })
    expect(parseNumberText('#N/A')).toEqual({ kind: 'missing' })
    for (const text of ['0x10', 'Infinity', '1e999', '12,34', '(1.5)', '1.234,5']) {
      expect(parseNumberText(text).kind, text).toBe('not-a-number')
    }
  })
})

describe('cells of a CSV', () => {
  it('come back as they were written, whatever they hold', async () => {
    const cell = fc
      .string({ maxLength: 8 })
      .map((text) => text.replace(/[\r\0]/g, ''))
      .filter((text) => text.trim() === text)
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 1, max: 4 })
          .chain((width) =>
            fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
          ),
        fc.constantFrom('\n', '\r\n'),
        async (rows, lineEnd) => {
          const header = rows[0].map((_, i) => `h${i}`)
          const kept = rows.filter((row) => row.some((text) => text !== ''))
          const text = [header, ...rows].map((row) => row.map(quoted).join(',')).join(lineEnd)
          const { csvTable } = await import('../../../src/lib/sources/csv/csv-table.js')
          const table = await csvTable('x.csv', new TextEncoder().encode(text), new AbortController().signal)
          expect(table.rows).toBe(kept.length)
          kept.forEach((row, r) => row.forEach((value, c) => expect(table.text(c, r)).toBe(value.trim())))
        },
      ),
      { seed: 3, numRuns: 300 },
    )
  })
  it('know their line even after a line end inside quotes', async () => {
    const text = 'a,b\n"1\n2",3\n4,5\n'
    const cells = await findCsvCells('x.csv', new TextEncoder().encode(text), new AbortController().signal)
    expect([cells.rows, cells.columns, cells.line[1], cells.line[2]]).toEqual([2, 2, 2, 4])
  })
})

describe('32-bit noise', () => {
  it('31.950000762939453 is 31.95, -37.630001068115234 is -37.63, 76.75 stays', () => {
    expect(shortestFloat32(31.950000762939453)).toBe(31.95)
    expect(shortestFloat32(-37.630001068115234)).toBe(-37.63)
    expect(shortestFloat32(76.75)).toBe(76.75)
  })
  it('any price of up to six digits survives the way through a 32-bit float', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 2, max: 4 }), (n, decimals) => {
        const price = n / 10 ** decimals
        expect(shortestFloat32(Math.fround(price))).toBe(price === 0 ? 0 : price)
      }),
      { seed: 5, numRuns: 2000 },
    )
  })
  it('is left alone where one number of the column was no 32-bit float', () => {
    const values = Float64Array.of(31.950000762939453, 32.1)
    expect(undoFloat32(values)).toBe(0)
    expect(values[0]).toBe(31.950000762939453)
    expect(undoFloat32(Float64Array.of(31.950000762939453, Number.NaN, 76.75))).toBe(1)
  })
})
