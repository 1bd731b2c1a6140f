import { wholeText } from './number-text.js'

/** `-1,234,567 USD` for a terminal; a dash where there is no number. */
export function usdText(value: number | null, signed = false): string {
  const whole = wholeText(value, signed)
  return whole === '–' ? whole : `${whole} USD`
}
