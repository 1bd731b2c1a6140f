import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isoFromDay, weekdayOf } from '../../../src/lib/kernel/day.js'
import { datasetName } from '../../../src/lib/market/dataset.js'
import { generate } from '../../../src/lib/sources/sim/generate.js'
import type { DatasetWrite } from '../../../src/lib/store/types.js'
import { day } from '../../market/market.js'
import { request } from './request.js'

/** Every number of every dataset, in order, through one hash. */
function fingerprint(writes: readonly DatasetWrite[]): string {
  const hash = createHash('sha256')
  for (const { columns } of writes) {
    hash.update(`${columns.kind}/${datasetName(columns)}/${columns.unit}\n`)
    for (const values of Object.values(columns)) {
      if (values instanceof Float64Array || values instanceof Int32Array) hash.update(Array.from(values).join(','))
    }
  }
  return hash.digest('hex')
}

function series(writes: readonly DatasetWrite[], id: string) {
  const found = writes.find(({ columns }) => columns.kind === 'series' && columns.id === id)
  if (found?.columns.kind !== 'series') throw new Error(id)
  return found.columns
}

describe('generate', () => {
  it('gives the same bytes for the same seed, everywhere: half a year of all eight products is pinned', async () => {
    expect(fingerprint(await generate(request()))).toBe(fingerprint(await generate(request())))
    expect(fingerprint(await generate(request()))).toBe(
      '4c00ef569956db2b3de722f5bdcdc0a5d0278a1b42863ede1534249e57759f31',
    )
  })

  it('gives other bytes for another seed', async () => {
    expect(fingerprint(await generate(request({ seed: 2 })))).not.toBe(fingerprint(await generate(request())))
  })

  it('files everything under sim, marked simulated, to replace what was there', async () => {
    const writes = await generate(request())
    for (const { source, simulated, replace } of writes) {
      expect({ source, simulated, replace }).toEqual({ source: 'sim', simulated: true, replace: true })
    }
    const names = (kind: string): string[] =>
      writes.filter(({ columns }) => columns.kind === kind).map(({ columns }) => datasetName(columns))
    expect(names('curves')).toEqual(['BRN', 'BZ', 'CL', 'DBI', 'HO', 'LGO', 'NG', 'RB'])
    expect(names('bars')).toEqual(names('curves'))
    expect(names('series')).toEqual(
      expect.arrayContaining([
        'CFTC_067651_MM_LONG',
        'CFTC_067651_OI',
        'WCESTUS1',
        'W_EPC0_SAX_YCUOK_MBBL',
        'WPULEUS3',
      ]),
    )
  })

  it('one product alone is the same product as among all', async () => {
    const all = await generate(request())
    const alone = await generate(request({ products: ['LGO'] }))
    expect(fingerprint(alone)).toBe(fingerprint(all.filter(({ columns }) => datasetName(columns) === 'LGO')))
  })

  it('an earlier end is a prefix: weekly figures and positions too', async () => {
    const long = await generate(request())
    const short = await generate(request({ to: day('2010-04-30') }))
    for (const id of ['WCESTUS1', 'WCEIMUS2', 'WPULEUS3', 'CFTC_067651_NONCOMM_LONG']) {
      const [before, after] = [series(short, id), series(long, id)]
      expect(before.period.length).toBeGreaterThan(12)
      expect([...before.value]).toEqual([...after.value.slice(0, before.value.length)])
      expect([...before.knownOn]).toEqual([...after.knownOn.slice(0, before.knownOn.length)])
    }
  })

  it('weekly figures are of a Friday and known on the next Wednesday, positions of a Tuesday and known on Monday', async () => {
    const writes = await generate(request())
    const stocks = series(writes, 'WCESTUS1')
    const at = stocks.period.indexOf(day('2010-03-12'))
    expect(isoFromDay(stocks.knownOn[at])).toBe('2010-03-17')
    expect(new Set(Array.from(stocks.period, weekdayOf))).toEqual(new Set([5]))
    const positions = series(writes, 'CFTC_067651_OI')
    expect(isoFromDay(positions.knownOn[positions.period.indexOf(day('2010-03-16'))])).toBe('2010-03-22')
    expect(new Set(Array.from(positions.period, weekdayOf))).toEqual(new Set([2]))
    expect(Math.max(...stocks.knownOn)).toBeLessThanOrEqual(day('2010-06-30'))
  })

  it('the crude balance closes: imports are runs + exports − production + 60 % of the build, up to ± 1,200 kb/d', async () => {
    const writes = await generate(request({ to: day('2012-12-31'), products: ['CL'] }))
    const [imports, runs, exports, production, stocks] = [
      'WCEIMUS2',
      'WCRRIUS2',
      'WCREXUS2',
      'WCRFPUS2',
      'WCESTUS1',
    ].map((id) => series(writes, id).value)
    for (let week = 1; week < imports.length; week++) {
      const build = (stocks[week] - stocks[week - 1]) / 7
      const closed = runs[week] + exports[week] - production[week] + 0.6 * build
      expect(Math.abs(imports[week] - closed)).toBeLessThan(1200)
    }
  })

  it('stocks have their season: crude is higher in May than in September by about 37 MMbbl, on average over 15 years', async () => {
    const stocks = series(await generate(request({ to: day('2024-12-31'), products: ['CL'] })), 'WCESTUS1')
    const inMonth = (month: string): number => {
      const values = Array.from(stocks.value).filter((_, i) => isoFromDay(stocks.period[i]).slice(5, 7) === month)
      return values.reduce((sum, value) => sum + value, 0) / values.length
    }
    expect(inMonth('05') - inMonth('09')).toBeGreaterThan(25_000)
    expect(inMonth('05') - inMonth('09')).toBeLessThan(50_000)
  })

  it('long and short of managed money are part of the non-commercial ones, and those of open interest', async () => {
    const writes = await generate(request())
    const [all, long, short, managedLong, managedShort] = [
      'OI',
      'NONCOMM_LONG',
      'NONCOMM_SHORT',
      'MM_LONG',
      'MM_SHORT',
    ].map((field) => series(writes, `CFTC_067651_${field}`).value)
    all.forEach((openInterest, week) => {
      expect(managedLong[week]).toBeLessThan(long[week])
      expect(managedShort[week]).toBeLessThan(short[week])
      expect(long[week] + short[week]).toBeLessThan(openInterest)
      expect(managedShort[week]).toBeGreaterThan(0)
    })
  })

  it('refuses a window outside the simulated world, turned around, or without a settlement', async () => {
    await expect(generate(request({ from: day('2009-12-31') }))).rejects.toThrow(/runs from 2010-01-04 to 2036-12-31/)
    await expect(generate(request({ to: day('2037-01-02') }))).rejects.toThrow(/runs from/)
    await expect(generate(request({ from: day('2010-02-02'), to: day('2010-02-01') }))).rejects.toThrow(/is after --to/)
    await expect(generate(request({ from: day('2010-02-06'), to: day('2010-02-07') }))).rejects.toThrow(
      /no settlement day from 2010-02-06 to 2010-02-07/,
    )
  })

  it('stops between two products when the run is interrupted', async () => {
    let calls = 0
    const yieldNow = async (): Promise<void> => {
      if (++calls === 3) throw new Error('interrupted')
    }
    await expect(generate(request({ yieldNow }))).rejects.toThrow('interrupted')
    expect(calls).toBe(3)
  })
})
