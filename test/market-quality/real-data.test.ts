import { describe, expect, it } from 'vitest'
import { datasetName } from '../../src/lib/market/dataset.js'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { gateDataset } from '../../src/lib/market/quality/gate.js'
import type { QualityFinding } from '../../src/lib/market/quality.js'
import { importPaths, market } from '../sources/csv/desk.js'
import { testLake, never } from '../store/lake.js'
import { sharedFile } from '../support/shared.js'

const FILES = [
  'futures_curves_daily.csv',
  'ohlcv_daily.csv',
  'eia_futures_daily.csv',
  'eia_wti_spot_daily.csv',
  'eia_brent_spot_daily.csv',
  'eia_henry_hub_daily.csv',
  'eia_weekly_petroleum.csv',
  'vix_daily.csv',
]
const paths = FILES.map((file) => sharedFile(`data/${file}`))
const present = paths.every((path) => path !== null)

const line = ({ series, day, what, value }: QualityFinding): string =>
  [series, isoFromDay(day), what === series ? '' : what, value ?? ''].filter((word) => word !== '').join(' ')

describe.skipIf(!present)('the gate on real data', () => {
  it('drops 28 rows and flags 193, and no real settlement is lost as a spike', { timeout: 120_000 }, async () => {
    const { datasets } = await importPaths(paths.filter((path) => path !== null))
    const gated = datasets.map((columns) => gateDataset(market, columns))
    const findings = gated.flatMap((one) => one.findings)
    const lines = (reason: string, action: string): string[] =>
      findings.filter((one) => one.reason === reason && one.action === action).map(line)

    // A Sunday's 0; six gas contracts on the day before 4 July 2009; holiday rows of a retail feed.
    expect(lines('non-trading-day', 'dropped')).toEqual([
      'RB 2017-08-27 RBV17 0',
      ...['NGQ09 3.6', 'NGU09 3.75', 'NGV09 3.987', 'NGX09 4.707', 'NGZ09 5.4', 'NGF10 5.72'].map(
        (row) => `NG 2009-07-03 ${row}`,
      ),
      'CL 2006-09-04 bar 68.02',
      'CL 2023-11-23 bar 76.35',
      'HO 2004-11-25 bar 1.4516',
      'HO 2006-09-04 bar 1.9402',
      'HO 2023-11-23 bar 2.8712',
      'NG 2002-07-04 bar 3.11',
      'NG 2006-09-04 bar 5.825',
      'NG 2023-11-23 bar 2.934',
      'RB 2001-09-11 bar 0.815',
      'RB 2006-07-03 bar 2.3846',
      'RB 2006-09-04 bar 1.7515',
      'RB 2006-11-23 bar 1.5855',
      'RB 2006-11-24 bar 1.5855',
      'RB 2023-11-23 bar 2.2144',
      'BZ 2023-11-23 bar 81.37',
    ])
    expect(findings.filter(({ action }) => action === 'dropped').length).toBe(28)
    expect(lines('low-above-high', 'dropped')).toHaveLength(6)

    // No real settlement is dropped as a spike; the known error of 2015-10-21 is named, and so is 20 April 2020.
    expect(lines('spike', 'dropped')).toEqual([])
    const spikes = lines('spike', 'kept')
    expect(spikes).toContain('EER_EPMRR_PE1_Y35NY_DPG 2015-10-21 1.517')
    expect(spikes).toContain('CL 2020-04-20 CLK20 -37.63')
    expect(spikes).toContain('RWTC 2020-04-20 -36.98')
    expect(spikes.length).toBe(29)
    expect(lines('gap', 'kept').map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'BZ 2009-05-01',
      'RNGWHHD 2005-10-07',
    ])
    expect(lines('stale', 'kept')).toEqual(['HO 2009-06-16 curve 1.8156'])
    expect(lines('close-outside-range', 'kept').length).toBe(161)

    // What is kept passes the gate again unchanged, and goes through the lake unchanged.
    for (const { kept } of gated) {
      expect(gateDataset(market, kept).findings.filter(({ action }) => action === 'dropped')).toEqual([])
    }
    const lake = testLake()
    try {
      const store = lake.open()
      const curves = gated.map(({ kept }) => kept).filter((kept) => kept.kind === 'curves')
      await store.write(
        curves.map((columns) => ({ columns, source: 'csv', simulated: false })),
        never,
      )
      for (const kept of curves) {
        const read = await store.readCurves(kept.product)
        expect(read.columns.settlement, datasetName(kept)).toEqual(kept.settlement)
        expect(read.columns.day).toEqual(kept.day)
      }
    } finally {
      lake.remove()
    }
  })
})
