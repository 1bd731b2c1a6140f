/** `-1,234,567 USD` for a terminal; a dash where there is no number. */
export function usdText(value: number | null, signed = false): string {
  if (value === null || !Number.isFinite(value)) return '–'
  const whole = Math.round(Math.abs(value))
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = whole === '0' ? '' : value < 0 ? '-' : signed ? '+' : ''
  return `${sign}${whole} USD`
}
