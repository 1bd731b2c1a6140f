import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchOpecQuotasData } from '../../lib/documents/fetch-opec-quotas.js'

export default class FetchOpecQuotas extends ContangoCommand {
  static override summary = 'Take OPEC+ baselines and quotas from a file of yours'
  static override description =
    'OPEC has no public interface, so the desk keeps quotas itself: a table with country, from, baseline, quota, announced, capacity ' +
    '(million b/d). A level holds from its month until the next row of the country and is known from the business day ' +
    'after its announcement. The file is described in docs/sources-opec.md; a row that does not fit refuses all of it.'
  static override examples = [
    '<%= config.bin %> fetch opec-quotas quotas.csv',
    '<%= config.bin %> fetch opec-quotas quotas.csv --json',
  ]
  static override args = { file: args.file({ required: true, description: 'CSV, NDJSON or Parquet' }) }

  protected async answer(ctx: Context): Promise<Report<FetchOpecQuotasData>> {
    const { args } = this.input(FetchOpecQuotas)
    const { OPEC_QUOTA_SERIES, readOpecQuotas } = await import('../../lib/sources/user-file/opec-quotas.js')
    const { importSeries } = await import('../../lib/sources/user-file/import-series.js')
    const countries = new Set(ctx.config.fundamentals.opec.countries.keys())
    const calendar = ctx.market.calendar('NYMEX')
    const quotas = await readOpecQuotas(ctx.resolveFile(args.file), countries, calendar, ctx.signal)
    return importSeries(ctx, quotas, OPEC_QUOTA_SERIES)
  }
}
