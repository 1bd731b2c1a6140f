import { cpSync } from 'node:fs'

/**
 * Copies a workspace that other tests may be using: SQLite's write-ahead files come and go, and what they hold is no part of the
 * lake. What jobs of others keep is left out too.
 */
export function copyWorkspace(from: string, to: string): void {
  const passing = /-(wal|shm|journal)$|[/\\]data[/\\]runs([/\\]|$)/
  cpSync(from, to, { recursive: true, filter: (path) => !passing.test(path) })
}
