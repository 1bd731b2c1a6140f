import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { TickColumns } from '../market/dataset.js'
import { openSqlite } from './open-sqlite.js'

/** Where recordings lie until the lake has their ticks, relative to the data folder. */
const FOLDER = 'recording'
const DAY_MS = 86_400_000

/** One quote as it is recorded; NaN where a number is not known. */
export interface RecordedTick {
  /** Name of the dataset: CL1_Comdty. */
  readonly ticker: string
  readonly unit: string
  /** Milliseconds since 1970-01-01 UTC. */
  readonly timeMs: number
  readonly last: number
  readonly change: number
  readonly bid: number
  readonly ask: number
  readonly stale: boolean
}

export interface RecordingAbout {
  readonly source: string
  readonly simulated: boolean
}

/** An open recording: whoever holds it may append, nobody else can open it until this process ends or closes it. */
export interface Recording {
  /** Relative to the data folder. */
  readonly path: string
  readonly rows: number
  /** All of them or none; once it returns, the end of this process does not lose them. */
  append(ticks: Iterable<RecordedTick>): void
  /** What was appended survives the loss of power too. */
  sync(): void
  close(): void
}

/** What a recording holds. */
export interface Recorded extends RecordingAbout {
  readonly tickers: readonly TickColumns[]
  readonly rows: number
}

/**
 * Begins a recording: a SQLite database under `data/recording/`, held exclusively, so that the operating system says who is at
 * work and SQLite what a killed process had finished writing.
 */
export function startRecording(dataDir: string, { source, simulated }: RecordingAbout): Recording {
  mkdirSync(join(dataDir, FOLDER), { recursive: true })
  const path = `${FOLDER}/${randomUUID()}.db`
  const db = openSqlite(join(dataDir, path), { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.exec(`
      BEGIN;
      CREATE TABLE about (source TEXT NOT NULL, simulated INTEGER NOT NULL) STRICT;
      CREATE TABLE ticks (
        ticker TEXT NOT NULL, unit TEXT NOT NULL, time_ms REAL NOT NULL,
        last REAL, change REAL, bid REAL, ask REAL, stale INTEGER NOT NULL
      ) STRICT;
      COMMIT;
    `)
    db.prepare('INSERT INTO about (source, simulated) VALUES (?, ?)').run(source, simulated ? 1 : 0)
  } catch (error) {
    db.close()
    throw error
  }
  const insert = db.prepare('INSERT INTO ticks VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value)
  let rows = 0
  const all = db.transaction((ticks: Iterable<RecordedTick>) => {
    let count = 0
    for (const { ticker, unit, timeMs, last, change, bid, ask, stale } of ticks) {
      insert.run(ticker, unit, timeMs, known(last), known(change), known(bid), known(ask), stale ? 1 : 0)
      count++
    }
    return count
  })
  return {
    path,
    get rows() {
      return rows
    },
    append(ticks) {
      rows += all(ticks)
    },
    sync: () => void db.pragma('wal_checkpoint(PASSIVE)'),
    close: () => db.close(),
  }
}

/** Every recording that lies there, at work or left behind, relative to the data folder. */
export function recordings(dataDir: string): string[] {
  const folder = join(dataDir, FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.db'))
    .sort()
    .map((file) => `${FOLDER}/${file}`)
}

/** What a recording that nobody is at work on holds, by ticker; null where somebody is, or where it has gone. */
export function readRecording(dataDir: string, path: string): Recorded | null {
  return whenIdle(dataDir, path, (db) => {
    const about = db.prepare('SELECT * FROM about').get() as { source: string; simulated: number } | undefined
    const counts = db
      .prepare('SELECT ticker, unit, count(*) AS rows FROM ticks GROUP BY ticker ORDER BY min(rowid)')
      .all() as { ticker: string; unit: string; rows: number }[]
    const ofTicker = db.prepare('SELECT * FROM ticks WHERE ticker = ? ORDER BY rowid')
    return {
      source: about?.source ?? '',
      simulated: about?.simulated === 1,
      rows: counts.reduce((sum, { rows }) => sum + rows, 0),
      tickers: counts.map(({ ticker, unit, rows }) =>
        tickColumns(ticker, unit, rows, ofTicker.iterate(ticker) as IterableIterator<TickRow>),
      ),
    }
  })
}

/** Ticks that processes which are gone have left in recordings; null where one cannot be read. */
export function waitingTicks(dataDir: string): { path: string; rows: number | null }[] {
  return recordings(dataDir).flatMap((path): { path: string; rows: number | null }[] => {
    try {
      const rows = whenIdle(dataDir, path, (db) => {
        return (db.prepare('SELECT count(*) AS n FROM ticks').get() as { n: number }).n
      })
      return rows === null ? [] : [{ path, rows }]
    } catch {
      return [{ path, rows: null }]
    }
  })
}

interface TickRow {
  readonly time_ms: number
  readonly last: number | null
  readonly change: number | null
  readonly bid: number | null
  readonly ask: number | null
  readonly stale: number
}

/** Straight into columns: a recording is taken in while quotes go on streaming, and must not weigh. */
function tickColumns(ticker: string, unit: string, rows: number, ticks: Iterable<TickRow>): TickColumns {
  const number = (): Float64Array => new Float64Array(rows)
  const columns = { timeMs: number(), last: number(), change: number(), bid: number(), ask: number() }
  const day = new Int32Array(rows)
  const stale = new Int32Array(rows)
  let at = 0
  for (const row of ticks) {
    day[at] = Math.floor(row.time_ms / DAY_MS)
    columns.timeMs[at] = row.time_ms
    columns.last[at] = row.last ?? Number.NaN
    columns.change[at] = row.change ?? Number.NaN
    columns.bid[at] = row.bid ?? Number.NaN
    columns.ask[at] = row.ask ?? Number.NaN
    stale[at++] = row.stale
  }
  return { kind: 'ticks', ticker, unit, day, ...columns, stale }
}

/** Null where another process holds the recording, or has taken it in meanwhile. */
function whenIdle<T>(dataDir: string, path: string, read: (db: Database.Database) => T): T | null {
  let db: Database.Database
  try {
    db = openSqlite(join(dataDir, path), { timeout: 0, fileMustExist: true })
  } catch (error) {
    if (/^SQLITE_(CANTOPEN|READONLY)/.test((error as { code?: string }).code ?? '')) return null
    throw error
  }
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    const tables = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE type = 'table'").get() as { n: number }
    // killed before it had said anything
    if (tables.n === 0)
      db.exec('CREATE TABLE about (source TEXT, simulated INTEGER); CREATE TABLE ticks (ticker TEXT, unit TEXT)')
    return read(db)
  } catch (error) {
    if (/^SQLITE_(BUSY|READONLY)/.test((error as { code?: string }).code ?? '')) return null
    throw error
  } finally {
    db.close()
  }
}
