import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { ContangoError } from '../kernel/errors.js'
import { datasetName } from '../market/dataset.js'
import { syncFolder } from '../runtime/sync-folder.js'
import { writeError } from '../runtime/write-error.js'
import { yieldNow } from '../runtime/yield-now.js'
import { consumedFiles, datasetInfo, filesOf, pendingWrites, putFile } from './catalogue.js'
import { databaseError } from './database.js'
import { fingerprint } from './fingerprint.js'
import { isParted, lakePath } from './lake-path.js'
import { lakeColumn, lakeColumns, type LakeColumn, type LakeMeta } from './layout.js'
import { appendRows, inTimeOrder, mergeRows, mergeVintages, type Merged } from './merge.js'
import { openLakeFile, readLakeColumns } from './parquet-read.js'
import { parquetBytes } from './parquet-write.js'
import { partRows } from './parts.js'
import type { DatasetWrite, LakeFileInfo, WriteOptions, WriteReceipt } from './types.js'

const STAGING = '.staging'

/** Moments of a write, for the tests that kill it at each of them. */
export type WriteStep = 'staged' | 'journalled' | 'renamed' | 'consumed' | 'catalogued'

export interface WriteEnvironment {
  readonly dataDir: string
  readonly db: Database.Database
  readonly signal: AbortSignal
  /** Called after each step. */
  readonly onStep?: (step: WriteStep) => void
}

interface Staged {
  /** Empty where the file stays as it is. */
  readonly staged: string
  readonly info: LakeFileInfo
  readonly added: number
  readonly revised: number
}

/**
 * Writes datasets all or nothing; the caller holds the lock. Each merged partition is staged on the same disk outside
 * the lake and synced, the whole batch is journalled in one transaction, then the files are renamed into place, what the
 * write has consumed is deleted and the catalogue is updated. A crash before the journal leaves the old state, after it
 * {@link recover} completes the new one.
 */
export async function writeDatasets(
  datasets: readonly DatasetWrite[],
  env: WriteEnvironment,
  { consumes, removes = [] }: WriteOptions = {},
): Promise<WriteReceipt[]> {
  if (consumes !== undefined && !existsSync(join(env.dataDir, consumes))) return []
  const all: Staged[] = []
  const receipts: WriteReceipt[] = []
  const seen = new Set<string>()
  try {
    for (const dataset of datasets) {
      const staged = await stageDataset(dataset, seen, env)
      all.push(...staged)
      if (staged.length > 0) receipts.push(receiptOf(staged, env.db))
      await yieldNow(env.signal)
    }
    // The journal may only name files whose folder entries are on the disk.
    if (all.some((one) => one.staged !== '')) await syncFolder(join(env.dataDir, STAGING))
    env.onStep?.('staged')
  } catch (error) {
    removeStaging(env.dataDir)
    throw error
  }
  const changed = all.filter((one) => one.staged !== '')
  const doomed = [
    ...(consumes === undefined ? [] : [consumes]),
    ...removes.flatMap(({ kind, name, source }) =>
      ofSource(filesOf(env.db, kind, name), source).map(({ path }) => path),
    ),
  ]
  if (changed.length === 0 && doomed.length === 0) return receipts
  try {
    // Once journalled the write has happened: a folder that cannot be made must be found out before.
    for (const { info } of changed) await makeFolder(env.dataDir, info.path)
    journal(env.db, changed, doomed)
  } catch (error) {
    removeStaging(env.dataDir)
    throw databaseError(error)
  }
  env.onStep?.('journalled')
  await complete(env)
  return receipts
}

/** Stages a dataset: its one file, or those of its parts that the rows fall into. */
async function stageDataset(dataset: DatasetWrite, seen: Set<string>, env: WriteEnvironment): Promise<Staged[]> {
  const { columns, source } = dataset
  const { kind } = columns
  const name = datasetName(columns)
  const incoming = lakeColumns(columns)
  const parts = isParted(kind)
    ? partRows(kind, inTimeOrder(incoming), ofSource(filesOf(env.db, kind, name), source))
    : [{ part: '', columns: incoming }]
  const all: Staged[] = []
  for (const { part, columns: rows } of parts) {
    const path = lakePath(kind, name, source, part)
    if (seen.has(path)) throw new ContangoError('bug', 'BUG', `one write carries ${path} twice`)
    seen.add(path)
    const staged = await stage(dataset, rows, path, part, env)
    if (staged) all.push(staged)
  }
  return all
}

function ofSource(files: readonly LakeFileInfo[], source: string): LakeFileInfo[] {
  return files.filter((file) => file.source === source)
}

/** What a write did to a dataset: its staged files among those that stay. */
function receiptOf(staged: readonly Staged[], db: Database.Database): WriteReceipt {
  const { kind, name, source } = staged[0].info
  const files = new Map(
    isParted(kind) ? ofSource(filesOf(db, kind, name), source).map((file) => [file.path, file]) : [],
  )
  for (const { info } of staged) files.set(info.path, info)
  const { rows, first, last, sha256 } = datasetInfo([...files.values()])
  const sum = (of: 'added' | 'revised'): number => staged.reduce((total, one) => total + one[of], 0)
  return { kind, name, source, added: sum('added'), revised: sum('revised'), rows, first, last, sha256 }
}

/** Merges the rows of one file with what is there and stages it; nothing is staged where nothing changed. */
async function stage(
  dataset: DatasetWrite,
  incoming: LakeColumn[],
  path: string,
  part: string,
  env: WriteEnvironment,
): Promise<Staged | null> {
  const { columns, source, simulated } = dataset
  const name = datasetName(columns)
  const incomingMeta: LakeMeta = {
    kind: columns.kind,
    name,
    source,
    simulated,
    unit: columns.unit,
    frequency: columns.kind === 'series' ? columns.frequency : null,
    knownOnFrom: columns.kind === 'series' ? columns.knownOnFrom : null,
    ...(part === '' ? {} : { part }),
  }
  const existing = await readExisting(env.dataDir, path)
  const stays = dataset.replace === true ? null : existing
  if (stays) requireSameKind(stays.meta, incomingMeta)
  const meta = stays ? { ...incomingMeta, knownOnFrom: leastCertain(stays.meta, incomingMeta) } : incomingMeta
  const before = existing?.columns ?? []
  const merged = merge(dataset, before, incoming)
  const rows = merged.columns[0].values.length
  if (rows === 0) return null
  const days = merged.columns[0].values
  const { added, revised } = merged
  const info: LakeFileInfo = {
    kind: columns.kind,
    name,
    source,
    part,
    simulated,
    unit: columns.unit,
    rows,
    first: days[0],
    last: days[rows - 1],
    sha256: fingerprint(merged.columns),
    path,
  }
  // what is only ever appended to has changed
  const same = columns.kind !== 'ticks' && before.length > 0 && info.sha256 === fingerprint(before)
  if (same) return { staged: '', info, added, revised }
  const staged = join(STAGING, `${randomUUID()}.parquet`)
  await writeSynced(join(env.dataDir, staged), parquetBytes(meta, merged.columns), path)
  return { staged, info, added, revised }
}

function merge(dataset: DatasetWrite, before: readonly LakeColumn[], incoming: readonly LakeColumn[]): Merged {
  const { kind } = dataset.columns
  if (kind === 'ticks') return appendRows(before, incoming)
  const series = kind === 'series'
  const keys = kind === 'bars' ? 1 : 2
  if (dataset.replace === true) {
    const { added, revised } = mergeRows(before, incoming, keys)
    return { columns: [...incoming], added, revised }
  }
  return series ? mergeVintages(before, incoming) : mergeRows(before, incoming, keys)
}

async function readExisting(dataDir: string, path: string): Promise<{ meta: LakeMeta; columns: LakeColumn[] } | null> {
  if (!existsSync(join(dataDir, path))) return null
  const file = await openLakeFile(dataDir, path)
  const read = await readLakeColumns(path, file, file.columnNames, -Infinity, Infinity)
  return { meta: file.meta, columns: file.columnNames.map((name) => lakeColumn(name, read.get(name)!)) }
}

/** Where some rows have their known-on day from the rule, the dataset as a whole claims no more. */
function leastCertain(stored: LakeMeta, incoming: LakeMeta): LakeMeta['knownOnFrom'] {
  return stored.knownOnFrom === 'rule' ? 'rule' : incoming.knownOnFrom
}

/** Rows in barrels never mix with rows in gallons, months with days, or simulated rows with real ones. */
function requireSameKind(stored: LakeMeta, incoming: LakeMeta): void {
  for (const [what, was, is] of [
    ['unit', stored.unit, incoming.unit],
    ['frequency', stored.frequency, incoming.frequency],
    ['simulated', stored.simulated, incoming.simulated],
  ] as const) {
    if (was === is) continue
    throw new ContangoError(
      'refused',
      'DATASET_DIFFERS',
      `${incoming.kind} ${incoming.name} from ${incoming.source} is in the lake with ${what} ${was}, and the new rows have ${what} ${is}`,
      'give the new rows a source of their own (fetch csv --source-name), or say their unit with --unit',
      { kind: incoming.kind, name: incoming.name, source: incoming.source, what, stored: was, incoming: is },
    )
  }
}

async function writeSynced(path: string, bytes: Uint8Array, what: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw writeError(`data/${what}`, error)
  }
}

function journal(db: Database.Database, all: readonly Staged[], doomed: readonly string[]): void {
  // The journal decides whether a write has happened: it must be on the disk before a file moves.
  db.pragma('synchronous = FULL')
  db.transaction(() => {
    const insert = db.prepare('INSERT INTO journal (staged, target, dataset) VALUES (?, ?, ?)')
    for (const { staged, info } of all) insert.run(staged, info.path, JSON.stringify(info))
    const consume = db.prepare('INSERT OR IGNORE INTO consumed (path) VALUES (?)')
    for (const path of doomed) consume.run(path)
  }).immediate()
}

/** Carries a journalled write to its end; safe to repeat. */
async function complete(env: WriteEnvironment): Promise<void> {
  const pending = pendingWrites(env.db)
  for (const { staged, info } of pending) {
    const from = join(env.dataDir, staged)
    const to = join(env.dataDir, info.path)
    if (!existsSync(from)) continue // renamed before the crash
    await makeFolder(env.dataDir, info.path)
    try {
      await rename(from, to)
      await syncFolder(dirname(to))
    } catch (error) {
      throw writeError(`data/${info.path}`, error)
    }
    env.onStep?.('renamed')
  }
  const consumed = consumedFiles(env.db)
  await removeConsumed(env.dataDir, consumed)
  if (consumed.length > 0) env.onStep?.('consumed')
  try {
    env.db
      .transaction(() => {
        env.db.prepare('DELETE FROM datasets WHERE path IN (SELECT path FROM consumed)').run()
        for (const { info } of pending) putFile(env.db, info)
        env.db.prepare('DELETE FROM journal').run()
        env.db.prepare('DELETE FROM consumed').run()
      })
      .immediate()
  } catch (error) {
    throw databaseError(error)
  }
  env.onStep?.('catalogued')
}

async function removeConsumed(dataDir: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      await rm(join(dataDir, path), { force: true })
      await syncFolder(dirname(join(dataDir, path)))
    } catch (error) {
      throw writeError(`data/${path}`, error)
    }
  }
}

/** The folder of a lake file, on the disk. */
async function makeFolder(dataDir: string, path: string): Promise<void> {
  const folder = dirname(join(dataDir, path))
  try {
    const made = await mkdir(folder, { recursive: true })
    if (made !== undefined) await syncFolders(dirname(folder), dirname(made))
  } catch (error) {
    throw writeError(`data/${path}`, error)
  }
}

/** New folders are entries of their parents, up to the one that was there before. */
async function syncFolders(from: string, upTo: string): Promise<void> {
  for (let folder = from; ; folder = dirname(folder)) {
    await syncFolder(folder)
    if (folder === upTo || folder === dirname(folder)) return
  }
}

/** Puts right what a killed writer left: rolls a journalled write forward, deletes staged files of any other. */
export async function recover(env: WriteEnvironment): Promise<void> {
  await complete(env)
  removeStaging(env.dataDir)
}

/** True where a writer was killed, or is at work. */
export function hasLeftovers(dataDir: string, db: Database.Database): boolean {
  const journalled = db
    .prepare('SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM consumed) AS n')
    .get() as {
    n: number
  }
  return journalled.n > 0 || (existsSync(join(dataDir, STAGING)) && readdirSync(join(dataDir, STAGING)).length > 0)
}

function removeStaging(dataDir: string): void {
  rmSync(join(dataDir, STAGING), { recursive: true, force: true })
}
