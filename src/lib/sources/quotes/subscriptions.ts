import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { QuoteFeed } from './quote.js'

/** A `quotes --watch` that runs now. */
export interface Subscription {
  readonly source: QuoteFeed['source']
  readonly tickers: readonly string[]
  /** Milliseconds since 1970-01-01 UTC. */
  readonly sinceMs: number
}

interface Note extends Subscription {
  readonly pid: number
  readonly host: string
}

const FOLDER = 'watching'

/**
 * Notes under `data/watching/` what a stream has subscribed, for `fetch status` to show, until the function that it returns is
 * called. Only ever a remark: a folder that cannot be written does not keep quotes from streaming.
 */
export function noteSubscription(dataDir: string, subscription: Subscription): () => void {
  const folder = join(dataDir, FOLDER)
  const path = join(folder, `${randomUUID()}.json`)
  const note: Note = { ...subscription, pid: process.pid, host: hostname() }
  try {
    mkdirSync(folder, { recursive: true })
    for (const left of notes(folder)) if (!runs(left.note)) rmSync(left.path, { force: true })
    writeFileSync(path, JSON.stringify(note))
  } catch {
    return () => undefined
  }
  return () => rmSync(path, { force: true })
}

/** What streams that run now have subscribed, the oldest first. */
export function runningSubscriptions(dataDir: string): Subscription[] {
  return notes(join(dataDir, FOLDER))
    .flatMap(({ note }) => (note !== null && runs(note) ? [note] : []))
    .map(({ source, tickers, sinceMs }) => ({ source, tickers, sinceMs }))
    .sort((a, b) => a.sinceMs - b.sinceMs)
}

function notes(folder: string): { path: string; note: Note | null }[] {
  let files: string[]
  try {
    files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  } catch {
    return []
  }
  return files.map((file) => {
    const path = join(folder, file)
    try {
      return { path, note: JSON.parse(readFileSync(path, 'utf8')) as Note }
    } catch {
      return { path, note: null } // half written, or gone meanwhile
    }
  })
}

/** A process of another machine on a shared folder cannot be asked: it is taken at its word. */
function runs(note: Note | null): boolean {
  if (note === null) return false
  if (note.host !== hostname()) return true
  try {
    process.kill(note.pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
