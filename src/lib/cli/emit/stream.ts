import { ContangoError } from '../../kernel/errors.js'
import type { OutputTarget } from '../formats.js'
import type { Table } from '../table.js'
import { isBrokenPipe, writeFully } from '../write-stream.js'
import { ndjsonEnd, ndjsonRows } from './ndjson.js'

/** A stream has one form and one place; -f table is the default of those that did not ask. */
export function requireStreamable({ format, file }: OutputTarget): void {
  if (file === null && (format === 'table' || format === 'ndjson')) return
  throw new ContangoError(
    'usage',
    'STREAM_FORM',
    'a stream is printed as NDJSON on stdout, in no other form and into no file',
    'leave --json, -f and -o out, and redirect: > rows.ndjson',
    { format },
  )
}

/**
 * Writes the batches as they come, each when the one before is gone, so that a slow reader slows the source and not
 * the memory. The last line says how it ended: whole, stopped by a signal, or with the code of the failure.
 */
export async function writeNdjsonStream(
  stream: AsyncIterable<Table>,
  write: (text: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let rows = 0
  try {
    for await (const table of stream) {
      await write([...ndjsonRows(table)].join(''))
      rows += table.length
      signal.throwIfAborted()
    }
    signal.throwIfAborted()
  } catch (error) {
    if (isBrokenPipe(error) || isBrokenPipe(signal.reason)) throw error
    const code = error instanceof ContangoError ? error.code : 'BUG'
    await write(ndjsonEnd(rows, signal.aborted ? { ok: true, stopped: code } : { ok: false, code }))
    throw error
  }
  await write(ndjsonEnd(rows))
}

/** Writes to a stream and feeds the hash of what went out. */
export function hashedWriter(
  stdout: NodeJS.WritableStream,
  hash: { update(text: string): unknown },
): (text: string) => Promise<void> {
  return async (text) => {
    if (text === '') return
    hash.update(text)
    await writeFully(stdout, text)
  }
}
