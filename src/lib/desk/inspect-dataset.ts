import type { Column, Table } from '../cli/table.js'
import type { DataInspectData } from '../documents/data-inspect.js'
import { isoFromDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { DatasetColumns } from '../market/dataset.js'
import type { Market } from '../market/market.js'
import type { QualityFinding } from '../market/quality.js'
import { gateDataset } from '../market/quality/gate.js'
import { lakeColumns, type LakeColumn } from '../store/layout.js'
import type { DatasetInfo, Read } from '../store/types.js'

type Inspected = DataInspectData['datasets'][number]
type Value = string | number | null

/** What a dataset holds: columns, extremes, holes, what the gate wonders about, the last rows. */
export function inspectDataset(
  market: Market,
  info: DatasetInfo,
  { columns, provenance }: Read<DatasetColumns>,
  tail: number,
): Inspected {
  const stored = lakeColumns(columns)
  const rows = stored[0].values.length
  const days = distinct(stored[0].values)
  const findings = gateFindings(market, columns)
  return {
    kind: info.kind,
    name: info.name,
    source: info.source,
    simulated: provenance.simulated,
    unit: columns.unit,
    frequency: columns.kind === 'series' ? columns.frequency : null,
    knownOnFrom: columns.kind === 'series' ? columns.knownOnFrom : null,
    rows,
    days,
    contracts: columns.kind === 'curves' ? distinct(columns.month) : null,
    vintages: columns.kind === 'series' ? rows - days : null,
    first: provenance.first,
    last: provenance.last,
    sha256: provenance.sha256,
    columns: stored.map(inspectColumn),
    gaps: findings.flatMap(({ reason, day, value }) =>
      reason === 'gap' ? [{ before: isoFromDay(day), days: value ?? 0 }] : [],
    ),
    findings: countedByReason(findings),
    lastRows: Array.from({ length: Math.min(tail, rows) }, (_, i) => {
      const row = rows - Math.min(tail, rows) + i
      return Object.fromEntries(stored.map((column) => [column.name, valueAt(column, row)]))
    }),
  }
}

/** The gate's findings on stored rows; an implausible unit is one finding, not an error, when one only looks. */
export function gateFindings(market: Market, columns: DatasetColumns): readonly QualityFinding[] {
  try {
    return gateDataset(market, columns).findings
  } catch (error) {
    if (!(error instanceof ContangoError && error.code === 'UNIT_IMPLAUSIBLE')) throw error
    const [{ values }] = lakeColumns(columns)
    return [
      {
        series: '',
        day: values[values.length - 1],
        what: columns.unit,
        value: null,
        reason: 'unit',
        action: 'dropped',
      },
    ]
  }
}

/** `[{reason: 'spike', rows: 2}]`, by reason. */
export function countedByReason(findings: readonly QualityFinding[]): { reason: string; rows: number }[] {
  const counts = new Map<string, number>()
  for (const { reason } of findings) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts.keys()].sort().map((reason) => ({ reason, rows: counts.get(reason)! }))
}

function distinct(values: Int32Array | Float64Array): number {
  return new Set<number>(values).size
}

function valueAt({ type, values }: LakeColumn, row: number): Value {
  const value = values[row]
  if (value === undefined || Number.isNaN(value)) return null
  if (type === 'timestamp') return new Date(value).toISOString()
  return type === 'date' ? isoFromDay(value) : value
}

function inspectColumn(column: LakeColumn): Inspected['columns'][number] {
  const { name, type, values } = column
  let missing = 0
  let min = -1
  let max = -1
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) missing++
    else {
      if (min === -1 || values[row] < values[min]) min = row
      if (max === -1 || values[row] > values[max]) max = row
    }
  }
  return {
    name,
    type: type === 'double' ? 'number' : type === 'int32' ? 'integer' : type,
    missing,
    min: valueAt(column, min),
    max: valueAt(column, max),
    last: valueAt(column, values.length - 1),
  }
}

/** One row per column of each dataset. */
export function inspectTable({ datasets }: DataInspectData): Table {
  const rows = datasets.flatMap((dataset) => dataset.columns.map((column) => ({ dataset, column })))
  const text = (value: Value): string | null => (value === null ? null : String(value))
  return {
    length: rows.length,
    columns: [
      { name: 'kind', kind: 'text', values: rows.map(({ dataset }) => dataset.kind) },
      { name: 'name', kind: 'text', values: rows.map(({ dataset }) => dataset.name) },
      { name: 'source', kind: 'text', values: rows.map(({ dataset }) => dataset.source) },
      { name: 'column', kind: 'text', values: rows.map(({ column }) => column.name) },
      { name: 'type', kind: 'text', values: rows.map(({ column }) => column.type) },
      { name: 'rows', kind: 'integer', values: rows.map(({ dataset }) => dataset.rows) },
      { name: 'missing', kind: 'integer', values: rows.map(({ column }) => column.missing) },
      { name: 'min', kind: 'text', values: rows.map(({ column }) => text(column.min)) },
      { name: 'max', kind: 'text', values: rows.map(({ column }) => text(column.max)) },
      { name: 'last', kind: 'text', values: rows.map(({ column }) => text(column.last)) },
    ],
  }
}

/** For a person: a line of facts, the columns, the holes and the last rows of each dataset. */
export function inspectView({ datasets }: DataInspectData): { title: string; lines?: string[]; table?: Table }[] {
  return datasets.flatMap((dataset) => [
    {
      title: `${dataset.kind} ${dataset.name} from ${dataset.source}${dataset.simulated ? ' (SIMULATED)' : ''}, ${dataset.unit}`,
      lines: facts(dataset),
      table: columnsTable(dataset),
    },
    { title: 'Last rows', table: tailTable(dataset) },
  ])
}

function facts(dataset: Inspected): string[] {
  const { rows, days, contracts, vintages, first, last, gaps, findings } = dataset
  const what = [
    `${rows} rows`,
    `${days} ${dataset.kind === 'series' ? 'periods' : 'days'}`,
    ...(contracts === null ? [] : [`${contracts} contracts`]),
    ...(vintages === null ? [] : [`${vintages} revisions`]),
    ...(dataset.frequency === null ? [] : [dataset.frequency, `known-on dates from ${dataset.knownOnFrom ?? '–'}`]),
    first === null ? 'empty' : `${first} to ${last}`,
  ]
  const holes = gaps.slice(0, 5).map((gap) => `${gap.days} days before ${gap.before}`)
  const more = gaps.length > 5 ? ` and ${gaps.length - 5} more` : ''
  return [
    what.join(', '),
    ...(holes.length > 0 ? [`Gaps: ${holes.join(', ')}${more}`] : []),
    ...(findings.length > 0
      ? [`Quality gate: ${findings.map(({ reason, rows: n }) => `${n} ${reason}`).join(', ')}`]
      : []),
  ]
}

function columnsTable(dataset: Inspected): Table {
  const table = inspectTable({ datasets: [dataset] })
  return { ...table, columns: table.columns.filter(({ name }) => !['kind', 'name', 'source', 'rows'].includes(name)) }
}

function tailTable({ columns, lastRows }: Inspected): Table {
  return {
    length: lastRows.length,
    columns: columns.map(({ name, type }): Column => {
      const values = lastRows.map((row) => row[name])
      if (type === 'date' || type === 'timestamp' || name === 'contract_month')
        return { name, kind: 'text', values: values.map((value) => (value === null ? null : String(value))) }
      return {
        name,
        kind: type,
        values: values.map((value) => (typeof value === 'number' ? value : null)),
      }
    }),
  }
}
