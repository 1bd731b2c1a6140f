import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { flags } from '../lib/cli/flags.js'
import type { Report } from '../lib/cli/report.js'
import type { QuotesData } from '../lib/documents/quotes.js'
import { clock } from '../lib/runtime/clock.js'

export default class Quotes extends ContangoCommand {
  static override summary = 'Last, change, bid and ask of the moment; --watch streams them'
  static override description =
    'From Bloomberg where config/sources.yaml chooses a way to it, else from the simulator, which says so in every row. ' +
    'With Bloomberg chosen and out of reach this exits 5 and never shows simulated prices instead. --watch prints ' +
    'NDJSON until --count, --seconds or Ctrl-C; it subscribes again after a loss, and marks what is stale. --record ' +
    'appends what it prints to the lake, as ticks of each ticker. docs/sources-bloomberg.md.'
  static override examples = [
    '<%= config.bin %> quotes',
    '<%= config.bin %> quotes --tickers "wti,CO2 Comdty" --source sim --json',
    '<%= config.bin %> quotes --source sim --watch --rate 100 --count 20',
  ]
  static override flags = {
    tickers: flags.string({
      multiple: true,
      helpValue: 'LIST',
      summary: 'Tickers or products, with commas between: "CL1 Comdty,brent"; default: quotes.tickers.',
    }),
    source: flags.choice({ options: ['bloomberg', 'sim'] as const })({ summary: 'Ask this one and no other.' }),
    watch: flags.boolean({ summary: 'Stream NDJSON, a row for each change.' }),
    record: flags.boolean({
      dependsOn: ['watch'],
      summary: 'Append the rows to the lake as well: contango data ls --kind ticks.',
    }),
    count: flags.integer({ min: 1, dependsOn: ['watch'], summary: 'End after so many rows.' }),
    seconds: flags.number({ min: 0.1, dependsOn: ['watch'], summary: 'End after so long.' }),
    rate: flags.number({
      min: 0,
      max: 100_000,
      default: 5,
      summary: 'Simulated ticks a second, all tickers together; 0 for as fast as they are read.',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<QuotesData>> {
    const { flags } = this.input(Quotes)
    const { openFeed } = await import('../lib/sources/quotes/open-feed.js')
    const { quoteTable } = await import('../lib/sources/quotes/quote.js')
    const feed = await openFeed(ctx, {
      tickers: flags.tickers ?? [],
      source: flags.source ?? null,
      streaming: flags.watch,
      ticksPerSecond: flags.rate,
    })
    const { source } = feed
    const simulated = source === 'sim'
    if (!flags.watch) {
      try {
        const quotes = await feed.snapshot()
        return { asOf: null, data: { source, simulated, quotes }, rows: quoteTable(quotes, source) }
      } finally {
        await feed.close()
      }
    }
    const { watchQuotes } = await import('../lib/sources/quotes/watch-quotes.js')
    const { noteSubscription } = await import('../lib/sources/quotes/subscriptions.js')
    const { createTickRecorder } = await import('../lib/sources/quotes/tick-recorder.js')
    const { count = null, seconds = null } = flags
    const { dataDir } = ctx.workspace
    const { market, store, signal } = ctx
    const recorder = flags.record
      ? createTickRecorder({ market, store, signal, dataDir, clock, warn: ctx.warn }, source)
      : null
    return {
      asOf: null,
      data: { source, simulated, quotes: [] },
      rows: quoteTable([], source),
      stream: watchQuotes({
        feed,
        count,
        seconds,
        signal,
        recorder,
        note: () => noteSubscription(dataDir, { source, tickers: feed.tickers, sinceMs: clock.nowMs() }),
      }),
    }
  }
}
