import { numberText } from '../charts/number-text.js'

/** Five digits that count, whole numbers whole; an en dash where there is none. */
export function metricText(value: number | null): string {
  if (value === null) return '–'
  if (Number.isInteger(value) || Math.abs(value) >= 10_000) return numberText(value, 0)
  const digits = Math.max(0, 4 - Math.floor(Math.log10(Math.abs(value))))
  return numberText(value, Math.min(8, digits))
}
