import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dayFromIso, isoFromDay } from '../../../src/lib/kernel/day.js'
import {
  datasetDays,
  datasetName,
  type BarColumns,
  type CurveColumns,
  type SeriesColumns,
} from '../../../src/lib/market/dataset.js'
import { gateDataset } from '../../../src/lib/market/quality/gate.js'
import { sharedFile } from '../../support/shared.js'
import { importPaths, market, type Tried } from './desk.js'

const any = sharedFile('data/futures_curves_daily.csv')

/** Name and rows of each dataset, the rows that the gate drops, and the first and last day. */
function summary({ datasets }: Tried): string[] {
  return datasets.map((columns) => {
    const { findings } = gateDataset(market, columns)
    const dropped = findings.filter(({ action }) => action === 'dropped').length
    const days = datasetDays(columns)
    const span = `${isoFromDay(days[0])} … ${isoFromDay(days[days.length - 1])}`
    return `${datasetName(columns)} ${columns.unit}: ${days.length} rows, ${dropped} dropped, ${span}`
  })
}

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'futures_curves_daily.csv': [
    'CL USD/bbl: 154152 rows, 0 dropped, 2007-01-02 … 2023-12-29',
    'BRN USD/bbl: 157963 rows, 0 dropped, 2007-01-02 … 2023-12-29',
    'HO USD/gal: 76878 rows, 0 dropped, 2007-01-02 … 2023-12-29',
    'RB USD/gal: 76908 rows, 1 dropped, 2007-01-02 … 2023-12-29',
    'NG USD/MMBtu: 154158 rows, 6 dropped, 2007-01-02 … 2023-12-29',
  ],
  'ohlcv_daily.csv': [
    'CL USD/bbl: 5864 rows, 2 dropped, 2000-08-23 … 2023-12-29',
    'HO USD/gal: 5857 rows, 3 dropped, 2000-09-01 … 2023-12-29',
    'NG USD/MMBtu: 5860 rows, 3 dropped, 2000-08-30 … 2023-12-29',
    'RB USD/gal: 5818 rows, 6 dropped, 2000-11-01 … 2023-12-29',
    'BZ USD/bbl: 4076 rows, 7 dropped, 2007-07-30 … 2023-12-29',
  ],
  'vix_daily.csv': ['VIX index: 9235 rows, 0 dropped, 1990-01-02 … 2026-07-23'],
  'eia_wti_spot_daily.csv': ['RWTC USD/bbl: 10226 rows, 0 dropped, 1986-01-02 … 2026-08-18'],
  'eia_brent_spot_daily.csv': ['RBRTE USD/bbl: 9958 rows, 0 dropped, 1987-05-20 … 2026-08-18'],
  'eia_henry_hub_daily.csv': ['RNGWHHD USD/MMBtu: 7436 rows, 0 dropped, 1997-01-07 … 2026-08-18'],
  'fred_DGS10.csv': ['DGS10 %: 11499 rows, 0 dropped, 1980-01-02 … 2025-12-30'],
  'fred_DTWEXBGS.csv': ['DTWEXBGS index: 5010 rows, 0 dropped, 2006-01-02 … 2025-12-26'],
  'cftc_wti_noncommercial.csv': ['OI', 'NONCOMM_LONG', 'NONCOMM_SHORT', 'NONCOMM_NET'].map(
    (what) => `CFTC_067651_${what} contracts: 1044 rows, 0 dropped, 2005-01-04 … 2024-12-31`,
  ),
}

describe.skipIf(any === null)('every file of real data imports as it is', () => {
  for (const [file, expected] of Object.entries(EXPECTED)) {
    it(file, async () => {
      expect(summary(await importPaths([sharedFile(`data/${file}`)!]))).toEqual(expected)
    })
  }
  it('eia_futures_daily.csv: twelve daily series', async () => {
    const tried = await importPaths([sharedFile('data/eia_futures_daily.csv')!])
    expect(tried.datasets).toHaveLength(12)
    expect(summary(tried)).toContain('RCLC1 USD/bbl: 9761 rows, 0 dropped, 1983-04-04 … 2022-02-15')
    expect(summary(tried)).toContain('EER_EPMRR_PE1_Y35NY_DPG USD/gal: 4109 rows, 0 dropped, 2005-10-03 … 2022-02-15')
  })
  it('eia_weekly_petroleum.csv: 149 weekly series with units, 53 computed columns left out', async () => {
    const tried = await importPaths([sharedFile('data/eia_weekly_petroleum.csv')!])
    expect(tried.datasets).toHaveLength(149)
    expect(tried.datasets.every((columns) => columns.kind === 'series' && columns.frequency === 'weekly')).toBe(true)
    expect(new Set(tried.datasets.map(({ unit }) => unit))).toEqual(new Set(['kbbl', 'kb/d', '%']))
    expect(tried.files[0].ignoredColumns).toHaveLength(53)
    const stocks = tried.datasets.find((columns) => datasetName(columns) === 'WCESTUS1') as SeriesColumns
    const last = stocks.period.length - 1
    expect([stocks.value[last], isoFromDay(stocks.knownOn[last])]).toEqual([415601, '2025-01-02'])
  })
  it('eia_steo_opec_vintages.csv: 43 series, five vintages each, known on the last day of the month of release', async () => {
    const tried = await importPaths([sharedFile('data/eia_steo_opec_vintages.csv')!])
    expect(tried.datasets).toHaveLength(43)
    const opec = tried.datasets.find((columns) => datasetName(columns) === 'COPR_OPEC') as SeriesColumns
    expect(opec).toMatchObject({ unit: 'million b/d', frequency: 'monthly', knownOnFrom: 'vendor' })
    expect([...new Set(opec.knownOn)].sort().map(isoFromDay)).toEqual([
      '2025-11-30',
      '2025-12-31',
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ])
  })
  it('contract_expiries.csv: 1,198 last trading days agree, 59 Brent rows carry the label of another month', async () => {
    const tried = await importPaths([sharedFile('data/contract_expiries.csv')!])
    expect(tried.files[0].expiries).toEqual({ rows: 1257, agree: 1198, mislabelled: 59, differ: [] })
  })
  it('no file of the folder is forgotten here', () => {
    const covered = [
      ...Object.keys(EXPECTED),
      'eia_futures_daily.csv',
      'eia_weekly_petroleum.csv',
      'eia_steo_opec_vintages.csv',
      'contract_expiries.csv',
    ]
    expect(readdirSync(dirname(any!)).filter((name) => name.endsWith('.csv'))).toEqual(covered.sort())
  })
})

describe.skipIf(any === null)('numbers that a person can look up', () => {
  it('CL01 is −37.63 on 2020-04-20, and it is the May contract', async () => {
    const { datasets } = await importPaths([any!])
    const { day, month, settlement } = datasets[0] as CurveColumns
    const row = day.indexOf(dayFromIso('2020-04-20')!)
    expect([month[row], settlement[row], month[row + 1], settlement[row + 1]]).toEqual([202005, -37.63, 202006, 20.43])
  })
  it('a bar delivered as 31.950000762939453 is 31.95', async () => {
    const { datasets } = await importPaths([sharedFile('data/ohlcv_daily.csv')!])
    const bars = datasets[0] as BarColumns
    expect([isoFromDay(bars.sessionDay[0]), bars.open[0], bars.close[0]]).toEqual(['2000-08-23', 31.95, 32.05])
  })
})
