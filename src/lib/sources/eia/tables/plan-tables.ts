import type { EiaSection } from '../../../config/sections/eia.js'
import { isoFromDay, type EpochDay } from '../../../kernel/day.js'
import { ContangoError } from '../../../kernel/errors.js'
import type { SeriesBatch } from '../../series/series-vendor.js'

/** Where a series stands in a table, and in what. */
export interface TablePlace {
  readonly labels: readonly string[]
  /** Ours. */
  readonly unit: string
  /** Our value in one of the table's. */
  readonly factor: number
}

/** Series that one table of the status report carries. */
export interface TableBatch extends SeriesBatch {
  /** table4.csv */
  readonly file: string
  readonly places: ReadonlyMap<string, TablePlace>
}

export interface TablesWish {
  readonly presets: readonly string[]
  readonly series: readonly string[]
  readonly from: EpochDay | null
  readonly to: EpochDay | null
}

/** What `config/eia.yaml` says of the tables. */
export function tablesOf(tables: EiaSection['tables']): NonNullable<EiaSection['tables']> {
  if (tables !== null) return tables
  throw new ContangoError(
    'config',
    'EIA_TABLES_NOT_SET',
    'config/eia.yaml of this workspace does not say where the weekly tables have which series',
    'take the part "tables" from the eia.yaml that contango init writes into a new folder',
  )
}

/** The one preset that the report covers. */
const PRESET = 'weekly'

/** A batch for each table that holds something of what is wanted; all tables where nothing is named. Throws usage errors. */
export function planTables({ tables }: EiaSection, wish: TablesWish): TableBatch[] {
  const byFile = [...tablesOf(tables).files].map(([file, groups]) => ({ file, places: placesOf(groups) }))
  const { presets, series, from, to } = wish
  const other = presets.find((preset) => preset !== PRESET)
  if (other !== undefined) {
    throw new ContangoError(
      'usage',
      'EIA_NOT_IN_TABLES',
      `the preset "${other}" is not in the weekly report: --keyless fetches ${PRESET} alone`,
      `contango fetch eia --preset ${other} takes a key, which is free: eia.gov/opendata`,
      { preset: other },
    )
  }
  if (from !== null && to !== null && from > to) {
    throw new ContangoError(
      'usage',
      'BAD_WINDOW',
      `--from ${isoFromDay(from)} lies after --to ${isoFromDay(to)}`,
      'swap them, or leave one out',
    )
  }
  const known = byFile.flatMap(({ places }) => [...places.keys()])
  const unknown = series.find((id) => !known.includes(id))
  if (unknown !== undefined) {
    throw new ContangoError(
      'usage',
      'EIA_NOT_IN_TABLES',
      `the tables of the weekly report are not known to hold "${unknown}"`,
      `they hold ${known.join(', ')}: config/eia.yaml, tables`,
      { series: unknown },
    )
  }
  const wanted = series.length > 0 && presets.length === 0 ? series : known
  return byFile.flatMap(({ file, places }): TableBatch[] => {
    const ids = [...places.keys()].filter((id) => wanted.includes(id))
    return ids.length === 0 ? [] : [{ ids, frequency: 'weekly', from, to, file, places }]
  })
}

type Groups = NonNullable<EiaSection['tables']>['files'] extends Map<string, infer Value> ? Value : never

function placesOf(groups: Groups): Map<string, TablePlace> {
  return new Map(
    groups.flatMap(({ unit, factor, rows }) =>
      Object.entries(rows).map(([id, labels]): [string, TablePlace] => [id, { labels, unit, factor }]),
    ),
  )
}
