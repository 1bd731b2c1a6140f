import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = process.env['CONTANGO_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url))

/**
 * Path of a file of real market data or of a peer's figures, which are not part of the repository;
 * null where they are absent, with the reason printed: the caller skips.
 */
export function sharedFile(relative: string): string | null {
  const path = `${root}/${relative}`
  if (existsSync(path)) return path
  console.log(`skipped: ${relative} is not beside this checkout (set CONTANGO_SHARED to its folder)`)
  return null
}
