import { ContangoError } from '../../kernel/errors.js'

/** The bar that is being decided; moved on by the loop. */
export interface Cursor {
  bar: number
}

/**
 * Reads a column backwards from the cursor: `offset` 0 is the bar just closed, −1 the one before, NaN before the first bar.
 * Throws where the offset is ahead of it, or no whole number.
 */
export function pastOf(values: Float64Array, cursor: Cursor, name: string): (offset?: number) => number {
  return (offset = 0) => {
    // NaN fails both comparisons.
    if (!(offset <= 0) || offset !== Math.floor(offset)) throw badOffset(name, offset)
    const at = cursor.bar + offset
    return at < 0 ? Number.NaN : values[at]
  }
}

function badOffset(name: string, offset: unknown): ContangoError {
  const call = `${name}(${String(offset)})`
  const future = typeof offset === 'number' && offset > 0
  return new ContangoError(
    'refused',
    future ? 'FUTURE_ACCESS' : 'BAD_OFFSET',
    future
      ? `${call} looks ahead: it asks for a bar after the one just closed`
      : `${call}: an offset is 0 or a negative whole number`,
    `${name}(0) is the bar just closed, ${name}(-1) the one before`,
  )
}
