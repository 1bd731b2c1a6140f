import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { isoDays } from '../../../src/lib/kernel/day.js'
import { datasetName, type BarColumns, type CurveColumns, type SeriesColumns } from '../../../src/lib/market/dataset.js'
import { mergeDatasets } from '../../../src/lib/sources/csv/merge-datasets.js'
import { fixture, importPaths, importText, type Tried } from './desk.js'

function named<T>(tried: Tried, name: string): T {
  const found = tried.datasets.find((columns) => datasetName(columns) === name)
  expect(found, `${name} among ${tried.datasets.map(datasetName).join(', ')}`).toBeDefined()
  return found as T
}

const settlements = ({ day, month, rank, settlement }: CurveColumns): string[] =>
  isoDays(day).map((date, i) => `${date} ${month[i]} M${rank[i]} ${settlement[i]}`)

const observations = ({ period, knownOn, value }: SeriesColumns): string[] => {
  const known = isoDays(knownOn)
  return isoDays(period).map((date, i) => `${date} ${value[i]} from ${known[i]}`)
}

describe('wide settlements by rank', () => {
  it('become contracts: CL01 is May 2020 through its last trading day 21 April, then June', async () => {
    const tried = await importPaths([fixture('ranks.csv')])
    expect(tried.files[0].layout).toBe('ranks')
    expect(settlements(named(tried, 'CL'))).toEqual([
      '2020-04-17 202005 M1 18.27',
      '2020-04-17 202006 M2 25.03',
      '2020-04-20 202005 M1 -37.63',
      '2020-04-20 202006 M2 20.43',
      '2020-04-21 202005 M1 10.01',
      '2020-04-21 202006 M2 11.57',
      '2020-04-22 202006 M1 13.78',
      '2020-04-22 202007 M2 20.69',
    ])
  })
  it('leave out a cell without a settlement and count it', async () => {
    const tried = await importPaths([fixture('ranks.csv')])
    expect(isoDays(named<CurveColumns>(tried, 'HO').day)).toEqual(['2020-04-17', '2020-04-20', '2020-04-22'])
    expect(tried.files[0].missing).toBe(1)
  })
  it('take the unit of the product and name the columns of which nothing is imported', async () => {
    const tried = await importPaths([fixture('ranks.csv')])
    expect(tried.datasets.map(({ unit }) => unit)).toEqual(['USD/bbl', 'USD/bbl', 'USD/gal'])
    expect(tried.files[0].ignoredColumns).toEqual([{ column: 'note', reason: 'is no rank of a known product' }])
  })
  it('in cents per gallon are divided by 100 where --unit says so', async () => {
    const tried = await importText('date,RB01\n2020-04-20,66.94\n', { unit: ['RB=USc/gal'] })
    expect(named<CurveColumns>(tried, 'RB').settlement[0]).toBeCloseTo(0.6694, 12)
    expect(named<CurveColumns>(tried, 'RB').unit).toBe('USD/gal')
  })
  it('come from columns of any name through --map', async () => {
    const tried = await importText('Day,Px\n2020-04-20,-37.63\n', { map: ['Day=date', 'Px=CL01'] })
    expect(settlements(named(tried, 'CL'))).toEqual(['2020-04-20 202005 M1 -37.63'])
  })
})

describe('settlements by contract', () => {
  it('in rows carry open interest and volume, and get the rank of the day', async () => {
    const tried = await importPaths([fixture('contracts-long.csv')])
    const curve = named<CurveColumns>(tried, 'CL')
    expect(settlements(curve)[0]).toBe('2020-04-20 202005 M1 -37.63')
    expect(Array.from(curve.openInterest ?? [])).toEqual([108593, 538336, 13044, 519541])
  })
  it('in columns give each product its own curve', async () => {
    const tried = await importPaths([fixture('contracts-wide.csv')])
    expect(settlements(named(tried, 'CL'))).toEqual([
      '2020-04-20 202005 M1 -37.63',
      '2020-04-20 202006 M2 20.43',
      '2020-04-21 202005 M1 10.01',
      '2020-04-21 202006 M2 11.57',
      '2020-04-22 202006 M1 13.78',
    ])
    expect(settlements(named(tried, 'BRN'))).toHaveLength(3)
  })
  it('with a delivery month need to know whose it is', async () => {
    const text = 'date,month,settle\n2020-04-20,2020-05,-37.63\n'
    await expect(importText(text)).rejects.toMatchObject({ code: 'PRODUCT_UNKNOWN' })
    expect(settlements(named(await importText(text, { symbol: 'wti' }), 'CL'))).toEqual(['2020-04-20 202005 M1 -37.63'])
  })
})

describe('series', () => {
  it('of a wide file get unit, frequency and first usable day from their ids; computed columns stay out', async () => {
    const tried = await importPaths([fixture('series-wide.csv')])
    const stocks = named<SeriesColumns>(tried, 'WCESTUS1')
    expect(stocks).toMatchObject({ unit: 'kbbl', frequency: 'weekly', knownOnFrom: 'rule' })
    expect(observations(stocks)[1]).toBe('2024-03-08 446994 from 2024-03-13')
    expect(tried.files[0].ignoredColumns).toEqual([{ column: 'crudeYieldP1', reason: 'was computed by someone else' }])
  })
  it('with a date and a price are known by the name of the file, or by --series', async () => {
    const tried = await importPaths([fixture('eia_wti_spot_daily.csv')])
    expect(observations(named(tried, 'RWTC'))[1]).toBe('2020-04-20 -36.98 from 2020-04-22')
    const text = 'date,value\n2020-04-20,0.63\n'
    expect(named<SeriesColumns>(await importText(text, { series: 'DGS10' }), 'DGS10').unit).toBe('%')
    expect(named<SeriesColumns>(await importText(text, {}, 'fred_DGS10.csv'), 'DGS10').unit).toBe('%')
  })
  it('in rows are told apart by their series column', async () => {
    const tried = await importPaths([fixture('series-long.csv')])
    expect(observations(named(tried, 'WCESTUS1'))).toEqual(['2024-03-08 446994 from 2024-03-13'])
  })
  it('of an unknown id take their frequency from the dates and warn about the unit', async () => {
    const text = 'date,MINE\n2024-03-01,1\n2024-03-08,2\n2024-03-15,3\n'
    const tried = await importText(text)
    expect(named<SeriesColumns>(tried, 'MINE')).toMatchObject({ frequency: 'weekly', unit: 'unknown' })
    expect(tried.warnings).toEqual(['UNIT_UNKNOWN: x.csv: the unit of MINE is not known; --unit MINE=USD/bbl says it'])
    expect((await importText(text, { unit: ['kb/d'] })).warnings).toEqual([])
  })
})

describe('what contango exports', () => {
  it('comes back under the name of the file: settlements, bars, and every vintage with its known-on day', async () => {
    const curve = 'date,contract,contract_month,rank,settlement\n2020-04-20,CLK20,202005,1,-37.63\n'
    expect(settlements(named(await importText(curve, {}, 'CL.csv'), 'CL'))).toEqual(['2020-04-20 202005 M1 -37.63'])
    const bars = 'date,open,high,low,close,volume\n2020-04-20,17.73,17.85,-40.32,-37.63,247947\n'
    expect(named<BarColumns>(await importText(bars, {}, 'CL.csv'), 'CL').unit).toBe('USD/bbl')
    const series = 'period,known_on,value\n2024-03-08,2024-03-13,446994\n2024-03-08,2024-03-20,447001\n'
    const stocks = named<SeriesColumns>(await importText(series, {}, 'WCESTUS1.csv'), 'WCESTUS1')
    expect(stocks.knownOnFrom).toBe('vendor')
    expect(observations(stocks)).toEqual(['2024-03-08 446994 from 2024-03-13', '2024-03-08 447001 from 2024-03-20'])
  })
})

describe('bars', () => {
  it('are filed under the product of a Yahoo ticker, and 32-bit noise is undone with a word', async () => {
    const tried = await importPaths([fixture('bars.csv')])
    const bars = named<BarColumns>(tried, 'CL')
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]]).toEqual([
      17.73, 17.85, -40.32, -37.63, 247947,
    ])
    expect(named<BarColumns>(tried, 'BZ').unit).toBe('USD/bbl')
    expect(tried.warnings).toHaveLength(1)
    expect(tried.warnings[0]).toMatch(/^FLOAT32_PRICES: bars.csv: 10 numbers/)
  })
  it('without a ticker take the symbol of the file name, or --symbol', async () => {
    const vix = named<BarColumns>(await importPaths([fixture('vix_daily.csv')]), 'VIX')
    expect([vix.unit, vix.close[0], vix.volume[0]]).toEqual(['index', 82.69, Number.NaN])
    const text = 'date,open,high,low,close\n2020-04-20,17.73,17.85,-40.32,-37.63\n'
    expect(named<BarColumns>(await importText(text, { symbol: 'wti' }), 'CL').close[0]).toBe(-37.63)
  })
})

describe('vintages', () => {
  it('are known on the last day of the release month, or on the release day where there is one', async () => {
    const tried = await importPaths([fixture('vintages.csv')])
    const opec = named<SeriesColumns>(tried, 'COPR_OPEC')
    expect(opec).toMatchObject({ unit: 'million b/d', frequency: 'monthly', knownOnFrom: 'vendor' })
    expect(observations(opec)).toEqual([
      '2025-10-01 28.6 from 2025-11-30',
      '2025-10-01 28.6 from 2025-12-09',
      '2025-11-01 28.7 from 2025-11-30',
      '2025-11-01 28.65 from 2025-12-09',
      '2025-12-01 28.9 from 2025-11-30',
      '2025-12-01 28.9 from 2025-12-09',
    ])
  })
})

describe('trader positions', () => {
  it('store shorts as counts, keep net with its sign, and are usable after the Friday release', async () => {
    const tried = await importPaths([fixture('cftc_wti_noncommercial.csv')])
    expect(observations(named(tried, 'CFTC_067651_NONCOMM_SHORT'))).toEqual([
      '2024-12-24 132321 from 2024-12-31',
      '2024-12-31 126081 from 2025-01-07',
    ])
    expect(observations(named(tried, 'CFTC_067651_OI'))[1]).toContain('1872970')
    expect(observations(named(tried, 'CFTC_067651_NONCOMM_NET'))[1]).toContain('254324')
    expect(tried.warnings).toEqual([
      'SHORTS_NEGATIVE: cftc_wti_noncommercial.csv: shorts are given as negative numbers and stored as counts',
    ])
  })
})

describe('a table of last trading days', () => {
  it('is compared with the rule and stores nothing', async () => {
    const tried = await importPaths([fixture('expiries.csv')])
    expect(tried.datasets).toEqual([])
    expect(tried.files[0].expiries).toEqual({
      rows: 3,
      agree: 1,
      mislabelled: 1, // LCO 2016-02-29 is the last day of April 2016, whatever the row calls it
      differ: [{ line: 4, contract: 'CLM20', lastTradingDay: '2020-05-20', rule: '2020-05-19' }],
    })
  })
})

describe('NDJSON', () => {
  it('goes through the same layouts; the end mark of contango itself is no row', async () => {
    const tried = await importPaths([fixture('ranks.ndjson')])
    expect(tried.files[0]).toMatchObject({ format: 'ndjson', layout: 'ranks', rows: 2 })
    expect(settlements(named(tried, 'CL'))[0]).toBe('2020-04-20 202005 M1 -37.63')
  })
})

describe('several files', () => {
  it('that hold the same product become one dataset', async () => {
    const tried = await importPaths([fixture('unsorted.csv'), fixture('contracts-wide.csv')])
    expect(tried.datasets.map(datasetName)).toEqual(['CL', 'BRN'])
    expect(named<CurveColumns>(tried, 'CL').day).toHaveLength(8)
  })
  it('that disagree about a unit are refused', () => {
    const series = (unit: string): SeriesColumns => ({
      kind: 'series',
      id: 'MINE',
      unit,
      frequency: 'daily',
      period: Int32Array.of(19783),
      knownOn: Int32Array.of(19786),
      value: Float64Array.of(1),
      knownOnFrom: 'rule',
    })
    const files = [
      { file: 'a.csv', columns: series('kb/d') },
      { file: 'b.csv', columns: series('kbbl') },
    ]
    expect(() => mergeDatasets(files)).toThrow('MINE is kb/d, daily in a.csv and kbbl, daily in b.csv')
  })
})

describe('Parquet', () => {
  const dates = ['2020-04-20', '2020-04-21'].map((day) => new Date(`${day}T00:00:00Z`))
  it('goes through the same layouts, whatever the types of its columns', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'date', data: dates, type: 'TIMESTAMP' },
        { name: 'CL01', data: [-37.63, 10.01], type: 'DOUBLE' },
        { name: 'CL02', data: [20, 11], type: 'INT32' },
        { name: 'HO01', data: [0.8856, null], type: 'FLOAT', nullable: true },
      ],
    })
    const tried = await importText(new Uint8Array(bytes), {}, 'x.parquet')
    expect(tried.files[0]).toMatchObject({ format: 'parquet', layout: 'ranks', rows: 2, missing: 1 })
    expect(settlements(named(tried, 'CL'))).toEqual([
      '2020-04-20 202005 M1 -37.63',
      '2020-04-20 202006 M2 20',
      '2020-04-21 202005 M1 10.01',
      '2020-04-21 202006 M2 11',
    ])
    expect(Array.from(named<CurveColumns>(tried, 'HO').settlement)).toEqual([0.8856])
  })
  it('of dates as text and whole numbers of 64 bits is read too', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'period', data: ['2024-03-08', '2024-03-15'], type: 'STRING' },
        { name: 'WCESTUS1', data: [446994n, 445042n], type: 'INT64' },
      ],
    })
    const tried = await importText(new Uint8Array(bytes), {}, 'x.parquet')
    expect(observations(named(tried, 'WCESTUS1'))[0]).toBe('2024-03-08 446994 from 2024-03-13')
  })
  it('that contango itself marked as simulated is never filed as market data', async () => {
    const marked = (key: string, value: string): Uint8Array =>
      new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'date', data: ['2024-03-08'], type: 'STRING' },
            { name: 'CL01', data: [78.01], type: 'DOUBLE' },
          ],
          kvMetadata: [{ key, value }],
        }),
      )
    for (const [key, value] of [
      ['contango.simulated', 'true'],
      ['contango', '{"name":"CL","simulated":true}'],
    ]) {
      await expect(importText(marked(key, value), {}, 'x.parquet')).rejects.toMatchObject({ code: 'SIMULATED_FILE' })
    }
    expect((await importText(marked('contango.simulated', 'false'), {}, 'x.parquet')).datasets).toHaveLength(1)
  })
  it('names the row of a bad cell', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'date', data: ['2024-03-08', 'x'], type: 'STRING' },
        { name: 'CL01', data: [78.01, 81.04], type: 'DOUBLE' },
      ],
    })
    await expect(importText(new Uint8Array(bytes), {}, 'x.parquet')).rejects.toThrow(
      'x.parquet row 2, column date: "x" is not a date',
    )
  })
  it('cut short at any byte is refused and never half read', async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'date', data: ['2024-03-08', '2024-03-11'], type: 'STRING' },
          { name: 'CL01', data: [78.01, 77.93], type: 'DOUBLE' },
        ],
      }),
    )
    for (let length = 4; length < bytes.length; length += 7) {
      await expect(importText(bytes.slice(0, length), {}, 'x.parquet')).rejects.toMatchObject({
        code: 'PARQUET_BROKEN',
      })
    }
  })
})
