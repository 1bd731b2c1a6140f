import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { ContangoError } from '../kernel/errors.js'
import type { Clock } from '../runtime/clock.js'
import { databaseError } from './database.js'
import { openSqlite } from './open-sqlite.js'

const POLL_MS = 50

/** A lock of a workspace; the operating system frees it when its holder dies, however it dies. */
export interface WorkspaceLock {
  release(): void
}

/** The database behind a lock: nothing is ever stored in it. */
function openLock(folder: string, name: string): Database.Database {
  try {
    mkdirSync(folder, { recursive: true })
    return openSqlite(join(folder, name), { timeout: 0 })
  } catch (error) {
    throw databaseError(error)
  }
}

/** Begins the exclusive transaction that is the lock; false where another holds it. */
function take(db: Database.Database): boolean {
  try {
    db.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false
    db.close()
    throw databaseError(error)
  }
}

function held(db: Database.Database): WorkspaceLock {
  return {
    release() {
      if (db.inTransaction) db.exec('ROLLBACK')
      db.close()
    },
  }
}

/** The lock of one job, so that it never runs twice at once; null where it is running. */
export function tryJobLock(dataDir: string, job: string): WorkspaceLock | null {
  const db = openLock(join(dataDir, 'locks'), `job-${job}.db`)
  if (take(db)) return held(db)
  db.close()
  return null
}

/**
 * An open exclusive transaction on `lock.db`, the one lock of the lake. Who holds it stands in `lock.holder` beside it,
 * which is only ever a remark for the message of the one who waits.
 */
export async function acquireLock(
  dataDir: string,
  waitMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<WorkspaceLock> {
  const db = openLock(dataDir, 'lock.db')
  const deadlineMs = clock.monotonicMs() + waitMs
  while (!take(db)) {
    if (clock.monotonicMs() >= deadlineMs) {
      db.close()
      const holder = readHolder(dataDir)
      throw new ContangoError(
        'busy',
        'WORKSPACE_BUSY',
        `another contango is writing to this workspace${holder === null ? '' : ` (process ${holder})`}; waited ${waitMs / 1000} s`,
        'wait for it to end, or give --lock-wait-seconds a larger number',
        { holderPid: holder, waitedSeconds: waitMs / 1000 },
      )
    }
    try {
      await sleep(POLL_MS, undefined, { signal })
    } catch {
      db.close()
      throw signal.reason
    }
  }
  noteHolder(dataDir)
  return held(db)
}

/** Best effort: a message without the process number is still right. */
function noteHolder(dataDir: string): void {
  try {
    writeFileSync(join(dataDir, 'lock.holder'), String(process.pid))
  } catch {
    return
  }
}

function readHolder(dataDir: string): number | null {
  try {
    return Number.parseInt(readFileSync(join(dataDir, 'lock.holder'), 'utf8'), 10) || null
  } catch {
    return null
  }
}
