const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

/** Why a cell gave no number, or how it gave one. */
export type NumberText =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'missing' }
  /** `1,234.5`: the commas can only separate thousands. */
  | { readonly kind: 'grouped'; readonly value: number }
  /** `1,234`: thousands in one country, a decimal comma in another. */
  | { readonly kind: 'ambiguous'; readonly value: number }
  | { readonly kind: 'not-a-number' }

const MISSING = new Set(['', 'na', 'n/a', '#n/a', '#na', 'nan', 'null', 'none', 'nil', '.', '-', '--', '-nan'])
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/

/** The meaning of a cell's text; blank, NaN, NA, null, `.` and `-` are missing. */
export function parseNumberText(text: string): NumberText {
  const trimmed = text.trim()
  if (PLAIN.test(trimmed)) {
    const value = Number(trimmed)
    return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'not-a-number' }
  }
  if (MISSING.has(trimmed.toLowerCase())) return { kind: 'missing' }
  if (GROUPED.test(trimmed)) {
    const value = Number(trimmed.replaceAll(',', ''))
    const certain = trimmed.includes('.') || trimmed.indexOf(',') !== trimmed.lastIndexOf(',')
    return { kind: certain ? 'grouped' : 'ambiguous', value }
  }
  return { kind: 'not-a-number' }
}

/**
 * A plain decimal number straight from bytes. At most 15 digits over a power of ten up to 1e22 are both exact as
 * doubles, so one division rounds once and equals Number(); whatever else a cell holds is NaN here and goes through
 * {@link parseNumberText}. Clinger (1990), "How to read floating point numbers accurately".
 */
export function parsePlainNumber(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  const negative = bytes[i] === 0x2d
  if (negative || bytes[i] === 0x2b) i++
  let mantissa = 0
  let digits = 0
  let point = -1
  for (; i < end; i++) {
    const byte = bytes[i]
    if (byte >= 0x30 && byte <= 0x39) {
      mantissa = mantissa * 10 + (byte - 0x30)
      digits++
    } else if (byte === 0x2e && point < 0) point = i
    else return Number.NaN
  }
  if (digits === 0 || digits > 15) return Number.NaN
  const value = point < 0 ? mantissa : mantissa / POWERS_OF_TEN[end - point - 1]
  return negative ? -value : value
}
