import type { PriceUnit } from './instrument.js'

/** Exact by definition. */
export const GALLONS_PER_BARREL = 42

/** Trade conventions, bbl per tonne: gasoil as ICE states it, gasoline as CME does; fuel oil and naphtha by custom. */
export const BARRELS_PER_TONNE = { gasoil: 7.45, gasoline: 8.33, fuelOil: 6.35, naphtha: 8.9 } as const

/**
 * A quote in USD per barrel: USD/gal × 42; USD/t ÷ 7.45 (gasoil is the one product quoted per tonne); USD/bbl as it is.
 * @returns USD/bbl with the sign of the quote; null for USD/MMBtu, which is no volume of oil; NaN for NaN
 */
export function usdPerBbl(unit: PriceUnit, price: number): number | null {
  switch (unit) {
    case 'USD/bbl':
      return price
    case 'USD/gal':
      return price * GALLONS_PER_BARREL
    case 'USD/t':
      return price / BARRELS_PER_TONNE.gasoil
    case 'USD/MMBtu':
      return null
  }
}

/** The inverse of {@link usdPerBbl}. */
export function fromUsdPerBbl(unit: PriceUnit, price: number): number | null {
  switch (unit) {
    case 'USD/bbl':
      return price
    case 'USD/gal':
      return price / GALLONS_PER_BARREL
    case 'USD/t':
      return price * BARRELS_PER_TONNE.gasoil
    case 'USD/MMBtu':
      return null
  }
}

/** Barrels in a volume: gallons ÷ 42, tonnes × bbl per tonne of the product. */
export function barrels(amount: number, unit: 'bbl' | 'gal' | 't', barrelsPerTonne: number): number {
  return unit === 'bbl' ? amount : unit === 'gal' ? amount / GALLONS_PER_BARREL : amount * barrelsPerTonne
}
