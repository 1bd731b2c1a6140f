import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { writeAtomic } from '../runtime/write-atomic.js'
import { writeError } from '../runtime/write-error.js'

/**
 * Writes a report where the user said, else under its own name in the folder of reports, which is made if need be.
 * @returns the file's base name
 */
export async function writeReport(
  text: string,
  place: { readonly file: string | null; readonly reportsDir: string; readonly name: string },
  signal: AbortSignal,
): Promise<string> {
  const path = place.file ?? join(place.reportsDir, place.name)
  if (place.file === null) {
    try {
      await mkdir(dirname(path), { recursive: true })
    } catch (error) {
      throw writeError(basename(dirname(path)), error)
    }
  }
  await writeAtomic(path, text, signal)
  return basename(path)
}
