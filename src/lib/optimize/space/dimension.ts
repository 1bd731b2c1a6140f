/** What one parameter may be: some values, or any number between two. */
export type Dimension =
  | { readonly name: string; readonly kind: 'values'; readonly values: readonly (number | string)[] }
  | {
      readonly name: string
      readonly kind: 'interval'
      readonly low: number
      readonly high: number
      /** Evenly by its logarithm; low is above 0 then. */
      readonly log: boolean
      readonly whole: boolean
    }

/** The value at a place in the unit interval: samplers draw places. */
export function valueAt(dimension: Dimension, place: number): number | string {
  if (dimension.kind === 'values') {
    const { values } = dimension
    return values[Math.min(values.length - 1, Math.floor(place * values.length))]
  }
  const { low, high, log, whole } = dimension
  if (whole) {
    // Each whole number has an equal share of the interval, or of its logarithm, the ends among them.
    const [from, until] = [low - 0.5, high + 0.5]
    const value = log ? Math.max(from, 0.5) * (until / Math.max(from, 0.5)) ** place : from + place * (until - from)
    return Math.min(high, Math.max(low, Math.round(value)))
  }
  const value = log ? low * (high / low) ** place : low + place * (high - low)
  return shortNumber(Math.min(high, Math.max(low, value)))
}

/** Where a value lies in the unit interval; the middle of its share where it has one. */
export function placeOf(dimension: Dimension, value: number | string): number {
  if (dimension.kind === 'values') return (dimension.values.indexOf(value) + 0.5) / dimension.values.length
  const { low, high, log, whole } = dimension
  const [from, until] = whole ? [low - 0.5, high + 0.5] : [low, high]
  if (until === from) return 0.5
  const start = log ? Math.max(from, whole ? 0.5 : from) : from
  return log ? Math.log(Number(value) / start) / Math.log(until / start) : (Number(value) - from) / (until - from)
}

/** Twelve digits: 0.1 + 0.2 is 0.3, and a cell has one name. */
export function shortNumber(value: number): number {
  return Number(value.toPrecision(12))
}
