import { describe, expect, it } from 'vitest'
import { isoDays } from '../../../src/lib/kernel/day.js'
import type { BarColumns, CurveColumns, SeriesColumns } from '../../../src/lib/market/dataset.js'
import { ContangoError } from '../../../src/lib/kernel/errors.js'
import type { ImportFlags } from '../../../src/lib/sources/csv/import-flags.js'
import { fixture, importPaths, importText } from './desk.js'

async function refused(promise: Promise<unknown>): Promise<ContangoError> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ContangoError)
  return error as ContangoError
}

const REFUSED: readonly (readonly [file: string, code: string, says: RegExp, flags?: ImportFlags])[] = [
  ['empty.csv', 'FILE_EMPTY', /^empty\.csv is empty$/],
  ['header-only.csv', 'NO_ROWS', /a header \(date, CL01, CL02\) and no rows/],
  ['no-date-column.csv', 'COLUMN_MISSING', /no column holds dates; its first line names when, CL01/],
  ['dates-two-formats.csv', 'DATE_FORMATS_MIXED', /"2020-04-20" on line 2, "21\/04\/2020" on line 3/],
  ['dates-us-and-eu.csv', 'DATE_FORMATS_MIXED', /"13\/04\/2020" on line 2, "04\/14\/2020" on line 3/],
  ['dates-ambiguous.csv', 'DATE_AMBIGUOUS', /line 2, column date: .*"03\/04\/2020"/],
  ['date-impossible.csv', 'DATE_UNPARSABLE', /line 2, column date: "2020-02-30" is not a date/],
  ['intraday.csv', 'DATE_WITH_TIME', /line 2, column date: "2020-04-20T14:30:00" has a time of day/],
  ['number-bad.csv', 'NUMBER_UNPARSABLE', /line 3, column CL02: "USD 11.57" is not a number/],
  ['decimal-comma.csv', 'NUMBER_UNPARSABLE', /line 2, column CL01: "-37,63" is not a number/],
  ['thousands-ambiguous.csv', 'NUMBER_AMBIGUOUS', /"446,994" may mean 446994 or 446\.994/],
  ['row-short.csv', 'ROW_WIDTH', /line 3 has 2 cells, the header has 3/],
  ['quote-open.csv', 'QUOTE_UNCLOSED', /line 2: a quote is opened and never closed/],
  ['column-twice.csv', 'COLUMN_DUPLICATE', /two columns named CL01/],
  ['mystery.csv', 'SERIES_NEEDED', /a date and a column named value/],
  ['bars-whose.csv', 'SYMBOL_NEEDED', /bars and no ticker column/],
  ['no-values.csv', 'NO_VALUES', /1 rows and not one value/],
  ['utf16.csv', 'ENCODING_UTF16', /is UTF-16 text/],
  ['binary.csv', 'NOT_TEXT', /neither text nor Parquet/],
  ['wrong-ending.parquet', 'ENDING_MISMATCH', /does not begin as a Parquet file does/],
  ['truncated.parquet', 'PARQUET_BROKEN', /cannot be read as Parquet/],
  ['broken.ndjson', 'NDJSON_BROKEN', /line 2: .* is not a JSON object/],
  ['truncated.ndjson', 'NDJSON_TRUNCATED', /promises 2 rows and holds 1/],
  ['ranks.csv', 'UNIT_IMPOSSIBLE', /CL is quoted in USD\/bbl, it cannot be in USD\/t/, { unit: ['CL=USD/t'] }],
  ['eia_wti_spot_daily.csv', 'UNIT_IMPOSSIBLE', /RWTC is in USD\/bbl, it cannot be in kb\/d/, { unit: ['kb/d'] }],
  ['ranks.csv', 'COLUMN_MISSING', /--map Px=…: no column of ranks\.csv is named Px/, { map: ['Px=CL01'] }],
  ['ranks.csv', 'COLUMN_MISSING', /does not have the columns of layout bars/, { layout: 'bars' }],
  ['series-wide.csv', 'SERIES_OF_MANY', /holds 2 series/, { series: 'X' }],
  ['bars.csv', 'SYMBOL_OF_MANY', /holds 2 symbols \(CL, BZ\)/, { symbol: 'HO' }],
]

describe('what cannot be read is refused with file, line and column', () => {
  for (const [file, code, says, flags] of REFUSED) {
    it(`${file}${flags ? ` ${JSON.stringify(flags)}` : ''}: ${code}`, async () => {
      const error = await refused(importPaths([fixture(file)], flags))
      expect([error.kind, error.code]).toEqual(['refused', code])
      expect(error.message).toMatch(says)
      expect(error.message).toContain(file)
      expect(error.hint).toBeTruthy()
    })
  }
  it('a file that is not there is a mistake of the command line', async () => {
    expect(await refused(importPaths(['/nowhere/x.csv']))).toMatchObject({ kind: 'usage', code: 'FILE_NOT_FOUND' })
    expect(await refused(importPaths(['/']))).toMatchObject({ kind: 'usage', code: 'FILE_IS_FOLDER' })
  })
  it('a gzip, a ZIP and a JSON array say how to unpack them', async () => {
    const gzip = await refused(importText(Uint8Array.of(0x1f, 0x8b, 8, 0), {}, 'x.csv.gz'))
    expect(gzip).toMatchObject({ code: 'FILE_COMPRESSED', hint: 'gunzip -c x.csv.gz | contango fetch csv -' })
    expect(await refused(importText(Uint8Array.of(0x50, 0x4b, 3, 4)))).toMatchObject({ code: 'FILE_COMPRESSED' })
    expect(await refused(importText('[{"date":"2020-04-20"}]'))).toMatchObject({ code: 'JSON_ARRAY' })
  })
  it('a day on which no contract is known', async () => {
    expect(await refused(importText('date,CL01\n1920-04-20,3.07\n'))).toMatchObject({ code: 'DATE_OUT_OF_RANGE' })
    expect(await refused(importText('date,CL01\n0207-04-20,60\n'))).toMatchObject({ code: 'DATE_UNPARSABLE' })
  })
  it('UTF-16 without a byte-order mark is seen by its zeros', async () => {
    const utf16 = Uint8Array.from('date,CL01\n2020-04-20,1\n', (c) => c.charCodeAt(0)).reduce<number[]>(
      (bytes, byte) => [...bytes, byte, 0],
      [],
    )
    expect(await refused(importText(Uint8Array.from(utf16)))).toMatchObject({ code: 'ENCODING_UTF16' })
  })
  it('one bad file of a call stops the call', async () => {
    await expect(importPaths([fixture('ranks.csv'), fixture('number-bad.csv')])).rejects.toMatchObject({
      code: 'NUMBER_UNPARSABLE',
    })
  })
  it('an abort stops the reading', async () => {
    const { findCsvCells } = await import('../../../src/lib/sources/csv/csv-cells.js')
    const text = `date,CL01\n${'2020-04-20,1\n'.repeat(10_000)}`
    const stop = AbortSignal.abort(new Error('stopped'))
    await expect(findCsvCells('x.csv', new TextEncoder().encode(text), stop)).rejects.toThrow('stopped')
  })
})

describe('what can be read is read', () => {
  it('a byte-order mark, CRLF, semicolons, quotes, blank lines, Bloomberg names and dates with the day first', async () => {
    const { datasets } = await importPaths([fixture('bom-crlf-semicolon.csv')])
    const curve = datasets[0] as CurveColumns
    expect(isoDays(curve.day)).toEqual(['2020-04-20', '2020-04-20', '2020-04-21', '2020-04-21'])
    expect(Array.from(curve.settlement)).toEqual([-37.63, 20.43, 10.01, 11.57])
  })
  it('an ambiguous date as --date-format says', async () => {
    const days = async (format: string): Promise<string[]> =>
      isoDays(
        ((await importPaths([fixture('dates-ambiguous.csv')], { 'date-format': format })).datasets[0] as CurveColumns)
          .day,
      )
    expect(await days('eu')).toEqual(['2020-04-03', '2020-04-06'])
    expect(await days('us')).toEqual(['2020-03-04', '2020-06-04'])
  })
  it('thousands separators where a decimal point tells what they are, with a warning', async () => {
    const { datasets, warnings } = await importPaths([fixture('thousands.csv')])
    expect(Array.from((datasets[0] as SeriesColumns).value)).toEqual([446994, 445042])
    expect(warnings).toEqual([
      'THOUSANDS_SEPARATORS: thousands.csv: 2 numbers have thousands separators, read without them',
    ])
  })
  it('blank, NaN, NA, N/A, null and a point as missing', async () => {
    const { datasets, files } = await importPaths([fixture('blanks.csv')])
    expect(datasets.map((columns) => Array.from((columns as SeriesColumns).value))).toEqual([[79.13], [82.1]])
    expect(files[0].missing).toBe(6)
  })
  it('rows out of order, sorted with a warning that names the line', async () => {
    const { datasets, warnings } = await importPaths([fixture('unsorted.csv')])
    expect(Array.from((datasets[0] as CurveColumns).settlement)).toEqual([18.27, -37.63, 10.01])
    expect(warnings).toEqual(['ROWS_UNSORTED: unsorted.csv: dates go backwards at line 3; the rows were sorted'])
  })
  it('rows that run backwards, without a word', async () => {
    const { datasets, warnings } = await importText('date,CL01\n2020-04-21,10.01\n2020-04-20,-37.63\n')
    expect(Array.from((datasets[0] as CurveColumns).settlement)).toEqual([-37.63, 10.01])
    expect(warnings).toEqual([])
  })
  it('duplicate days reach the quality gate side by side', async () => {
    const { datasets } = await importPaths([fixture('duplicates.csv')])
    const { day, month, settlement } = datasets[0] as CurveColumns
    expect(Array.from(month)).toEqual([202005, 202005, 202006, 202006, 202005, 202005, 202006, 202006])
    expect(Array.from(settlement).slice(-2)).toEqual([11.57, 11.75])
    expect(isoDays(day).slice(-4)).toEqual(Array.from({ length: 4 }, () => '2020-04-21'))
  })
  it('delimiters, quotes and line ends inside quotes', async () => {
    const { datasets } = await importText(
      'ticker,name,date,open,high,low,close\nCL=F,"Crude, ""light""\nsweet",2020-04-20,1,2,0,1\n',
    )
    expect((datasets[0] as BarColumns).symbol).toBe('CL')
  })
  it('months by name and compact days', async () => {
    const days = async (text: string): Promise<string[]> =>
      isoDays(((await importText(`date,CL01\n${text},1\n`)).datasets[0] as CurveColumns).day)
    expect(await days('20-Apr-2020')).toEqual(['2020-04-20'])
    expect(await days('"Apr 20, 2020"')).toEqual(['2020-04-20'])
    expect(await days('20200420')).toEqual(['2020-04-20'])
    expect(await days('20.04.2020')).toEqual(['2020-04-20'])
    expect(await days('2020-04-20T00:00:00.000Z')).toEqual(['2020-04-20'])
  })
})
