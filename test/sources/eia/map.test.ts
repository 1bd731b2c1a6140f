import { describe, expect, it } from 'vitest'
import { isoFromDay } from '../../../src/lib/kernel/day.js'
import { knownOnOfAnswer } from '../../../src/lib/sources/series/known-on.js'
import { mapRows } from '../../../src/lib/sources/eia/map.js'
import type { EiaBatch } from '../../../src/lib/sources/eia/plan-batches.js'
import { readEiaPage } from '../../../src/lib/sources/eia/schema.js'
import { seriesColumns } from '../../../src/lib/sources/series/series-columns.js'
import { day } from '../../market/market.js'
import { builtInEia, market, publications } from './support.js'

const spot: EiaBatch = {
  ids: ['RWTC', 'RBRTE'],
  route: 'petroleum/pri/spt',
  facet: 'series',
  frequency: 'daily',
  overlapDays: 30,
  cacheTtlMs: 0,
  from: null,
  to: null,
}
const wire = (period: unknown, series: unknown, value: unknown, units: unknown = '$/BBL') => ({
  period,
  series,
  value,
  units,
})
const page = (data: readonly unknown[], batch = spot) =>
  readEiaPage({ response: { total: String(data.length), data } }, { ...batch, missingValues: builtInEia.missingValues })
const map = (data: readonly unknown[], batch = spot) => mapRows(page(data, batch).rows, batch, builtInEia.units)
const surprise = (path: string): Error =>
  expect.objectContaining({
    kind: 'refused',
    code: 'EIA_SCHEMA',
    details: { route: 'petroleum/pri/spt', path },
  }) as Error

describe('rows of an answer', () => {
  it('are split by series, ascending, whether numbers come as texts or as numbers; −36.98 is a price', () => {
    const values = map([
      wire('2020-04-21', 'RWTC', 8.91),
      wire('2020-04-20', 'RWTC', '-36.98'),
      wire('2020-04-20', 'RBRTE', '17.36'),
    ])
    const wti = values.get('RWTC')
    expect(Array.from(wti?.period ?? [], isoFromDay)).toEqual(['2020-04-20', '2020-04-21'])
    expect([...(wti?.value ?? [])]).toEqual([-36.98, 8.91])
    expect(wti?.unit).toBe('USD/bbl')
    expect([...(values.get('RBRTE')?.value ?? [])]).toEqual([17.36])
  })

  it('without a value are counted and left out: null, "", NA, --, W', () => {
    const values = [null, '', 'NA', '--', 'W', '75.01']
    const [wti] = map(values.map((value, i) => wire(`2024-01-0${i + 1}`, 'RWTC', value))).values()
    expect(wti.missing).toBe(5)
    expect([...wti.value]).toEqual([75.01])
  })

  it('may come twice with the same value, but not with another one', () => {
    const twice = (second: string) => map([wire('2024-01-02', 'RWTC', '70.62'), wire('2024-01-02', 'RWTC', second)])
    expect(twice('70.620').get('RWTC')?.value).toHaveLength(1)
    expect(() => twice('70.63')).toThrowError('two values for 2024-01-02: 70.62 and 70.63')
  })

  it('are refused where a value is no number, a period no day or a series was not asked for', () => {
    for (const value of ['7O.62', '1,070.62', '1e999', '0x10', 'Infinity']) {
      expect(() => page([wire('2024-01-02', 'RWTC', value)]), value).toThrowError(surprise('response.data[0].value'))
    }
    expect(() => page([wire('2024-01', 'RWTC', '70')])).toThrowError(surprise('response.data[0].period'))
    expect(() => page([wire('2024-01-02', 'RWTX', '70')])).toThrowError(surprise('response.data[0].series'))
    expect(() => page([wire('2024-01-02', undefined, '70')])).toThrowError(surprise('response.data[0].series'))
    expect(() => page([wire('2024-01-02', 'RWTC', { amount: 70 })])).toThrowError(surprise('response.data[0].value'))
  })

  it('outside the window are left out, and a month counts whole where the window begins within it', () => {
    const within = { ...spot, from: day('2024-01-03'), to: day('2024-01-04') }
    const rows = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'].map((period) => wire(period, 'RWTC', '70'))
    expect(map(rows, within).get('RWTC')?.value).toHaveLength(2)
    const months: EiaBatch = { ...within, frequency: 'monthly', ids: ['COPR_SA'], facet: 'seriesId', to: null }
    const outlook = [{ period: '2024-01', seriesId: 'COPR_SA', value: 8.9, unit: 'million barrels per day' }]
    expect(map(outlook, months).get('COPR_SA')).toMatchObject({ unit: 'million b/d', missing: 0 })
    expect(map(outlook, months).get('COPR_SA')?.period).toHaveLength(1)
  })
})

describe('units', () => {
  const columns = (units: string | undefined, id = 'RWTC') => {
    const warnings: string[] = []
    const batch = { ...spot, ids: [id] }
    const rows = [wire('2024-01-02', id, '70.62', units ?? null)]
    const [values] = map(rows, batch).values()
    const context = {
      vendor: 'EIA',
      market,
      publications,
      stored: new Map(),
      nowMs: Date.UTC(2024, 3, 1),
      warn: (code: string) => void warnings.push(code),
    }
    return { unit: seriesColumns(values, 'daily', context).unit, warnings }
  }

  it('are ours, whatever case the vendor writes them in', () => {
    expect(columns('$/bbl')).toEqual({ unit: 'USD/bbl', warnings: [] })
  })

  it('refuse a series that comes in another unit than it has', () => {
    expect(() => columns('$/GAL')).toThrowError(expect.objectContaining({ kind: 'refused', code: 'EIA_UNIT' }))
    expect(() => columns('EUR/t')).toThrowError(expect.objectContaining({ kind: 'refused', code: 'EIA_UNIT' }))
  })

  it('are taken from the table, or as the vendor says them, with a warning', () => {
    expect(columns(undefined)).toEqual({ unit: 'USD/bbl', warnings: ['EIA_UNIT_ASSUMED'] })
    expect(columns('SHORT TONS', 'COAL')).toEqual({ unit: 'SHORT TONS', warnings: ['EIA_UNIT_UNKNOWN'] })
    expect(() => columns(undefined, 'COAL')).toThrowError(expect.objectContaining({ code: 'EIA_UNIT_MISSING' }))
  })
})

describe('known-on dates', () => {
  const periods = ['2024-03-15', '2024-03-22'].map(day)
  const byRule = Int32Array.from(['2024-03-20', '2024-03-27'].map(day))
  const knownOn = (
    values: number[],
    stored: Map<number, { value: number; knownOn: number }>,
    fetched: string,
  ): string[] =>
    Array.from(
      knownOnOfAnswer(Int32Array.from(periods), Float64Array.from(values), byRule, stored, day(fetched)),
      isoFromDay,
    )

  it('come from the rule when a value is seen for the first time', () => {
    expect(knownOn([1, 2], new Map(), '2024-04-03')).toEqual(['2024-03-20', '2024-03-27'])
  })

  it('are not later than the day after the fetch: what was seen is known, a forecast for instance', () => {
    expect(knownOn([1, 2], new Map(), '2024-03-22')).toEqual(['2024-03-20', '2024-03-22'])
  })

  it('are the day after the fetch for a revision, and stay for what is unchanged', () => {
    const stored = new Map([
      [periods[0], { value: 1, knownOn: byRule[0] }],
      [periods[1], { value: 2, knownOn: byRule[1] }],
    ])
    expect(knownOn([1, 2.5], stored, '2024-04-03')).toEqual(['2024-03-20', '2024-04-03'])
  })
})
