import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { isParted, lakeFolder } from './lake-path.js'
import type { DatasetInfo, LakeFileInfo } from './types.js'

interface DatasetRow extends Omit<LakeFileInfo, 'simulated'> {
  simulated: number
}

const infoOf = (row: DatasetRow): LakeFileInfo => ({ ...row, simulated: row.simulated === 1 })

interface JournalRow {
  staged: string
  target: string
  dataset: string
}

/** A write that is in the journal has happened, even where a crash kept its files from being renamed. */
export interface PendingWrite {
  /** Where the file is until it is renamed, relative to the data folder. */
  readonly staged: string
  readonly info: LakeFileInfo
}

/** Journalled writes in the order in which they are completed; none while no writer is at work or was killed. */
export function pendingWrites(db: Database.Database): PendingWrite[] {
  return (db.prepare('SELECT * FROM journal ORDER BY staged').all() as JournalRow[]).map(({ staged, dataset }) => ({
    staged,
    // a journal from before there were parts has none
    info: { part: '', ...(JSON.parse(dataset) as Omit<LakeFileInfo, 'part'>) },
  }))
}

/** Files that a journalled write has made needless and that its completion deletes, of the lake or not. */
export function consumedFiles(db: Database.Database): string[] {
  return (db.prepare('SELECT path FROM consumed ORDER BY path').all() as { path: string }[]).map(({ path }) => path)
}

const order = (a: LakeFileInfo, b: LakeFileInfo): number =>
  compare(a.kind, b.kind) || compare(a.name, b.name) || compare(a.source, b.source) || comparePart(a.part, b.part)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
/** `2024-01-02.1000` after `2024-01-02.999` */
const comparePart = (a: string, b: string): number => {
  const [day, number] = a.split('.')
  const [otherDay, other] = b.split('.')
  return compare(day, otherDay) || Number(number) - Number(other)
}

/** Every file of the lake, by kind, name, source and part. */
export function listFiles(db: Database.Database): LakeFileInfo[] {
  return overlaid(db, (db.prepare('SELECT * FROM datasets').all() as DatasetRow[]).map(infoOf), () => true)
}

/** The files of a name, of all its sources. */
export function filesOf(db: Database.Database, kind: string, name: string): LakeFileInfo[] {
  const rows = db.prepare('SELECT * FROM datasets WHERE kind = ? AND name = ?').all(kind, name) as DatasetRow[]
  return overlaid(db, rows.map(infoOf), (info) => info.kind === kind && info.name === name)
}

/** Every dataset of the lake, by kind, name and source. */
export function listDatasets(db: Database.Database): DatasetInfo[] {
  return asDatasets(listFiles(db))
}

export function datasetsOf(db: Database.Database, kind: string, name: string): DatasetInfo[] {
  return asDatasets(filesOf(db, kind, name))
}

function overlaid(
  db: Database.Database,
  rows: readonly LakeFileInfo[],
  wanted: (info: LakeFileInfo) => boolean,
): LakeFileInfo[] {
  const byPath = new Map(rows.map((info) => [info.path, info]))
  for (const path of consumedFiles(db)) byPath.delete(path)
  for (const { info } of pendingWrites(db)) if (wanted(info)) byPath.set(info.path, info)
  return [...byPath.values()].sort(order)
}

/** Files side by side that belong to one dataset, as that dataset. */
function asDatasets(files: readonly LakeFileInfo[]): DatasetInfo[] {
  const groups: LakeFileInfo[][] = []
  for (const file of files) {
    const before = groups.at(-1)
    const [head] = before ?? []
    const belongs = head?.kind === file.kind && head.name === file.name && head.source === file.source
    if (before && belongs) before.push(file)
    else groups.push([file])
  }
  return groups.map(datasetInfo)
}

/** What a dataset of these files is. */
export function datasetInfo(files: readonly LakeFileInfo[]): DatasetInfo {
  const [head] = files
  const { kind, name, source, simulated, unit } = head
  const shared = { kind, name, source, simulated, unit, files }
  if (!isParted(kind)) {
    return { ...shared, rows: head.rows, first: head.first, last: head.last, sha256: head.sha256, path: head.path }
  }
  const hash = createHash('sha256')
  for (const { sha256 } of files) hash.update(`${sha256}\n`)
  return {
    ...shared,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    first: Math.min(...files.map(({ first }) => first)),
    last: Math.max(...files.map(({ last }) => last)),
    sha256: hash.digest('hex'),
    path: lakeFolder(kind, name, source),
  }
}

export function putFile(db: Database.Database, info: LakeFileInfo): void {
  db.prepare(
    `INSERT OR REPLACE INTO datasets (kind, name, source, part, simulated, unit, rows, first, last, sha256, path)
     VALUES (@kind, @name, @source, @part, @simulated, @unit, @rows, @first, @last, @sha256, @path)`,
  ).run({ ...info, simulated: info.simulated ? 1 : 0 })
}
