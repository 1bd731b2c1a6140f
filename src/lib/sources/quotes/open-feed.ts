import type { Context } from '../../cli/context.js'
import { ContangoError } from '../../kernel/errors.js'
import { clock } from '../../runtime/clock.js'
import { openBloomberg } from '../bloomberg/open-bloomberg.js'
import { createBloombergFeed } from './bloomberg-feed.js'
import type { QuoteFeed } from './quote.js'
import { quotedTickers } from './quoted-tickers.js'
import { createSimFeed } from './sim-feed.js'

export interface FeedWish {
  /** As typed; empty for those of the configuration. */
  readonly tickers: readonly string[]
  /** Null: Bloomberg where it is chosen, else the simulator. */
  readonly source: QuoteFeed['source'] | null
  readonly streaming: boolean
  readonly ticksPerSecond: number
}

const DAY_MS = 86_400_000

/** The feed that was asked for. Where Bloomberg is chosen it is Bloomberg or a failure, never the simulator instead. */
export async function openFeed(ctx: Context, wish: FeedWish): Promise<QuoteFeed> {
  const { config, market, store, signal, log, warn } = ctx
  const { bloomberg, quotes } = config.sources
  const settings = config.settings.bloomberg
  const chosen = bloomberg.transport === 'none' || settings.useMock ? 'sim' : 'bloomberg'
  const today = Math.floor(clock.nowMs() / DAY_MS)
  const typed = wish.tickers.length > 0 ? wish.tickers : quotes.tickers
  if ((wish.source ?? chosen) === 'sim') {
    const last = store.pick('curves', 'CL', 'sim')?.last ?? today
    return createSimFeed({
      tickers: quotedTickers(market, typed, ctx.requestedAsOf ?? last),
      market,
      store,
      parameters: config.simulator,
      asOf: ctx.requestedAsOf,
      ticksPerSecond: wish.ticksPerSecond,
      rng: (stream) => ctx.rng(stream),
      clock,
    })
  }
  if (wish.streaming && !settings.enableSubscriptions) {
    throw new ContangoError(
      'config',
      'BLOOMBERG_NO_SUBSCRIPTIONS',
      'subscriptions are switched off: BLOOMBERG_ENABLE_SUBSCRIPTIONS is false',
      'leave --watch out, or set it to true where the licence allows streaming',
    )
  }
  const opened = openBloomberg({
    config: bloomberg,
    settings,
    home: ctx.workspace.home,
    clock,
    rng: ctx.rng('bloomberg/back-off'),
    signal,
    log: (event) => log.debug(event, 'bloomberg'),
    warn: ctx.warn,
  })
  return createBloombergFeed({
    bloomberg: opened,
    tickers: quotedTickers(market, typed, today),
    market,
    quotes,
    priceFactors: bloomberg.priceFactors,
    clock,
    warn,
  })
}
