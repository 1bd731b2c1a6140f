import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchEiaData } from '../../lib/documents/fetch-eia.js'

const ADDRESS = { vendor: 'EIA', secret: 'EIA_API_KEY', example: 'https://api.eia.gov/v2' }
const TABLES = { vendor: 'EIA', secret: null, example: 'https://ir.eia.gov/wpsr' }
const KEY = { vendor: 'EIA', secret: 'EIA_API_KEY', where: 'eia.gov/opendata' }

export default class FetchEia extends ContangoCommand {
  static override summary = 'Fetch prices, weekly petroleum figures and the monthly outlook from EIA'
  static override description =
    'Official data of the US Energy Information Administration, API version 2. It needs a free key (eia.gov/opendata) ' +
    'in EIA_API_KEY or in a file that EIA_API_KEY_FILE names. A series that the lake holds is fetched from shortly before its ' +
    'last period, so that revisions are seen; --from and --to say otherwise. Each series is stored as soon as it is ' +
    'there: after a failure the same command fetches what is missing. --keyless reads the CSV tables of the weekly report ' +
    'instead, which need no key and hold the last two weeks. Series, units and traps: docs/sources-eia.md.'
  static override examples = [
    '<%= config.bin %> fetch eia --preset spot --preset weekly',
    '<%= config.bin %> fetch eia --series RWTC --from 2024-01-02 --json',
    '<%= config.bin %> fetch eia --series WCRFPUS2 --route petroleum/sum/sndw --dry-run',
    '<%= config.bin %> fetch eia --keyless --dry-run',
  ]
  static override flags = {
    preset: flags.name({
      multiple: true,
      helpValue: 'spot|futures|weekly|steo',
      summary: 'A group of series: spot prices, futures by rank, weekly petroleum status, monthly outlook.',
    }),
    series: flags.name({ multiple: true, helpValue: 'ID', summary: 'A series by its EIA id, such as RWTC.' }),
    route: flags.string({ helpValue: 'ROUTE', summary: 'Where --series stands, if its id does not tell: petroleum/…' }),
    frequency: flags.choice({ options: ['daily', 'weekly', 'monthly'] as const })({
      dependsOn: ['route'],
      summary: 'Of a --route that config/eia.yaml does not list.',
    }),
    from: flags.date({ summary: 'First period; by default shortly before the last one in the lake, or all there is.' }),
    to: flags.date({ summary: 'Last period; by default the last there is.' }),
    keyless: flags.boolean({
      exclusive: ['route', 'frequency'],
      summary: 'The weekly figures from the CSV tables of the report: no key, the last two weeks.',
    }),
    'no-cache': flags.boolean({ summary: 'Ask again even where an answer on disk is fresh.' }),
    'dry-run': flags.boolean({ summary: 'Print the requests, without the key, and ask nothing.' }),
    'base-url': flags.url({ summary: 'Address of the API, or of the tables; default: eia.baseUrl, eia.tablesUrl.' }),
  }

  protected async answer(ctx: Context): Promise<Report<FetchEiaData>> {
    const { flags } = this.input(FetchEia)
    const { checkedBaseUrl } = await import('../../lib/sources/http/base-url.js')
    const { reportSeriesFetch } = await import('../../lib/sources/series/report-series-fetch.js')
    const { eia, settings } = ctx.config
    const presets = [...new Set(flags.preset ?? [])]
    const { series = [], route = null, frequency = null, from = null, to = null } = flags
    const shared = { vendor: 'EIA', dryRun: flags['dry-run'] ?? false, readCache: !flags['no-cache'] }
    if (flags.keyless) {
      const { planTables } = await import('../../lib/sources/eia/tables/plan-tables.js')
      const { fetchTables, tableUrl } = await import('../../lib/sources/eia/tables/fetch-tables.js')
      const batches = planTables(eia, { presets, series, from, to })
      const baseUrl = checkedBaseUrl(flags['base-url'] ?? settings.eia.tablesUrl, TABLES, ctx.warn)
      return reportSeriesFetch(ctx, {
        ...shared,
        baseUrl,
        batches,
        asked: { presets, keyless: true },
        url: (batch) => tableUrl(baseUrl, batch),
        fetch: (options) => fetchTables({ ...options, config: eia, baseUrl }),
      })
    }
    const { planSeries } = await import('../../lib/sources/eia/plan-series.js')
    const { planBatches } = await import('../../lib/sources/eia/plan-batches.js')
    const { EIA_SOURCE, fetchEia } = await import('../../lib/sources/eia/fetch-eia.js')
    const { requiredKey } = await import('../../lib/sources/http/required-key.js')
    const { requestUrl } = await import('../../lib/sources/eia/request-url.js')
    const batches = planBatches(planSeries(eia, { presets, series, route, frequency }), {
      from,
      to,
      seriesPerRequest: eia.seriesPerRequest,
      lastStored: (id) => ctx.store.pick('series', id, EIA_SOURCE)?.last ?? null,
    })
    const baseUrl = checkedBaseUrl(flags['base-url'] ?? settings.eia.baseUrl, ADDRESS, ctx.warn)
    return reportSeriesFetch(ctx, {
      ...shared,
      baseUrl,
      batches,
      asked: { presets, keyless: false },
      url: (batch) => requestUrl(baseUrl, batch, 0, eia.pageRows, '***'),
      fetch: (options) => fetchEia({ ...options, config: eia, baseUrl, key: requiredKey(ctx, KEY) }),
    })
  }
}
