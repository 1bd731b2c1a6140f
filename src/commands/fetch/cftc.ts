import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchCftcData } from '../../lib/documents/fetch-cftc.js'

const ADDRESS = { vendor: 'CFTC', secret: null, example: 'https://publicreporting.cftc.gov' }

export default class FetchCftc extends ContangoCommand {
  static override summary = 'Fetch Commitments of Traders from the CFTC'
  static override description =
    'Weekly positions by group of traders: the legacy report (non-commercial, commercial) and the disaggregated one ' +
    '(producers, swap dealers, managed money, others), futures only or with options. No key is needed; a token in ' +
    'CFTC_APP_TOKEN lifts the throttle. As of Tuesday, published on Friday 15:30 New York, so known from the next ' +
    'business day. Ids, fields and traps: docs/sources-cftc.md.'
  static override examples = [
    '<%= config.bin %> fetch cftc --product wti --dry-run',
    '<%= config.bin %> fetch cftc --report disaggregated --combined --dry-run --json',
    '<%= config.bin %> fetch cftc',
  ]
  static override flags = {
    product: flags.product({
      multiple: true,
      summary: 'A product with a CFTC contract market; all of config/cftc.yaml by default.',
    }),
    code: flags.name({
      multiple: true,
      helpValue: 'CODE',
      summary: 'A contract market by its CFTC code, such as 067651.',
    }),
    report: flags.choice({ options: ['legacy', 'disaggregated'] as const, multiple: true })({
      summary: 'One report only; both by default.',
    }),
    combined: flags.boolean({ summary: 'Futures and options together instead of futures only.' }),
    from: flags.date({ summary: 'First week; by default shortly before the last one in the lake, or all there is.' }),
    to: flags.date({ summary: 'Last week; by default the last there is.' }),
    'no-cache': flags.boolean({ summary: 'Ask again even where an answer on disk is fresh.' }),
    'dry-run': flags.boolean({ summary: 'Print the requests and ask nothing.' }),
    'base-url': flags.url({ summary: 'Address of the site; default: cftc.baseUrl of the settings.' }),
  }

  protected async answer(ctx: Context): Promise<Report<FetchCftcData>> {
    const { flags } = this.input(FetchCftc)
    const { contractMarketCodes } = await import('../../lib/sources/cftc/contract-market-codes.js')
    const { planCftc } = await import('../../lib/sources/cftc/plan.js')
    const { CFTC_REPORTS } = await import('../../lib/sources/cftc/positions.js')
    const { CFTC_SOURCE, fetchCftc } = await import('../../lib/sources/cftc/fetch-cftc.js')
    const { requestUrl } = await import('../../lib/sources/cftc/request-url.js')
    const { checkedBaseUrl } = await import('../../lib/sources/http/base-url.js')
    const { reportSeriesFetch } = await import('../../lib/sources/series/report-series-fetch.js')
    const { market, store } = ctx
    const { cftc, settings } = ctx.config
    const { combined, from = null, to = null } = flags
    const codes = contractMarketCodes(market, cftc.products, flags.product ?? [], flags.code ?? [])
    const reports = CFTC_REPORTS.filter((report) => flags.report?.includes(report) ?? true)
    const lastStored = (id: string): number | null => store.pick('series', id, CFTC_SOURCE)?.last ?? null
    const baseUrl = checkedBaseUrl(flags['base-url'] ?? settings.cftc.baseUrl, ADDRESS, ctx.warn)
    return reportSeriesFetch(ctx, {
      vendor: 'CFTC',
      baseUrl,
      asked: { codes, reports, combined },
      batches: planCftc(cftc, { codes, reports, combined, from, to, lastStored }),
      dryRun: flags['dry-run'] ?? false,
      readCache: !flags['no-cache'],
      url: (batch) => requestUrl(baseUrl, batch, 0, cftc.pageRows),
      fetch: (options) => fetchCftc({ ...options, config: cftc, baseUrl, token: ctx.secret('CFTC_APP_TOKEN') }),
    })
  }
}
