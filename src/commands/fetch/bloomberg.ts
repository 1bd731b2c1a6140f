import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchBloombergData } from '../../lib/documents/fetch-bloomberg.js'
import { clock } from '../../lib/runtime/clock.js'

const DAY_MS = 86_400_000

export default class FetchBloomberg extends ContangoCommand {
  static override summary = 'Fetch curves, bars and contract facts from Bloomberg'
  static override description =
    'Through a blpapi-http server or a Terminal, as config/sources.yaml chooses. Curves are settlements by contract with ' +
    'open interest and volume: a curve of twelve months is one request. A product that the lake holds is fetched from ' +
    'shortly before its last day. Where Bloomberg cannot be reached this exits 5 and stores nothing in its place. ' +
    'Access, fields and traps: docs/sources-bloomberg.md.'
  static override examples = [
    '<%= config.bin %> fetch bloomberg --product wti --product brent --from 2024-01-02 --dry-run',
    '<%= config.bin %> fetch bloomberg --what curves --what bars --ranks 24 --from 2023-01-03 --to 2023-12-29 --dry-run --json',
  ]
  static override flags = {
    product: flags.product({ multiple: true, summary: 'A product; by default all whose Bloomberg root is known.' }),
    what: flags.choice({ options: ['curves', 'bars', 'intraday', 'reference'] as const })({
      multiple: true,
      summary:
        'Settlements by contract (default), daily bars, bars within the day, contract facts (shown, not stored).',
    }),
    by: flags.choice({ options: ['rank', 'chain'] as const })({
      default: 'rank',
      summary: 'Curves by generic ticker, or by the contracts that FUT_CHAIN lists.',
    }),
    ranks: flags.integer({
      min: 1,
      max: 36,
      summary: 'Contracts of each curve; default: bloomberg.ranks, within the day 1.',
    }),
    interval: flags.integer({ min: 1, max: 1440, default: 5, summary: 'Minutes of a bar within the day.' }),
    from: flags.date({ summary: 'First day; by default shortly before the last one in the lake.' }),
    to: flags.date({ summary: 'Last day; by default today.' }),
    'dry-run': flags.boolean({ summary: 'Print the requests and ask nothing.' }),
  }

  protected async answer(ctx: Context): Promise<Report<FetchBloombergData>> {
    const { flags } = this.input(FetchBloomberg)
    const { planFetch } = await import('../../lib/sources/bloomberg/plan-fetch.js')
    const { fetchedReport, plannedReport } = await import('../../lib/sources/bloomberg/fetch-report.js')
    const { config, market, store, strict, signal, log, warn } = ctx
    const { bloomberg: section } = config.sources
    const products = flags.product?.map((name) => market.resolveProduct(name))
    const planned = planFetch(
      {
        what: [...new Set(flags.what ?? (['curves'] as const))],
        products: products
          ? [...new Set(products)]
          : market.products.filter((product) => market.instrument(product).codes.bloomberg !== null),
        ranks: flags.ranks ?? null,
        from: flags.from ?? null,
        to: flags.to ?? null,
        today: Math.floor(clock.nowMs() / DAY_MS),
      },
      section,
      market,
      store,
    )
    if (flags['dry-run']) return plannedReport(section.transport, planned, flags.interval)
    const { openBloomberg } = await import('../../lib/sources/bloomberg/open-bloomberg.js')
    const { fetchBloomberg } = await import('../../lib/sources/bloomberg/fetch-bloomberg.js')
    const bloomberg = openBloomberg({
      config: section,
      settings: config.settings.bloomberg,
      home: ctx.workspace.home,
      clock,
      rng: ctx.rng('bloomberg/back-off'),
      signal,
      log: (event) => log.debug(event, 'bloomberg'),
      warn: ctx.warn,
    })
    const progress = ctx.progress('Bloomberg', planned.length)
    try {
      const fetched = await fetchBloomberg({
        bloomberg,
        config: section,
        planned,
        by: flags.by,
        intervalMinutes: flags.interval,
        market,
        store,
        strict,
        clock,
        signal,
        warn,
        onDone: ({ product }) => progress.advance(1, product),
      })
      return fetchedReport(section.transport, fetched)
    } finally {
      progress.stop()
      await bloomberg.close()
    }
  }
}
