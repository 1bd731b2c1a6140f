import { createRequire } from 'node:module'
import Database from 'better-sqlite3'
import { ContangoError } from '../kernel/errors.js'

let compiled: string | null = null

/** The compiled part of better-sqlite3, named and not searched for: the search is a visible part of a short run. */
function nativeBinding(): string {
  try {
    return (compiled ??= createRequire(import.meta.url).resolve('better-sqlite3/build/Release/better_sqlite3.node'))
  } catch {
    throw new ContangoError(
      'config',
      'SQLITE_MISSING',
      'better-sqlite3 has no compiled part here',
      'npm rebuild better-sqlite3',
    )
  }
}

/** A database by its file, or one in memory from the bytes of a file. */
export function openSqlite(
  source: string | Buffer,
  options: { readonly timeout?: number; readonly fileMustExist?: boolean } = {},
): Database.Database {
  return new Database(source, { ...options, nativeBinding: nativeBinding() })
}
