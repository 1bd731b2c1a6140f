import { describe, expect, it } from 'vitest'
import { barrels, fromUsdPerBbl, usdPerBbl } from '../../src/lib/market/units.js'

describe('units', () => {
  it('gasoil at 700 USD/t is 700 / 7.45 = 93.96 USD/bbl', () => {
    expect(usdPerBbl('USD/t', 700)).toBeCloseTo(93.9597, 4)
  })

  it('heating oil at 2.50 USD/gal is 105 USD/bbl, and back', () => {
    expect(usdPerBbl('USD/gal', 2.5)).toBe(105)
    expect(fromUsdPerBbl('USD/gal', 105)).toBe(2.5)
    expect(fromUsdPerBbl('USD/t', 100)).toBeCloseTo(745, 10)
  })

  it('4 lots of gasoil, 400 t, are 2,980 bbl; a lot of RBOB, 42,000 gal, 1,000', () => {
    expect(barrels(400, 't', 7.45)).toBeCloseTo(2980, 10)
    expect(barrels(42_000, 'gal', 8.33)).toBe(1000)
  })

  it('natural gas is no volume of oil', () => {
    expect(usdPerBbl('USD/MMBtu', 3)).toBeNull()
    expect(fromUsdPerBbl('USD/MMBtu', 3)).toBeNull()
  })
})
