import type Database from 'better-sqlite3'
import type { DatasetColumns } from '../market/dataset.js'
import type { DatasetInfo } from './types.js'

interface DatasetRow {
  kind: DatasetColumns['kind']
  name: string
  source: string
  simulated: number
  unit: string
  rows: number
  first: number
  last: number
  sha256: string
  path: string
}

const infoOf = (row: DatasetRow): DatasetInfo => ({ ...row, simulated: row.simulated === 1 })

interface JournalRow {
  staged: string
  target: string
  dataset: string
}

/** A write that is in the journal has happened, even where a crash kept its files from being renamed. */
export interface PendingWrite {
  /** Where the file is until it is renamed, relative to the data folder. */
  readonly staged: string
  readonly info: DatasetInfo
}

/** Journalled writes in the order in which they are completed; none while no writer is at work or was killed. */
export function pendingWrites(db: Database.Database): PendingWrite[] {
  return (db.prepare('SELECT * FROM journal ORDER BY staged').all() as JournalRow[]).map(({ staged, dataset }) => ({
    staged,
    info: JSON.parse(dataset) as DatasetInfo,
  }))
}

const order = (a: DatasetInfo, b: DatasetInfo): number =>
  compare(a.kind, b.kind) || compare(a.name, b.name) || compare(a.source, b.source)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Every partition of the lake, by kind, name and source. */
export function listDatasets(db: Database.Database): DatasetInfo[] {
  return overlaid(db, (db.prepare('SELECT * FROM datasets').all() as DatasetRow[]).map(infoOf), () => true)
}

export function datasetsOf(db: Database.Database, kind: string, name: string): DatasetInfo[] {
  const rows = db.prepare('SELECT * FROM datasets WHERE kind = ? AND name = ?').all(kind, name) as DatasetRow[]
  return overlaid(db, rows.map(infoOf), (info) => info.kind === kind && info.name === name)
}

function overlaid(
  db: Database.Database,
  rows: readonly DatasetInfo[],
  wanted: (info: DatasetInfo) => boolean,
): DatasetInfo[] {
  const byPath = new Map(rows.map((info) => [info.path, info]))
  for (const { info } of pendingWrites(db)) if (wanted(info)) byPath.set(info.path, info)
  return [...byPath.values()].sort(order)
}

export function putDataset(db: Database.Database, info: DatasetInfo): void {
  db.prepare(
    `INSERT OR REPLACE INTO datasets (kind, name, source, simulated, unit, rows, first, last, sha256, path)
     VALUES (@kind, @name, @source, @simulated, @unit, @rows, @first, @last, @sha256, @path)`,
  ).run({ ...info, simulated: info.simulated ? 1 : 0 })
}
