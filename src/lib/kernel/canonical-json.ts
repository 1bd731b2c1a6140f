/** A number as the output contract prints it: 12 significant digits, integers whole, no negative zero. */
export function canonicalNumber(value: number): number | null {
  if (!Number.isFinite(value)) return null
  if (value === 0) return 0
  if (Number.isInteger(value)) return value
  // Up to four decimals and eight digits before them are twelve digits already: most prices and amounts of money.
  const tenThousandths = Math.round(value * 1e4)
  if (tenThousandths / 1e4 === value && Math.abs(tenThousandths) < 1e12) return value
  return Number(value.toPrecision(12))
}

/**
 * JSON that is equal to the byte whenever the values are equal: keys sorted by code unit, numbers as
 * {@link canonicalNumber}, typed arrays as arrays, undefined members left out. One document ends without a newline.
 * @param indent spaces per level; 0 prints one line
 */
export function canonicalJson(value: unknown, indent = 0): string {
  return JSON.stringify(canonicalValue(value), null, indent)
}

const isText = (value: unknown): boolean => typeof value === 'string'

function canonicalValue(value: unknown): unknown {
  if (value === null || value === undefined) return value
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.every(isText) ? value : value.map((item) => canonicalValue(item) ?? null)
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, (item) => canonicalNumber(item))
  const source = value as Record<string, unknown>
  const sorted: Record<string, unknown> = {}
  for (const key of Object.keys(source).sort()) {
    const item = canonicalValue(source[key])
    if (item !== undefined) sorted[key] = item
  }
  return sorted
}
