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

/** Every partition of the lake, by kind, name and source. */
export function listDatasets(db: Database.Database): DatasetInfo[] {
  return (db.prepare('SELECT * FROM datasets ORDER BY kind, name, source').all() as DatasetRow[]).map(infoOf)
}

export function datasetsOf(db: Database.Database, kind: string, name: string): DatasetInfo[] {
  return (
    db.prepare('SELECT * FROM datasets WHERE kind = ? AND name = ? ORDER BY source').all(kind, name) as DatasetRow[]
  ).map(infoOf)
}

export function putDataset(db: Database.Database, info: DatasetInfo): void {
  db.prepare(
    `INSERT OR REPLACE INTO datasets (kind, name, source, simulated, unit, rows, first, last, sha256, path)
     VALUES (@kind, @name, @source, @simulated, @unit, @rows, @first, @last, @sha256, @path)`,
  ).run({ ...info, simulated: info.simulated ? 1 : 0 })
}
