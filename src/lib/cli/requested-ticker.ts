import type { EpochDay } from '../kernel/day.js'
import { codeParts } from '../market/contract-code.js'
import { readTicker, type InvalidTicker, type Ticker } from '../market/ticker.js'
import { asOfOrAsk } from './as-of-or-ask.js'
import type { Context } from './context.js'

/** A ticker as typed, with the date that was needed to read it: only one-digit years look for one beyond `--as-of`. */
export interface RequestedTicker {
  readonly read: Ticker | InvalidTicker
  readonly asOf: EpochDay | null
}

export function requestedTicker(ctx: Context, text: string): RequestedTicker {
  const read = readTicker(ctx.market, text, ctx.requestedAsOf)
  if (!('reason' in read) || read.code !== 'NEEDS_AS_OF') return { read, asOf: ctx.requestedAsOf }
  const parts = codeParts(ctx.market, text.trim().split(/[\s.]/)[0])
  if ('reason' in parts) return { read, asOf: null }
  const asOf = asOfOrAsk(ctx, parts.product, `"${text}" has a one-digit year: its decade`)
  return { read: readTicker(ctx.market, text, asOf), asOf }
}
