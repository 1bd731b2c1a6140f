import type { PriceUnit } from '../market/instrument.js'

/** Decimals in which the market quotes. */
export function priceDigits(unit: PriceUnit | string): number {
  return unit === 'USD/gal' ? 4 : unit === 'USD/MMBtu' ? 3 : 2
}

/** −5.39 → "-5.39"; a missing number is a dash. Never "-0.00". */
export function fixedText(value: number | null, digits: number): string {
  if (value === null || !Number.isFinite(value)) return '–'
  const text = value.toFixed(digits)
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
}

/** As {@link fixedText} with the sign of positive numbers. */
export function signedText(value: number | null, digits: number): string {
  const text = fixedText(value, digits)
  return value !== null && value > 0 && Number(text) !== 0 ? `+${text}` : text
}

/** `-1,234,567`: a whole number for a terminal; a missing one is a dash. */
export function wholeText(value: number | null, signed = false): string {
  if (value === null || !Number.isFinite(value)) return '–'
  const whole = Math.round(Math.abs(value))
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = whole === '0' ? '' : value < 0 ? '-' : signed ? '+' : ''
  return `${sign}${whole}`
}
