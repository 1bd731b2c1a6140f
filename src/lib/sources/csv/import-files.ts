import { datasetName, type DatasetColumns } from '../../market/dataset.js'
import { detectLayout } from './detect-layout.js'
import type { IgnoredColumn, ImportDesk, Layout, ParsedLayout } from './import-request.js'
import { mergeDatasets, type FromFile } from './merge-datasets.js'
import { readTable, type FileFormat } from './read-table.js'
import { listed, refusal } from './refusals.js'
import type { SourceTable } from './source-table.js'

/** A file to import: its base name and how to get its bytes. */
export interface ImportFile {
  readonly file: string
  readonly bytes: () => Promise<Uint8Array>
}

/** What became of one file. */
export interface FileImport extends ParsedLayout {
  readonly file: string
  readonly format: FileFormat
  readonly layout: Layout
  readonly sha256: string
  /** Rows under the header. */
  readonly rows: number
}

export interface FilesImport {
  readonly files: readonly FileImport[]
  readonly datasets: readonly DatasetColumns[]
}

type Reader = (desk: ImportDesk, table: SourceTable) => Promise<ParsedLayout>

const READERS: Readonly<Record<Layout, () => Promise<Reader>>> = {
  ranks: async () => (await import('./layouts/ranks.js')).readRanks,
  contracts: async () => (await import('./layouts/contracts.js')).readContracts,
  series: async () => (await import('./layouts/series.js')).readSeries,
  bars: async () => (await import('./layouts/bars.js')).readBars,
  vintages: async () => (await import('./layouts/vintages.js')).readVintages,
  positions: async () => (await import('./layouts/positions.js')).readPositions,
  expiries: async () => (await import('./layouts/expiries.js')).readExpiries,
}

/** Reads all files into datasets, or throws at the first that cannot be read: nothing has been stored by then. */
export async function importFiles(
  desk: ImportDesk,
  files: readonly ImportFile[],
  onFile: (file: string) => void,
): Promise<FilesImport> {
  const imported: FileImport[] = []
  const datasets: FromFile[] = []
  const renamed = new Set<string>()
  for (const { file, bytes } of files) {
    const read = await readTable(file, await bytes(), desk.signal)
    const table = withRenames(read.table, desk.request.renames, renamed)
    checkHeaders(table)
    const layout = detectLayout(file, table.headers, desk.market, desk.request)
    if (table.rows === 0) throw noRows(table)
    const parsed = await (await READERS[layout]())(desk, table)
    if (parsed.datasets.length === 0 && !parsed.expiries) throw noValues(table, parsed.ignoredColumns)
    for (const columns of parsed.datasets) datasets.push({ file, columns })
    imported.push({ ...parsed, file, format: read.format, layout, sha256: read.sha256, rows: table.rows })
    onFile(file)
  }
  const unused = [...desk.request.renames.keys()].find((from) => !renamed.has(from))
  if (unused !== undefined) throw noSuchColumn(unused, files)
  const merged = mergeDatasets(datasets)
  const unnamed = [...desk.request.units.keys()].find(
    (name) => name !== '' && !merged.some((columns) => datasetName(columns) === name),
  )
  if (unnamed !== undefined) throw noSuchDataset(unnamed, merged)
  return { files: imported, datasets: merged }
}

function withRenames(table: SourceTable, renames: ReadonlyMap<string, string>, renamed: Set<string>): SourceTable {
  if (renames.size === 0) return table
  const headers = table.headers.map((header) => {
    const to = renames.get(header)
    if (to === undefined) return header
    renamed.add(header)
    return to
  })
  return { ...table, headers }
}

function checkHeaders({ file, headers }: SourceTable): void {
  const seen = new Set<string>()
  for (const header of headers) {
    if (header !== '' && seen.has(header)) {
      throw refusal(
        'COLUMN_DUPLICATE',
        `${file} has two columns named ${header}`,
        'give each column its own name in the first line',
        { file, column: header },
      )
    }
    seen.add(header)
  }
}

function noRows({ file, headers }: SourceTable): Error {
  return refusal(
    'NO_ROWS',
    `${file} has a header (${listed(headers)}) and no rows`,
    'look at what wrote the file; nothing was imported',
    { file, columns: headers.slice(0, 50) },
  )
}

function noValues({ file, rows }: SourceTable, ignored: readonly IgnoredColumn[]): Error {
  const first = ignored[0]
  return refusal(
    'NO_VALUES',
    `${file} has ${rows} rows and not one value${first ? ` (column ${first.column} ${first.reason})` : ''}`,
    'look at what wrote the file; nothing was imported',
    { file, rows },
  )
}

function noSuchColumn(column: string, files: readonly ImportFile[]): Error {
  const names = files.map(({ file }) => file)
  return refusal(
    'COLUMN_MISSING',
    `--map ${column}=…: no column of ${listed(names, 3)} is named ${column}`,
    `head -1 ${names[0]} shows the names, which are compared letter by letter`,
    { column, files: names.slice(0, 20) },
  )
}

function noSuchDataset(name: string, datasets: readonly DatasetColumns[]): Error {
  const names = datasets.map(datasetName)
  return refusal(
    'DATASET_MISSING',
    `--unit ${name}=…: the files hold ${listed(names, 8)}, no ${name}`,
    'contango fetch csv FILE --dry-run shows what a file holds',
    { name, datasets: names.slice(0, 50) },
  )
}
