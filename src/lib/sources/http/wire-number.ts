const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A number as a vendor sends it, as a number or as a text; NaN for anything else. */
export function wireNumber(value: string | number): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN
  const text = value.trim()
  return NUMBER.test(text) ? Number(text) : Number.NaN
}
