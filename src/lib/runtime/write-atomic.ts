import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from './sync-folder.js'
import { forgetTemporaryFile, trackTemporaryFile } from './temporary-files.js'
import { writeError } from './write-error.js'

let sequence = 0

/**
 * Writes a whole file or nothing: temporary file in the same folder, fsync, rename, fsync of the folder.
 * A failure, or an abort before the rename, leaves what was there.
 */
export async function writeAtomic(path: string, bytes: Uint8Array | string, signal?: AbortSignal): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${sequence++}.tmp`)
  trackTemporaryFile(temporary)
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    signal?.throwIfAborted()
    await rename(temporary, path)
    await syncFolder(folder)
  } catch (error) {
    await rm(temporary, { force: true })
    throw writeError(basename(path), error)
  } finally {
    forgetTemporaryFile(temporary)
  }
}
