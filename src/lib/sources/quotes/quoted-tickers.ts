import type { EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Market, Product } from '../../market/market.js'
import { genericTickerOf, readTicker, type Ticker } from '../../market/ticker.js'

/** A ticker to be quoted, in Bloomberg's spelling. */
export interface QuotedTicker {
  readonly ticker: string
  /** Null of what is no product here: `SPX Index`. */
  readonly read: Ticker | null
}

/**
 * Tickers from what was typed: `CL1 Comdty`, `CL1`, a contract, or a product's name for its front month. With its
 * market sector any other Bloomberg ticker passes as it is.
 * @param today decides the decade of a one-digit year
 */
export function quotedTickers(market: Market, texts: readonly string[], today: EpochDay): QuotedTicker[] {
  const tickers = texts.flatMap((text) => text.split(',')).flatMap((text) => (text.trim() === '' ? [] : [text.trim()]))
  const quoted = tickers.map((text) => quotedTicker(market, text, today))
  return quoted.filter(({ ticker }, i) => quoted.findIndex((other) => other.ticker === ticker) === i)
}

function quotedTicker(market: Market, text: string, today: EpochDay): QuotedTicker {
  const product = productNamed(market, text)
  if (product !== null) {
    const ticker = genericTickerOf(market, product, market.instrument(product).codes.bloombergFrontNumber)
    if (ticker !== null) text = ticker
  }
  let read = readTicker(market, text, today)
  if ('reason' in read && read.code === 'NO_SECTOR') read = readTicker(market, `${text} Comdty`, today)
  if (!('reason' in read) && read.vendor === 'bloomberg') return { ticker: read.ticker, read }
  if ('reason' in read && read.code === 'WRONG_SECTOR') return { ticker: text, read: null }
  const reason = 'reason' in read ? read.reason : `"${text}" is a ticker of ${read.vendor}`
  throw new ContangoError('usage', 'BAD_TICKER', reason, 'contango ticker list', { ticker: text })
}

function productNamed(market: Market, text: string): Product | null {
  try {
    return market.resolveProduct(text)
  } catch {
    return null
  }
}
