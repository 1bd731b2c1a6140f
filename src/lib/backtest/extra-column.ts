import { ContangoError } from '../kernel/errors.js'
import type { PriceBars } from './price-bars.js'

/** A column that the strategy asked for by name; whoever runs it has loaded it. */
export function extraColumn({ extra }: PriceBars, name: string): Float64Array {
  const column = extra?.[name]
  if (column !== undefined) return column
  throw new ContangoError(
    'usage',
    'COLUMN_NOT_LOADED',
    `the strategy needs the column ${name}, which these bars do not have`,
    'a product of the lake has it: contango backtest STRATEGY wti; simulated prices do not',
    { column: name },
  )
}
