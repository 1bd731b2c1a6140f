import { describe, expect, it } from 'vitest'
import { checkedBaseUrl } from '../../../src/lib/sources/http/base-url.js'
import { dayOfStamp, periodStamp } from '../../../src/lib/sources/series/period.js'
import { planBatches } from '../../../src/lib/sources/eia/plan-batches.js'
import { planSeries, type SeriesWish } from '../../../src/lib/sources/eia/plan-series.js'
import { requestUrl } from '../../../src/lib/sources/eia/request-url.js'
import { publicationRuleOf, seriesFactsOf } from '../../../src/lib/market/publication.js'
import { day } from '../../market/market.js'
import { builtInEia, publications } from './support.js'

const plan = (wish: Partial<SeriesWish>) =>
  planSeries(builtInEia, { presets: [], series: [], route: null, frequency: null, ...wish })
const windowOf = (changes: object = {}) => ({
  from: null,
  to: null,
  seriesPerRequest: 4,
  lastStored: () => null,
  ...changes,
})

describe('which series, and where they stand', () => {
  it('spot is six series on two routes', () => {
    const spot = plan({ presets: ['spot'] })
    expect(spot.map(({ id }) => id)).toEqual([
      'RWTC',
      'RBRTE',
      'EER_EPMRU_PF4_Y35NY_DPG',
      'EER_EPD2F_PF4_Y35NY_DPG',
      'EER_EPD2DXL0_PF4_Y35NY_DPG',
      'RNGWHHD',
    ])
    expect(new Set(spot.map(({ route }) => route))).toEqual(new Set(['petroleum/pri/spt', 'natural-gas/pri/fut']))
  })

  it('the outlook is asked by seriesId and monthly, all else by series', () => {
    expect(plan({ series: ['COPR_SA'] })).toMatchObject([{ route: 'steo', facet: 'seriesId', frequency: 'monthly' }])
    expect(plan({ series: ['WCESTP31'] })).toMatchObject([
      { route: 'petroleum/stoc/wstk', facet: 'series', frequency: 'weekly' },
    ])
  })

  it('every series of every preset has a unit, its route’s frequency and a publication rule', () => {
    for (const preset of builtInEia.presets.keys()) {
      for (const { id, frequency } of plan({ presets: [preset] })) {
        const facts = seriesFactsOf(publications, id)
        expect(facts, id).not.toBeNull()
        expect(facts?.frequency, id).toBe(frequency)
        expect(publicationRuleOf(publications, id, frequency), id).toBeDefined()
        expect([...builtInEia.units.values()], id).toContain(facts?.unit)
      }
    }
  })

  it('names each series once, though presets and --series repeat it; lower case is meant as upper', () => {
    expect(plan({ presets: ['spot', 'spot'], series: ['RWTC', 'rbrte', 'WPULEUS3'] }).map(({ id }) => id)).toHaveLength(
      7,
    )
  })

  it('asks for the route of a series that it does not know, and takes it as said', () => {
    expect(() => plan({ series: ['MCRFPUS2'] })).toThrowError(
      expect.objectContaining({
        kind: 'usage',
        code: 'EIA_ROUTE_NEEDED',
        hint: expect.stringContaining('--series MCRFPUS2 --route petroleum/pri/spt') as string,
      }),
    )
    expect(() => plan({ series: ['MCRFPUS2'], route: 'petroleum/crd/crpdn' })).toThrowError(
      expect.objectContaining({ kind: 'usage', code: 'EIA_FREQUENCY_NEEDED' }),
    )
    expect(plan({ series: ['MCRFPUS2'], route: 'petroleum/crd/crpdn', frequency: 'monthly' })).toMatchObject([
      { id: 'MCRFPUS2', route: 'petroleum/crd/crpdn', facet: 'series', frequency: 'monthly' },
    ])
  })

  it('wants to be told something', () => {
    expect(() => plan({})).toThrowError(expect.objectContaining({ kind: 'usage', code: 'NOTHING_TO_FETCH' }))
  })
})

describe('batches', () => {
  it('share a request among four series of one route', () => {
    const batches = planBatches(plan({ presets: ['spot'] }), windowOf())
    expect(batches.map(({ route, ids }) => `${route} ${ids.length}`)).toEqual([
      'petroleum/pri/spt 4',
      'petroleum/pri/spt 1',
      'natural-gas/pri/fut 1',
    ])
    expect(batches.every(({ from, to }) => from === null && to === null)).toBe(true)
  })

  it('begin 30 days before the last stored day, and with everything for a series that is new', () => {
    const lasts = new Map([['RWTC', day('2024-03-28')]])
    const batches = planBatches(
      plan({ series: ['RWTC', 'RBRTE'] }),
      windowOf({ lastStored: (id: string) => lasts.get(id) ?? null }),
    )
    expect(batches.map(({ ids, from }) => [ids, from])).toEqual([
      [['RWTC'], day('2024-02-27')],
      [['RBRTE'], null],
    ])
  })

  it('begin where --from says, whatever is stored; a window that ends before it begins is refused', () => {
    const from = day('2020-01-02')
    const [batch] = planBatches(plan({ series: ['RWTC'] }), windowOf({ from, lastStored: () => day('2024-03-28') }))
    expect(batch.from).toBe(from)
    expect(() => planBatches(plan({ series: ['RWTC'] }), windowOf({ from, to: from - 1 }))).toThrowError(
      expect.objectContaining({ kind: 'usage', code: 'BAD_WINDOW' }),
    )
  })
})

describe('the request', () => {
  it('bounds a monthly series by months: EIA compares texts, and 2008-02 sorts before 2008-02-01', () => {
    expect('2008-02' < '2008-02-01').toBe(true)
    expect(periodStamp(day('2008-02-01'), 'monthly')).toBe('2008-02')
    expect(periodStamp(day('2008-02-01'), 'weekly')).toBe('2008-02-01')
    expect(dayOfStamp('2008-02', 'monthly')).toBe(day('2008-02-01'))
    for (const [stamp, frequency] of [
      ['2008-02-01', 'monthly'],
      ['2008-13', 'monthly'],
      ['2008', 'monthly'],
      ['2008-02', 'daily'],
      ['2023-02-29', 'weekly'],
      ['2008-Q1', 'monthly'],
    ] as const) {
      expect(dayOfStamp(stamp, frequency), stamp).toBeNull()
    }
  })

  it('carries key, frequency, data[0], a facet for each series, bounds, order, offset and length', () => {
    const [batch] = planBatches(
      plan({ series: ['COPR_SA', 'COPR_IR'] }),
      windowOf({ from: day('2021-01-15'), to: day('2021-12-31') }),
    )
    const url = requestUrl('https://api.eia.gov/v2', batch, 5000, 5000, 'K')
    expect(decodeURIComponent(url.href)).toBe(
      'https://api.eia.gov/v2/steo/data/?api_key=K&frequency=monthly&data[0]=value&facets[seriesId][]=COPR_SA' +
        '&facets[seriesId][]=COPR_IR&start=2021-01&end=2021-12&sort[0][column]=period&sort[0][direction]=asc' +
        '&sort[1][column]=seriesId&sort[1][direction]=asc&offset=5000&length=5000',
    )
  })

  it('takes a plain address only, and warns where the key would travel in clear text', () => {
    const warnings: string[] = []
    const address = { vendor: 'EIA', secret: 'EIA_API_KEY', example: 'https://api.eia.gov/v2' }
    const check = (text: string): string => checkedBaseUrl(text, address, (code) => warnings.push(code))
    expect(check('https://api.eia.gov/v2/')).toBe('https://api.eia.gov/v2')
    expect(check('http://127.0.0.1:8080/v2')).toBe('http://127.0.0.1:8080/v2')
    expect(warnings).toEqual([])
    check('http://gateway.example.com/v2')
    expect(warnings).toEqual(['KEY_IN_CLEAR'])
    for (const text of [
      'https://user:pass@api.eia.gov/v2',
      'https://api.eia.gov/v2?api_key=K',
      'https://api.eia.gov/#x',
    ]) {
      expect(() => check(text), text).toThrowError(expect.objectContaining({ kind: 'usage', code: 'BASE_URL' }))
    }
  })
})
