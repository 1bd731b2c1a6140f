import { createRequire } from 'node:module'
import Database from 'better-sqlite3'

let compiled: string | null | undefined

/** The compiled part of better-sqlite3, named where it lies as usual: its own search is a visible part of a short run. */
function nativeBinding(): string | null {
  if (compiled !== undefined) return compiled
  try {
    compiled = createRequire(import.meta.url).resolve('better-sqlite3/build/Release/better_sqlite3.node')
  } catch {
    compiled = null
  }
  return compiled
}

/** A database by its file, or one in memory from the bytes of a file. */
export function openSqlite(
  source: string | Buffer,
  options: { readonly timeout?: number; readonly fileMustExist?: boolean } = {},
): Database.Database {
  const binding = nativeBinding()
  return new Database(source, binding === null ? options : { ...options, nativeBinding: binding })
}
