import { describe, expect, it } from 'vitest'
import { section as calendarsSection } from '../../src/lib/config/sections/calendars.js'
import { section as instrumentsSection } from '../../src/lib/config/sections/instruments.js'
import { PRODUCTS } from '../../src/lib/market/instrument.js'
import { createMarket } from '../../src/lib/market/create-market.js'
import { builtInYaml, calendars, day, instruments } from './market.js'

type Rows = { products: Record<string, Record<string, unknown>> }

function changed(product: string, change: Record<string, unknown>): unknown {
  const rows = builtInYaml('instruments.yaml') as Rows
  return { products: { ...rows.products, [product]: { ...rows.products[product], ...change } } }
}

function issues(value: unknown): string {
  const result = instrumentsSection.schema.safeParse(value)
  return result.success
    ? ''
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}

describe('config/instruments.yaml', () => {
  it('has all products, each with tick × size = tick value and barrels that agree with the unit', () => {
    expect(instruments.map(({ product }) => product)).toEqual(PRODUCTS)
    const perUnit = { 'USD/bbl': 1, 'USD/gal': 1 / 42, 'USD/t': 7.45, 'USD/MMBtu': null }
    for (const { contractSize, unit, barrelsPerLot } of instruments) {
      const factor = perUnit[unit]
      if (factor === null) expect(barrelsPerLot).toBeNull()
      else expect(barrelsPerLot).toBeCloseTo(contractSize * factor, 9)
    }
  })

  it.each([
    ['an unknown field', 'CL', { colour: 'black' }, /colour/],
    ['an alias of another product', 'BRN', { aliases: ['wti'] }, /"wti" names both CL and BRN/],
    [
      'a tick value that is not tick × size',
      'CL',
      { ticks: [{ from: '2020-01-01', tick: 0.01, tickValueUsd: 1 }] },
      /tick ×/,
    ],
    ['an override of no month', 'CL', { lastTradingDayOverrides: { '2024-13': '2024-01-02' } }, /2024-13/],
    ['an override that is no date', 'CL', { lastTradingDayOverrides: { '2024-12': '2024-02-30' } }, /2024-02-30/],
  ])('refuses %s', (_, product, change, message) => expect(issues(changed(product, change))).toMatch(message))

  it('refuses a missing product', () => expect(issues({ products: {} })).toMatch(/CL is missing/))

  it('whose override breaks the order of expiries is refused on first use', () => {
    const parsed = instrumentsSection.schema.parse(
      changed('CL', { lastTradingDayOverrides: { '2024-12': '2030-01-02' } }),
    )
    expect(() => createMarket(parsed, calendars).lastTradingDay('CL', 202401)).toThrow(/CL 2025-01/)
  })
})

describe('config/calendars.yaml', () => {
  it('gives every exception a reason', () => {
    expect(calendars.exceptions.UK.closed.get(day('2022-09-19'))).toBe('funeral of Queen Elizabeth II')
  })

  it('refuses a date that does not exist', () => {
    const yaml = builtInYaml('calendars.yaml') as Record<string, unknown>
    const broken = { ...yaml, ICE: { closed: { '2023-02-29': 'no such day' }, open: {} } }
    expect(calendarsSection.schema.safeParse(broken).error?.issues[0].message).toMatch(/2023-02-29/)
  })
})
