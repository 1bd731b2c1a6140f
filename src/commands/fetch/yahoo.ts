import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { Column } from '../../lib/cli/table.js'
import type { FetchYahooData } from '../../lib/documents/fetch-yahoo.js'
import { isoFromDay } from '../../lib/kernel/day.js'
import { ContangoError } from '../../lib/kernel/errors.js'
import { clock } from '../../lib/runtime/clock.js'

const ADDRESS = { vendor: 'Yahoo', secret: null, example: 'https://query1.finance.yahoo.com' }
const CAVEATS = [
  'unofficial: no contract, no support; it may change or stop at any time, and its terms may forbid your use',
  'closes are last trades, not settlements',
  'front months are spliced by a rule of Yahoo’s own, without adjustment: returns contain roll gaps',
]

export default class FetchYahoo extends ContangoCommand {
  static override summary = 'Fetch daily bars from Yahoo’s unofficial chart endpoint (opt-in)'
  static override description =
    'Bars of the front month as Yahoo splices it. It asks only with --accept-caveats, or where yahoo.acceptCaveats of ' +
    'the settings is true, and prints the caveats each time. Traps: docs/sources-yahoo.md.'
  static override examples = [
    '<%= config.bin %> fetch yahoo --accept-caveats',
    '<%= config.bin %> fetch yahoo --symbol CL=F --accept-caveats --json',
  ]
  static override flags = {
    symbol: flags.string({
      multiple: true,
      helpValue: 'SYMBOL',
      summary: 'Of config/yahoo.yaml, such as CL=F; all by default.',
    }),
    'accept-caveats': flags.boolean({ summary: 'Yes, these are no settlements.' }),
    from: flags.date({ summary: 'First day; by default shortly before the last one in the lake, or all there is.' }),
    'base-url': flags.url({ summary: 'Address of the endpoint; default: yahoo.baseUrl of the settings.' }),
  }

  protected async answer(ctx: Context): Promise<Report<FetchYahooData>> {
    const { flags } = this.input(FetchYahoo)
    const { fetchYahoo } = await import('../../lib/sources/yahoo/fetch-yahoo.js')
    const { checkedBaseUrl } = await import('../../lib/sources/http/base-url.js')
    const { yahoo, settings } = ctx.config
    const symbols = [...new Set(flags.symbol ?? yahoo.symbols.keys())]
    const unknown = symbols.find((symbol) => !yahoo.symbols.has(symbol))
    if (unknown !== undefined) {
      const known = [...yahoo.symbols.keys()].join(', ')
      throw new ContangoError('usage', 'UNKNOWN_SYMBOL', `config/yahoo.yaml has no "${unknown}"`, `it has ${known}`)
    }
    if (!flags['accept-caveats'] && !settings.yahoo.acceptCaveats) {
      throw new ContangoError(
        'usage',
        'CAVEATS',
        `Yahoo is opt-in: ${CAVEATS.join('; ')}`,
        'contango fetch yahoo --accept-caveats, or yahoo.acceptCaveats: true in contango.yaml',
      )
    }
    for (const caveat of CAVEATS) ctx.warn('YAHOO_CAVEAT', `Yahoo: ${caveat}`)
    const baseUrl = checkedBaseUrl(flags['base-url'] ?? settings.yahoo.baseUrl, ADDRESS, ctx.warn)
    const progress = ctx.progress('Yahoo', symbols.length)
    try {
      const fetched = await fetchYahoo({
        config: yahoo,
        baseUrl,
        symbols,
        from: flags.from ?? null,
        market: ctx.market,
        store: ctx.store,
        strict: ctx.strict,
        rng: ctx.rng('yahoo/back-off'),
        clock,
        signal: ctx.signal,
        log: (event) => ctx.log.debug(event, 'http'),
        warn: ctx.warn,
        onSymbol: (symbol) => progress.advance(1, symbol),
      })
      const bars = fetched.map(({ yahoo: typed, unit, missing, result }) => ({
        yahoo: typed,
        symbol: result.name,
        unit,
        added: result.added,
        revised: result.revised,
        dropped: result.dropped,
        missing,
        first: result.first === null ? null : isoFromDay(result.first),
        last: result.last === null ? null : isoFromDay(result.last),
        sha256: result.sha256,
      }))
      const text = (name: 'yahoo' | 'symbol' | 'unit' | 'first' | 'last'): Column => ({
        name,
        kind: 'text',
        values: bars.map((row) => row[name]),
      })
      const count = (name: 'added' | 'revised' | 'dropped' | 'missing'): Column => ({
        name,
        kind: 'integer',
        values: bars.map((row) => row[name]),
      })
      const counts = [count('added'), count('revised'), count('dropped'), count('missing')]
      const columns = [text('yahoo'), text('symbol'), text('unit'), ...counts, text('first'), text('last')]
      const data = { baseHost: new URL(baseUrl).host, bars, caveats: CAVEATS }
      return { asOf: null, data, rows: { length: bars.length, columns } }
    } finally {
      progress.stop()
    }
  }
}
