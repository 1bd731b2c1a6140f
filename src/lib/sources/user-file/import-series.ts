import type { Report } from '../../cli/report.js'
import type { Column } from '../../cli/table.js'
import type { FileImport } from '../../documents/parts/file-import.js'
import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import type { SeriesColumns } from '../../market/dataset.js'
import type { Store } from '../../store/types.js'
import { ingest, type IngestContext } from '../ingest.js'

/** A user's file is filed where imported files are. */
const SOURCE = 'csv'

/**
 * Stores the series of a user's file, all or none, and says what changed. The file is the whole table, so that a row which its
 * keeper has moved or taken out leaves nothing behind; it carries its own dates of announcement.
 * @param family names of the series that such a file makes: those that it no longer makes are removed
 */
export async function importSeries(
  ctx: IngestContext & { readonly store: Pick<Store, 'datasets'> },
  series: readonly SeriesColumns[],
  family: RegExp,
): Promise<Report<FileImport>> {
  const removes = ctx.store
    .datasets({ kind: 'series', source: SOURCE })
    .filter(({ name }) => family.test(name) && series.every(({ id }) => id !== name))
  const results = await ingest(
    ctx,
    series.map((columns) => ({ columns, source: SOURCE, simulated: false, replace: true })),
    { removes },
  )
  const removed = removes.map(({ name }) => name)
  const iso = (day: EpochDay | null): string | null => (day === null ? null : isoFromDay(day))
  const rows = results.map(({ name, added, revised, dropped, first, last, sha256 }, i) => ({
    series: name,
    unit: series[i].unit,
    added,
    revised,
    dropped,
    first: iso(first),
    last: iso(last),
    sha256,
  }))
  const text = (name: 'series' | 'unit' | 'first' | 'last' | 'sha256'): Column => ({
    name,
    kind: 'text',
    values: rows.map((row) => row[name]),
  })
  const count = (name: 'added' | 'revised' | 'dropped'): Column => ({
    name,
    kind: 'integer',
    values: rows.map((row) => row[name]),
  })
  const shown = [
    text('series'),
    text('unit'),
    count('added'),
    count('revised'),
    count('dropped'),
    text('first'),
    text('last'),
  ]
  return {
    asOf: null,
    data: { series: rows, removed },
    rows: { length: rows.length, columns: [...shown, text('sha256')] },
    view: [
      { table: { length: rows.length, columns: shown } },
      ...(removed.length === 0 ? [] : [{ lines: [`No longer in the file, and removed: ${removed.join(', ')}`] }]),
    ],
  }
}
