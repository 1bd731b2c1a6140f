import { basename } from 'node:path'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchCsvData } from '../../lib/documents/fetch-csv.js'

export default class FetchCsv extends ContangoCommand {
  static override summary = 'Import CSV, NDJSON or Parquet files into the lake'
  static override description =
    'Settlements by rank (CL01 CL02 … BRN01 …) or by contract, one column a series (RWTC, DGS10 …), daily open, high, ' +
    'low and close, vintages, and trader positions: the layout is detected from the column names, and --layout, --map, ' +
    '--unit, --symbol and --series say what a file does not. Every row passes the quality gate. All files of a call are ' +
    'imported or, where one cannot be read, none; importing twice adds nothing. The layouts: docs/sources-csv.md.'
  static override examples = [
    '<%= config.bin %> fetch csv futures_curves_daily.csv',
    '<%= config.bin %> fetch csv futures_curves_daily.csv --dry-run --json',
    '<%= config.bin %> fetch csv prices.csv --map Day=date --map Px=CL01 --unit USD/bbl --source-name desk',
    '<%= config.bin %> fetch csv - --series RWTC < eia_wti_spot_daily.csv',
  ]
  static override args = {
    files: args.file({
      multiple: true,
      required: true,
      ignoreStdin: true,
      description: 'Files, or - for standard input; CSV, NDJSON and Parquet are told apart by their content',
    }),
  }
  static override flags = {
    layout: flags.choice({
      options: ['ranks', 'contracts', 'series', 'bars', 'vintages', 'positions', 'expiries'] as const,
      description: 'How the columns are laid out; by default detected from their names',
    })(),
    map: flags.string({
      helpValue: 'FROM=TO',
      multiple: true,
      multipleNonGreedy: true,
      description: 'Read column FROM as if it were named TO; may be repeated',
    }),
    unit: flags.string({
      helpValue: '[NAME=]UNIT',
      multiple: true,
      multipleNonGreedy: true,
      description: 'Unit of everything, or of one product, symbol or series: USD/bbl, RB=USc/gal, MY_SERIES=kb/d',
    }),
    'source-name': flags.name({ default: 'csv', description: 'Source under which the lake files the data' }),
    symbol: flags.string({
      description: 'Product or symbol of a file that has no such column: bars, contracts, positions',
    }),
    series: flags.name({ description: 'Id of the series in a file with a date and a value' }),
    'date-format': flags.choice({
      options: ['iso', 'us', 'eu'] as const,
      description: 'What 03/04/2024 means where no date of the column tells: us is 4 March, eu is 3 April',
    })(),
    'dry-run': flags.boolean({ description: 'Say what the files hold; check and store nothing' }),
  }

  protected async answer(ctx: Context): Promise<Report<FetchCsvData>> {
    const { args, flags } = this.input(FetchCsv)
    const { importFiles } = await import('../../lib/sources/csv/import-files.js')
    const { checkedSourceName, importRequest } = await import('../../lib/sources/csv/import-flags.js')
    const { drain, readBytes } = await import('../../lib/sources/csv/read-table.js')
    const { fetchCsvData } = await import('../../lib/sources/csv/fetch-csv-data.js')
    const { fetchCsvTable, fetchCsvView } = await import('../../lib/sources/csv/fetch-csv-view.js')
    const source = checkedSourceName(flags['source-name'])
    const { market, strict, signal, config, warn } = ctx
    const files = args.files.map((name) => {
      const file = name === '-' ? 'stdin' : basename(name)
      const bytes = () =>
        name === '-' ? drain(ctx.io.stdin, file, signal) : readBytes(ctx.resolveFile(name), file, signal)
      return { file, bytes }
    })
    const desk = { market, publications: config.publications, request: importRequest(flags), warn, signal }
    const progress = ctx.progress('reading', files.length)
    try {
      const imported = await importFiles(desk, files, (file) => progress.advance(1, file))
      const dryRun = flags['dry-run']
      const { ingest } = await import('../../lib/sources/ingest.js')
      const writes = imported.datasets.map((columns) => ({ columns, source, simulated: false }))
      const results = dryRun ? null : await ingest({ store: ctx.store, market, strict, warn, signal }, writes)
      const data = fetchCsvData(imported, source, results)
      return { asOf: null, data, rows: fetchCsvTable(data), view: fetchCsvView(data) }
    } finally {
      progress.stop()
    }
  }
}
