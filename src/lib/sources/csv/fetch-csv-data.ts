import type { FetchCsvData } from '../../documents/fetch-csv.js'
import { isoFromDay } from '../../kernel/day.js'
import { datasetDays, datasetName } from '../../market/dataset.js'
import type { IngestResult } from '../ingest.js'
import type { FilesImport } from './import-files.js'

/** The answer of `fetch csv`; `results` is null in a dry run, else one entry per dataset in the same order. */
export function fetchCsvData(
  { files, datasets }: FilesImport,
  source: string,
  results: readonly IngestResult[] | null,
): FetchCsvData {
  const entries = datasets.map((columns, i): FetchCsvData['datasets'][number] => {
    const days = datasetDays(columns)
    const result = results?.[i]
    const read = { kind: columns.kind, name: datasetName(columns), source, unit: columns.unit, read: days.length }
    if (!result) {
      const [first, last] = [isoFromDay(days[0]), isoFromDay(days[days.length - 1])]
      return {
        ...read,
        rows: null,
        added: null,
        revised: null,
        dropped: null,
        flagged: null,
        first,
        last,
        sha256: null,
      }
    }
    const { rows, added, revised, dropped, flagged, first, last, sha256 } = result
    return {
      ...read,
      rows,
      added,
      revised,
      dropped,
      flagged,
      first: first === null ? null : isoFromDay(first),
      last: last === null ? null : isoFromDay(last),
      sha256,
    }
  })
  const key = ({ kind, name }: { kind: string; name: string }): string => `${kind}/${name}`
  return {
    dryRun: results === null,
    files: files.map(({ file, format, layout, sha256, rows, missing, datasets: held, expiries }) => ({
      file,
      format,
      layout,
      sha256,
      rows,
      missing,
      datasets: held.length,
      expiries: expiries ? { ...expiries, differ: [...expiries.differ] } : null,
    })),
    datasets: entries.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    findings: (results ?? []).flatMap(({ findings }) =>
      findings.map((finding) => ({ ...finding, day: isoFromDay(finding.day) })),
    ),
    ignoredColumns: files.flatMap(({ file, ignoredColumns }) => ignoredColumns.map((each) => ({ file, ...each }))),
  }
}
