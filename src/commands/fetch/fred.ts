import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchFredData } from '../../lib/documents/fetch-fred.js'

const ADDRESS = { vendor: 'FRED', secret: 'FRED_API_KEY', example: 'https://api.stlouisfed.org/fred' }
const KEY = { vendor: 'FRED', secret: 'FRED_API_KEY', where: 'fredaccount.stlouisfed.org/apikeys' }

export default class FetchFred extends ContangoCommand {
  static override summary = 'Fetch rates, indexes and spot prices from FRED'
  static override description =
    'Series of the Federal Reserve Bank of St. Louis: yields, the broad dollar, the VIX, spot prices. It needs a free key ' +
    'in FRED_API_KEY or in a file that FRED_API_KEY_FILE names. A series that the lake holds is fetched from shortly ' +
    'before its last day; each is stored as soon as it is there. Series, units and traps: docs/sources-fred.md.'
  static override examples = [
    '<%= config.bin %> fetch fred --preset macro',
    '<%= config.bin %> fetch fred --series DGS10 --from 2024-01-02 --dry-run --json',
    '<%= config.bin %> fetch fred --series T10YIE --unit % --frequency daily --dry-run',
  ]
  static override flags = {
    preset: flags.name({ multiple: true, helpValue: 'macro|spot', summary: 'A group of series of config/fred.yaml.' }),
    series: flags.name({ multiple: true, helpValue: 'ID', summary: 'A series by its FRED id, such as DGS10.' }),
    unit: flags.string({
      helpValue: 'UNIT',
      dependsOn: ['series'],
      summary: 'Unit of a series that config/publications.yaml does not list.',
    }),
    frequency: flags.choice({ options: ['daily', 'weekly', 'monthly'] as const })({
      dependsOn: ['series'],
      summary: 'Of a series that config/publications.yaml does not list.',
    }),
    from: flags.date({ summary: 'First day; by default shortly before the last one in the lake, or all there is.' }),
    to: flags.date({ summary: 'Last day; by default the last there is.' }),
    'no-cache': flags.boolean({ summary: 'Ask again even where an answer on disk is fresh.' }),
    'dry-run': flags.boolean({ summary: 'Print the requests, without the key, and ask nothing.' }),
    'base-url': flags.url({ summary: 'Address of the API; default: fred.baseUrl of the settings.' }),
  }

  protected async answer(ctx: Context): Promise<Report<FetchFredData>> {
    const { flags } = this.input(FetchFred)
    const { planFred } = await import('../../lib/sources/fred/plan.js')
    const { FRED_SOURCE, fetchFred } = await import('../../lib/sources/fred/fetch-fred.js')
    const { requestUrl } = await import('../../lib/sources/fred/request-url.js')
    const { checkedBaseUrl } = await import('../../lib/sources/http/base-url.js')
    const { requiredKey } = await import('../../lib/sources/http/required-key.js')
    const { reportSeriesFetch } = await import('../../lib/sources/series/report-series-fetch.js')
    const { fred, publications, settings } = ctx.config
    const presets = [...new Set(flags.preset ?? [])]
    const { unit = null, frequency = null, from = null, to = null } = flags
    const lastStored = (id: string): number | null => ctx.store.pick('series', id, FRED_SOURCE)?.last ?? null
    const wish = { presets, series: flags.series ?? [], unit, frequency, from, to, lastStored }
    const baseUrl = checkedBaseUrl(flags['base-url'] ?? settings.fred.baseUrl, ADDRESS, ctx.warn)
    return reportSeriesFetch(ctx, {
      vendor: 'FRED',
      baseUrl,
      asked: { presets },
      batches: planFred(fred, publications, wish),
      dryRun: flags['dry-run'] ?? false,
      readCache: !flags['no-cache'],
      url: (batch) => requestUrl(baseUrl, batch, 0, fred.pageRows, '***'),
      fetch: (options) => fetchFred({ ...options, config: fred, baseUrl, key: requiredKey(ctx, KEY) }),
    })
  }
}
