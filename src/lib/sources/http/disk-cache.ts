import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../runtime/clock.js'
import { writeAtomic } from '../../runtime/write-atomic.js'

export interface DiskCacheOptions {
  readonly folder: string
  readonly maxBytes: number
  /** False under `--no-cache`: nothing is read, but answers are still kept for the next run. */
  readonly reading: boolean
  /** Neither file nor name ever holds a key. */
  readonly redact: (text: string) => string
  readonly clock: Pick<Clock, 'nowMs'>
  /** A cache that cannot be written costs time later, never the run. */
  readonly onTrouble: (message: string) => void
}

export interface CachedBody {
  readonly body: string
  readonly storedAtMs: number
}

export interface DiskCache {
  /** The body kept for this address if it is younger than `ttlMs`; null otherwise. */
  read(url: string, ttlMs: number): Promise<CachedBody | null>
  write(url: string, body: string, signal: AbortSignal): Promise<void>
  /** Removes the oldest answers until the folder is within its bound. */
  prune(): Promise<void>
}

interface Header {
  readonly url: string
  readonly storedAtMs: number
  /** Of the body: an answer that a full disk cut short is not an answer. */
  readonly bytes: number
}

const ENDING = '.cache'

/** Answers on disk: one file each, a line of JSON that says what it is, then the body. Whatever is odd counts as absent. */
export function createDiskCache(options: DiskCacheOptions): DiskCache {
  const { folder, maxBytes, reading, redact, clock, onTrouble } = options
  const fileOf = (url: string): string =>
    join(folder, `${createHash('sha256').update(redact(url)).digest('hex')}${ENDING}`)

  return {
    async read(url, ttlMs) {
      if (!reading || ttlMs <= 0) return null
      let text: string
      try {
        text = await readFile(fileOf(url), 'utf8')
      } catch {
        return null
      }
      const end = text.indexOf('\n')
      const header = end < 0 ? null : parseHeader(text.slice(0, end))
      if (header === null || header.url !== redact(url)) return null
      const body = text.slice(end + 1)
      const ageMs = clock.nowMs() - header.storedAtMs
      if (Buffer.byteLength(body) !== header.bytes || ageMs < 0 || ageMs >= ttlMs) return null
      return { body, storedAtMs: header.storedAtMs }
    },

    async write(url, body, signal) {
      const clean = redact(body)
      const bytes = Buffer.byteLength(clean)
      if (bytes > maxBytes) return
      const header: Header = { url: redact(url), storedAtMs: clock.nowMs(), bytes }
      try {
        await mkdir(folder, { recursive: true })
        await writeAtomic(fileOf(url), `${JSON.stringify(header)}\n${clean}`, signal)
      } catch (error) {
        signal.throwIfAborted()
        onTrouble(redact(error instanceof Error ? error.message : String(error)))
      }
    },

    async prune() {
      try {
        await removeOldest(folder, maxBytes)
      } catch (error) {
        onTrouble(redact(error instanceof Error ? error.message : String(error)))
      }
    },
  }
}

function parseHeader(line: string): Header | null {
  try {
    const header = JSON.parse(line) as Partial<Header> | null
    if (typeof header?.url !== 'string' || typeof header.storedAtMs !== 'number' || typeof header.bytes !== 'number') {
      return null
    }
    return { url: header.url, storedAtMs: header.storedAtMs, bytes: header.bytes }
  } catch {
    return null
  }
}

async function removeOldest(folder: string, maxBytes: number): Promise<void> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const files: { path: string; bytes: number; atMs: number }[] = []
  for (const name of names.filter((one) => one.endsWith(ENDING)).sort()) {
    const path = join(folder, name)
    // another run may be pruning too
    const found = await stat(path).catch(() => null)
    if (found) files.push({ path, bytes: found.size, atMs: found.mtimeMs })
  }
  files.sort((a, b) => b.atMs - a.atMs)
  let kept = 0
  for (const { path, bytes } of files) {
    kept += bytes
    if (kept > maxBytes) await rm(path, { force: true })
  }
}
