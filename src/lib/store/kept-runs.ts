import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ContangoError } from '../kernel/errors.js'
import { syncFolder } from '../runtime/sync-folder.js'
import { forgetTemporaryFile, trackTemporaryFile } from '../runtime/temporary-files.js'
import { writeAtomic } from '../runtime/write-atomic.js'
import { writeError } from '../runtime/write-error.js'

/** A run's document; tables of the same run lie beside it. */
export const RESULT_FILE = 'result.json'
/** Holds the id of the run that was kept last: a document has no clock to tell by. */
const LAST_FILE = 'last'
const ID_DIGITS = 12
const ID = /^[0-9a-f]{12}$/

/** First 12 hex digits of the document's sha256: two equal runs are one. */
export function keptRunId(document: string): string {
  return createHash('sha256').update(document).digest('hex').slice(0, ID_DIGITS)
}

/**
 * Keeps a document and its tables as `root/<id>/`, whole or not at all: written beside its place, synced, renamed. A run that
 * is there already is left as it is. It becomes the last one.
 */
export async function keepRun(
  root: string,
  document: string,
  files: Readonly<Record<string, Uint8Array>>,
  signal: AbortSignal,
): Promise<string> {
  const id = keptRunId(document)
  const folder = join(root, id)
  const temporary = join(root, `.${id}.${process.pid}.tmp`)
  try {
    await mkdir(root, { recursive: true })
    if (!(await isThere(folder))) {
      trackTemporaryFile(temporary)
      await mkdir(temporary)
      for (const [name, bytes] of Object.entries({ ...files, [RESULT_FILE]: Buffer.from(document) })) {
        await writeSynced(join(temporary, name), bytes)
        signal.throwIfAborted()
      }
      await syncFolder(temporary)
      await moveUnlessThere(temporary, folder)
      await syncFolder(root)
    }
  } catch (error) {
    throw writeError(`backtests/${id}`, error)
  } finally {
    await rm(temporary, { recursive: true, force: true })
    forgetTemporaryFile(temporary)
  }
  await writeAtomic(join(root, LAST_FILE), `${id}\n`, signal)
  return id
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Another process may have kept the same run in the meantime: it is the same to the byte. */
async function moveUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
}

async function isThere(folder: string): Promise<boolean> {
  try {
    await readFile(join(folder, RESULT_FILE))
    return true
  } catch {
    return false
  }
}

/** Ids of all kept runs, ascending. */
export async function keptRunIds(root: string): Promise<string[]> {
  try {
    return (await readdir(root)).filter((name) => ID.test(name)).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Whether a word may name a kept run: `last`, or the beginning of an id. */
export function isKeptRunName(word: string): boolean {
  return word === LAST_FILE || /^[0-9a-f]{4,12}$/.test(word)
}

/** The id of `last`, or the one that begins so; throws where there is none or more than one. */
export async function findKeptRun(root: string, word: string): Promise<string> {
  const ids = await keptRunIds(root)
  const wanted = word === LAST_FILE ? await lastKeptRun(root) : word
  const found = wanted === null ? [] : ids.filter((id) => id.startsWith(wanted))
  if (found.length === 1) return found[0]
  if (found.length > 1) {
    throw new ContangoError(
      'usage',
      'AMBIGUOUS_RUN',
      `${found.length} kept runs begin with "${word}": ${found.join(', ')}`,
      `contango backtest show ${found[0]}`,
      { run: word, runs: found },
    )
  }
  throw new ContangoError(
    'noData',
    'NO_RUN',
    ids.length === 0
      ? 'no back-test has been kept in this workspace'
      : `no kept back-test begins with "${word}"; there are ${ids.join(', ')}`,
    ids.length === 0 ? 'contango backtest ma-crossover wti --keep' : `contango backtest show ${ids[ids.length - 1]}`,
    { run: word },
  )
}

/** Id of the run that was kept last; null where there is none. */
export async function lastKeptRun(root: string): Promise<string | null> {
  try {
    return (await readFile(join(root, LAST_FILE), 'utf8')).trim()
  } catch {
    return null
  }
}

/** The folder of kept runs under a workspace's data. */
export function keptRunsFolder(dataDir: string): string {
  return join(dataDir, 'backtests')
}
