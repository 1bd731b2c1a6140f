import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { ContangoError } from '../kernel/errors.js'
import type { Clock } from '../runtime/clock.js'
import { databaseError } from './database.js'

const POLL_MS = 50

/** The one lock of a workspace's lake; the operating system frees it when its holder dies, however it dies. */
export interface WorkspaceLock {
  release(): void
}

/**
 * An open exclusive transaction on `lock.db`. Who holds it stands in `lock.holder` beside it, which is only ever
 * a remark for the message of the one who waits.
 */
export async function acquireLock(
  dataDir: string,
  waitMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<WorkspaceLock> {
  let db: Database.Database
  try {
    mkdirSync(dataDir, { recursive: true })
    db = new Database(join(dataDir, 'lock.db'), { timeout: 0 })
  } catch (error) {
    throw databaseError(error)
  }
  const deadlineMs = clock.monotonicMs() + waitMs
  for (;;) {
    try {
      db.exec('BEGIN EXCLUSIVE')
      break
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY') {
        db.close()
        throw databaseError(error)
      }
    }
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
  return {
    release() {
      if (db.inTransaction) db.exec('ROLLBACK')
      db.close()
    },
  }
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
