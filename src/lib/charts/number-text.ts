/** Thin space between thousands, a real minus sign: the same in every picture and under every locale. */
export const THOUSANDS = '\u2009'
export const MINUS = '\u2212'

/**
 * `−37.63`, `+3.10`, `26 470`: a number as pictures and reports print it.
 * @param digits decimals
 * @param signed print `+` before positive numbers: changes, spreads
 * @returns an en dash where there is no number
 */
export function numberText(value: number | null, digits: number, signed = false): string {
  if (value === null || !Number.isFinite(value)) return '–'
  const fixed = Math.abs(value).toFixed(digits)
  const [whole, fraction] = fixed.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THOUSANDS)
  const isZero = Number(fixed) === 0
  const sign = isZero ? '' : value < 0 ? MINUS : signed ? '+' : ''
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}
