import { catalogueMigration } from './001-catalogue.js'
import { runsMigration } from './002-runs.js'
import { partsMigration } from './003-parts.js'
import { jobsMigration } from './004-jobs.js'
import { signalsMigration } from './005-signals.js'

export interface Migration {
  readonly id: number
  readonly sql: string
}

/** In order; `PRAGMA user_version` holds the last one applied. A released file never changes: a change is a new file. */
export const migrations: readonly Migration[] = [
  catalogueMigration,
  runsMigration,
  partsMigration,
  jobsMigration,
  signalsMigration,
]
