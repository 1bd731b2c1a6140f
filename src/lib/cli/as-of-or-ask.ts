import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Product } from '../market/market.js'
import type { Context } from './context.js'

/**
 * The date for an answer that needs one but no data: `--as-of`, else the lake's last settlement of the product; with
 * neither, the user is asked for it (usage).
 * @param why completes "… needs a date": `"CLZ6" has a one-digit year and`
 */
export function asOfOrAsk(ctx: Context, product: Product, why: string): EpochDay {
  if (ctx.requestedAsOf !== null) return ctx.requestedAsOf
  try {
    return ctx.asOf([product])
  } catch (error) {
    const nothingThere = error instanceof ContangoError && (error.kind === 'noData' || error.code === 'NO_WORKSPACE')
    if (!nothingThere) throw error
    throw new ContangoError(
      'usage',
      'NEEDS_AS_OF',
      `${why} needs a date, and the lake has no settlement to take it from`,
      'add --as-of YYYY-MM-DD',
      {
        product,
      },
    )
  }
}
