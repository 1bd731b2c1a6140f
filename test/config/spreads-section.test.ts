import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { section } from '../../src/lib/config/sections/spreads.js'

const check = (...spreads: object[]): string[] =>
  section.schema.safeParse({ spreads }).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []
const spread = (over: object): object => ({
  name: 'mine',
  unit: 'USD/bbl',
  legs: [{ product: 'CL', weight: 1 }],
  ...over,
})

describe('config/spreads.yaml', () => {
  it('as built in defines the spreads that every release carries', () => {
    const builtIn = section.schema.parse(
      parse(readFileSync(new URL('../../config/spreads.yaml', import.meta.url), 'utf8')),
    )
    const names = builtIn.spreads.map(({ name }) => name)
    for (const name of [
      'wti-brent',
      'crack-3-2-1',
      'crack-2-1-1',
      'crack-5-3-2',
      'crack-gasoline',
      'crack-heating-oil',
    ])
      expect(names).toContain(name)
  })
  it('takes a spread of one leg, with per 1, offset 0 and 7.45 bbl in a tonne where nothing is said', () => {
    expect(section.schema.parse({ spreads: [spread({})] }).spreads[0]).toMatchObject({
      per: 1,
      barrelsPerTonne: 7.45,
      legs: [{ offset: 0 }],
    })
  })
  it('refuses gas in barrels and oil in MMBtu without a factor', () => {
    expect(check(spread({ legs: [{ product: 'NG', weight: 1 }] }))).toEqual([
      'spreads.0.legs.0.factor: NG has no conversion into USD/bbl: give the leg a factor',
    ])
    expect(check(spread({ unit: 'USD/MMBtu' }))).toEqual([
      'spreads.0.legs.0.factor: CL has no conversion into USD/MMBtu: give the leg a factor',
    ])
    expect(check(spread({ legs: [{ product: 'NG', weight: 1, factor: 5.8 }] }))).toEqual([])
  })
  it('refuses a name twice, a leg without weight, and lots against the weight', () => {
    expect(check(spread({}), spread({}))).toEqual(['spreads: a name is used twice'])
    expect(check(spread({ legs: [{ product: 'CL', weight: 0 }] }))).toEqual([
      'spreads.0.legs.0.weight: a leg without weight is no leg',
    ])
    expect(check(spread({ legs: [{ product: 'CL', weight: -1, lots: 1 }] }))[0]).toMatch(/same sign/)
  })
  it('refuses a name that could not be typed, and a unit that is none', () => {
    expect(check(spread({ name: '-x' }))[0]).toMatch(/spreads\.0\.name/)
    expect(check(spread({ unit: 'EUR/t' }))[0]).toMatch(/spreads\.0\.unit/)
  })
})
