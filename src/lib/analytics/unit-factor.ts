import type { PriceUnit } from '../market/instrument.js'
import { GALLONS_PER_BARREL } from '../market/units.js'

/**
 * Multiplier from a quote in `from` to one in `to`, by way of the barrel: × 42 from USD/gal, ÷ barrelsPerTonne from USD/t.
 * @param barrelsPerTonne density of the oil that is quoted by weight: 7.45 for gasoil (ICE), 8.33 for gasoline
 * @returns NaN between natural gas and oil: heat per barrel is the definition's own choice
 */
export function unitFactor(from: PriceUnit, to: PriceUnit, barrelsPerTonne: number): number {
  if (from === to) return 1
  return barrelsPer(to, barrelsPerTonne) / barrelsPer(from, barrelsPerTonne)
}

function barrelsPer(unit: PriceUnit, barrelsPerTonne: number): number {
  switch (unit) {
    case 'USD/bbl':
      return 1
    case 'USD/gal':
      return 1 / GALLONS_PER_BARREL
    case 'USD/t':
      return barrelsPerTonne
    case 'USD/MMBtu':
      return Number.NaN
  }
}
