import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { ContangoError } from '../kernel/errors.js'
import { writeError } from '../runtime/write-error.js'
import { migrations } from './migrations/index.js'
import { openSqlite } from './open-sqlite.js'

const DATABASE_FILE = 'contango.db'
const newest = migrations[migrations.length - 1].id

const isReadOnly = (error: unknown): boolean =>
  /^SQLITE_(READONLY|CANTOPEN|PERM|IOERR)/.test((error as { code?: string }).code ?? '')

/** Opens the catalogue for writing, making folder and tables where they are missing. */
export function openForWriting(dataDir: string): Database.Database {
  let db: Database.Database
  try {
    mkdirSync(dataDir, { recursive: true })
    db = openSqlite(join(dataDir, DATABASE_FILE), { timeout: 5000 })
  } catch (error) {
    throw databaseError(error)
  }
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw databaseError(error)
  }
}

/**
 * Opens the catalogue for reading; null where there is none. A folder that may not be written still answers: SQLite
 * cannot open a write-ahead database there, so its bytes are read into memory.
 */
export function openForReading(dataDir: string): Database.Database | null {
  const path = join(dataDir, DATABASE_FILE)
  if (!existsSync(path)) return null
  try {
    const db = openSqlite(path, { timeout: 5000 })
    try {
      if (db.pragma('user_version', { simple: true }) !== newest) migrate(db)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    if (!isReadOnly(error)) throw databaseError(error)
    return checked(inMemoryCopy(path))
  }
}

/** The header's two write-ahead bytes say 1 (rollback journal) in the copy: a database in memory has no -wal file. */
function inMemoryCopy(path: string): Database.Database {
  const bytes = existsSync(`${path}-wal`) ? withWriteAheadLog(path) : readFileSync(path)
  bytes[18] = 1
  bytes[19] = 1
  return openSqlite(bytes)
}

/** What a killed writer left in the write-ahead log counts: SQLite puts the two together in a folder where it may write. */
function withWriteAheadLog(path: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'contango-catalogue-'))
  try {
    const copy = join(folder, DATABASE_FILE)
    copyFileSync(path, copy)
    copyFileSync(`${path}-wal`, `${copy}-wal`)
    const db = openSqlite(copy)
    try {
      return db.serialize()
    } finally {
      db.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function checked(db: Database.Database): Database.Database {
  const version = db.pragma('user_version', { simple: true })
  if (version === newest) return db
  db.close()
  throw new ContangoError(
    'config',
    'STORE_NOT_WRITABLE',
    'the catalogue needs a migration and its folder is read-only',
    'run any command once where data/ may be written',
  )
}

function migrate(db: Database.Database): void {
  const apply = db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > newest) {
      throw new ContangoError(
        'config',
        'STORE_TOO_NEW',
        `data/contango.db was written by a newer contango (schema ${version}, this one knows ${newest})`,
        'use the newer contango, or another workspace with --home DIR',
        { found: version, known: newest },
      )
    }
    for (const migration of migrations) {
      if (migration.id <= version) continue
      db.exec(migration.sql)
      db.pragma(`user_version = ${migration.id}`)
    }
  })
  if ((db.pragma('user_version', { simple: true }) as number) !== newest) apply.immediate()
}

/** SQLite's words as ours. */
export function databaseError(error: unknown): unknown {
  if (error instanceof ContangoError) return error
  const code = (error as { code?: string }).code ?? ''
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return new ContangoError(
      'config',
      'STORE_NOT_WRITABLE',
      'a file is in the place of a folder of data/',
      'move the file away, or use another workspace with --home DIR',
      {},
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_FULL'))
    return writeError('data/contango.db', Object.assign(new Error(code), { code: 'ENOSPC' }))
  if (isReadOnly(error)) {
    return new ContangoError(
      'config',
      'STORE_NOT_WRITABLE',
      'data/ may not be written',
      'check its permissions, or use another workspace with --home DIR',
      {},
      { cause: error },
    )
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new ContangoError(
      'config',
      'CATALOGUE_DAMAGED',
      'data/contango.db is not a sound database',
      'move it away, then contango data check --rebuild makes the catalogue anew from the lake',
      {},
      { cause: error },
    )
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new ContangoError(
      'busy',
      'WORKSPACE_BUSY',
      'another process holds data/contango.db',
      'wait for it to end and run the command again',
      {},
      { cause: error },
    )
  }
  return writeError('data/contango.db', error)
}
