import { open } from 'node:fs/promises'

/** Makes the entries of a folder durable; some file systems cannot sync a folder, and then they stand as they are. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error
  } finally {
    await handle.close()
  }
}
