const DIGITS: Readonly<Record<string, number>> = { 'USD/bbl': 2, 'USD/gal': 4, 'USD/t': 2, 'USD/MMBtu': 3 }

/** Decimals in which a unit is quoted: barrels to the cent, gallons to the hundredth of a cent. */
export function unitDigits(unit: string): number {
  return DIGITS[unit] ?? 2
}
