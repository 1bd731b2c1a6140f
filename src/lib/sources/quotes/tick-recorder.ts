import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../../kernel/canonical-json.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Quote, QuoteFeed } from './quote.js'
import type { Recorder } from './watch-quotes.js'

/**
 * Appends ticks to `data/ticks/source=S/date=YYYY-MM-DD.ndjson`, a file per source and UTC day, each batch in one write.
 * What a killed run left of a last line is cut off before the next one goes on.
 */
export function createTickRecorder(dataDir: string): Recorder {
  const files = new Map<string, FileHandle>()

  async function fileOf(source: string, date: string): Promise<FileHandle> {
    const known = files.get(date)
    if (known) return known
    const folder = join(dataDir, 'ticks', `source=${source}`)
    await mkdir(folder, { recursive: true })
    const handle = await open(join(folder, `date=${date}.ndjson`), 'a+')
    await cutBrokenLine(handle)
    for (const [earlier, old] of files) {
      files.delete(earlier)
      await old.close()
    }
    files.set(date, handle)
    return handle
  }

  return {
    async write(quotes, source) {
      try {
        for (const [date, lines] of byDate(quotes, source)) {
          await (await fileOf(source, date)).appendFile(lines.join(''))
        }
      } catch (error) {
        throw cannotWrite(error)
      }
    },
    async close() {
      for (const handle of files.values()) {
        await handle.datasync()
        await handle.close()
      }
      files.clear()
    },
  }
}

function byDate(quotes: readonly Quote[], source: QuoteFeed['source']): Map<string, string[]> {
  const days = new Map<string, string[]>()
  for (const quote of quotes) {
    const date = quote.time.slice(0, 10)
    const lines = days.get(date) ?? []
    lines.push(`${canonicalJson({ ...quote, source, simulated: source === 'sim' })}\n`)
    days.set(date, lines)
  }
  return days
}

async function cutBrokenLine(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat()
  const tail = Buffer.alloc(Math.min(size, 4096))
  await handle.read(tail, 0, tail.length, size - tail.length)
  const end = tail.lastIndexOf(0x0a) + 1
  if (tail.length > 0 && end < tail.length) await handle.truncate(size - tail.length + end)
}

function cannotWrite(error: unknown): ContangoError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error)
  return new ContangoError(
    'config',
    'TICKS_NOT_WRITTEN',
    `the ticks cannot be written to data/ticks: ${reason}`,
    'check the disk and the permissions, or leave --record out',
    { reason },
  )
}
