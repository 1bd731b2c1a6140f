import type { Section } from '../../cli/report.js'
import type { Column, Table } from '../../cli/table.js'
import type { FetchCsvData } from '../../documents/fetch-csv.js'

type Dataset = FetchCsvData['datasets'][number]

const TEXTS = ['kind', 'name', 'source', 'unit'] as const
const COUNTS = ['read', 'rows', 'added', 'revised', 'dropped', 'flagged'] as const

function datasetColumns(datasets: readonly Dataset[], counts: readonly (typeof COUNTS)[number][]): Column[] {
  const text = (name: 'kind' | 'name' | 'source' | 'unit' | 'first' | 'last' | 'sha256'): Column => ({
    name,
    kind: 'text',
    values: datasets.map((dataset) => dataset[name]),
  })
  return [
    ...TEXTS.map(text),
    ...counts.map((name): Column => ({ name, kind: 'integer', values: datasets.map((dataset) => dataset[name]) })),
    text('first'),
    text('last'),
  ]
}

/** One row a dataset, for csv, ndjson and arrow. */
export function fetchCsvTable({ datasets }: FetchCsvData): Table {
  const sha256: Column = { name: 'sha256', kind: 'text', values: datasets.map((dataset) => dataset.sha256) }
  return { length: datasets.length, columns: [...datasetColumns(datasets, COUNTS), sha256] }
}

const MOST_DATASETS = 24
const MOST_FINDINGS = 12
const MOST_DIFFERENCES = 6

/** What a person wants to know after an import: what came from where, what is stored, what was wrong with it. */
export function fetchCsvView(data: FetchCsvData): Section[] {
  const { dryRun, files, datasets, findings, ignoredColumns } = data
  const shown = datasets.slice(0, MOST_DATASETS)
  const sections: Section[] = [{ lines: files.flatMap((file) => fileLines(file, ignoredColumns)) }]
  if (datasets.length > 0) {
    sections.push({
      title: dryRun ? 'Would be imported (dry run: nothing was checked or stored)' : 'Imported',
      table: { length: shown.length, columns: datasetColumns(shown, dryRun ? ['read'] : COUNTS) },
      lines:
        datasets.length > shown.length ? [`… and ${datasets.length - shown.length} more; --json lists them all`] : [],
    })
  }
  if (findings.length > 0) sections.push({ title: 'Quality gate', lines: findingLines(findings) })
  return sections
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

function fileLines(file: FetchCsvData['files'][number], ignoredColumns: FetchCsvData['ignoredColumns']): string[] {
  const ignored = ignoredColumns.filter((each) => each.file === file.file)
  const missing = file.missing > 0 ? `, ${counted(file.missing, 'cell')} without a value` : ''
  const held = file.expiries ? '' : `, ${counted(file.datasets, 'dataset')}`
  const lines = [`${file.file}: ${file.layout}, ${counted(file.rows, 'row')}${held}${missing}`]
  for (const reason of new Set(ignored.map((each) => each.reason))) {
    const columns = ignored.filter((each) => each.reason === reason).map(({ column }) => column || '""')
    const names = columns.length > 5 ? `${columns.slice(0, 4).join(', ')} … (${columns.length})` : columns.join(', ')
    lines.push(`  not imported, ${reason}: ${names}`)
  }
  if (file.expiries) {
    const { rows, agree, mislabelled, differ } = file.expiries
    lines.push(
      `  a table of last trading days, compared with the exchange's rule and not stored: of ${rows} contracts ` +
        `${agree} agree, ${mislabelled} carry the label of a neighbouring month, ${differ.length} differ`,
    )
    for (const { line, contract, lastTradingDay, rule } of differ.slice(0, MOST_DIFFERENCES)) {
      lines.push(`  line ${line}: ${contract} ${lastTradingDay}, by the rule ${rule}`)
    }
  }
  return lines
}

function findingLines(findings: FetchCsvData['findings']): string[] {
  const counts = new Map<string, number>()
  for (const { reason, action } of findings) {
    const key = `${reason}, ${action}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const lines = [[...counts].map(([key, count]) => `${count} × ${key}`).join('; ')]
  const worstFirst = [...findings].sort((a, b) => Number(a.action === 'kept') - Number(b.action === 'kept'))
  for (const { series, day, what, value, reason, action } of worstFirst.slice(0, MOST_FINDINGS)) {
    const where = what === series ? '' : ` ${what}`
    lines.push(`${action} ${series} ${day}${where}${value === null ? '' : ` ${value}`}: ${reason}`)
  }
  if (findings.length > MOST_FINDINGS)
    lines.push(`… and ${findings.length - MOST_FINDINGS} more; --json lists up to 50 of each dataset`)
  return lines
}
