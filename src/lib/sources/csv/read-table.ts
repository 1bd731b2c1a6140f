import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { ContangoError } from '../../kernel/errors.js'
import { csvTable } from './csv-table.js'
import { refusal } from './refusals.js'
import type { SourceTable } from './source-table.js'

export type FileFormat = 'csv' | 'ndjson' | 'parquet'

/** A file as it came, and its rows. */
export interface ReadTable {
  readonly table: SourceTable
  readonly format: FileFormat
  readonly sha256: string
  readonly bytes: number
}

/** Offsets into a file are 32-bit, and a year of every contract's settlements is far below this. */
const LARGEST_BYTES = 1 << 30
const READ_BYTES = 4 << 20

const FORMAT_OF_ENDING: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  parquet: 'parquet',
  pq: 'parquet',
}

/** Reads a whole file, looking at the signal between blocks. */
export async function readBytes(path: string, file: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    const handle = await open(path, 'r')
    try {
      if (!(await handle.stat()).isFile()) return await drain(handle.createReadStream(), file, signal)
      if (size > LARGEST_BYTES) throw tooLarge(file, size)
      const bytes = new Uint8Array(size)
      for (let at = 0; at < size;) {
        signal.throwIfAborted()
        const { bytesRead } = await handle.read(bytes, at, Math.min(READ_BYTES, size - at), at)
        if (bytesRead === 0) return bytes.subarray(0, at)
        at += bytesRead
      }
      return bytes
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw openError(file, error)
  }
}

/** Reads standard input, or a pipe, to its end. */
export async function drain(stream: NodeJS.ReadableStream, file: string, signal: AbortSignal): Promise<Uint8Array> {
  const blocks: Uint8Array[] = []
  let size = 0
  const stop = (): void => void (stream as { destroy?: () => void }).destroy?.()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const block of stream) {
      signal.throwIfAborted()
      const bytes = typeof block === 'string' ? new TextEncoder().encode(block) : block
      size += bytes.length
      if (size > LARGEST_BYTES) throw tooLarge(file, size)
      blocks.push(bytes)
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
  signal.throwIfAborted()
  return Buffer.concat(blocks)
}

/** What the bytes are, whatever the name says; refuses what is no table at all. */
export function sniffFormat(file: string, bytes: Uint8Array): FileFormat {
  if (bytes.length === 0 || isBlankText(bytes)) {
    throw refusal(
      'FILE_EMPTY',
      `${file} is empty`,
      'look at what wrote it; a CSV has a header line and at least one row',
      {
        file,
      },
    )
  }
  const starts = (...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte)
  if (starts(0x50, 0x41, 0x52, 0x31)) return 'parquet'
  if (starts(0x1f, 0x8b)) {
    throw refusal('FILE_COMPRESSED', `${file} is gzip-compressed`, `gunzip -c ${file} | contango fetch csv -`, { file })
  }
  if (starts(0x50, 0x4b, 0x03, 0x04)) {
    throw refusal(
      'FILE_COMPRESSED',
      `${file} is a ZIP archive or a spreadsheet`,
      'save the sheet as CSV (UTF-8) first',
      {
        file,
      },
    )
  }
  const head = bytes.subarray(0, 8192)
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff) || looksUtf16(head)) {
    throw refusal(
      'ENCODING_UTF16',
      `${file} is UTF-16 text`,
      `iconv -f UTF-16 -t UTF-8 ${file} | contango fetch csv -`,
      { file },
    )
  }
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) {
    throw refusal('NOT_TEXT', `${file} is neither text nor Parquet`, 'give a CSV, NDJSON or Parquet file', { file })
  }
  let first = starts(0xef, 0xbb, 0xbf) ? 3 : 0
  while (bytes[first] === 0x20 || bytes[first] === 0x09 || bytes[first] === 0x0a || bytes[first] === 0x0d) first++
  if (bytes[first] === 0x5b) {
    throw refusal('JSON_ARRAY', `${file} is one JSON array`, `jq -c '.[]' ${file} | contango fetch csv -`, { file })
  }
  return bytes[first] === 0x7b ? 'ndjson' : 'csv'
}

function isBlankText(bytes: Uint8Array): boolean {
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  if (bytes.length - from > 4096) return false
  return bytes.subarray(from).every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d)
}

/** ASCII in UTF-16 without a byte-order mark: every second byte is zero. */
function looksUtf16(head: Uint8Array): boolean {
  if (head.length < 8) return false
  let even = 0
  let odd = 0
  for (let i = 0; i < head.length; i += 2) {
    if (head[i] === 0) even++
    if (head[i + 1] === 0) odd++
  }
  const half = head.length / 2
  return (odd > 0.8 * half && even < 0.05 * half) || (even > 0.8 * half && odd < 0.05 * half)
}

export interface ReadTableOptions {
  /** A Parquet file that says that it is simulated is read all the same: it is compared, not filed as market data. */
  readonly acceptsSimulated?: boolean
}

/** The bytes of one file as a table; its ending must not contradict what it is. */
export async function readTable(
  file: string,
  bytes: Uint8Array,
  signal: AbortSignal,
  options: ReadTableOptions = {},
): Promise<ReadTable> {
  const format = formatOf(file, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { table: await tableOf(format, file, bytes, signal, options), format, sha256, bytes: bytes.length }
}

function formatOf(file: string, bytes: Uint8Array): FileFormat {
  const ending = /\.([A-Za-z0-9]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''
  const said = FORMAT_OF_ENDING[ending]
  if (said === 'parquet' && bytes.length > 0 && !(bytes[0] === 0x50 && bytes[1] === 0x41 && bytes[2] === 0x52)) {
    throw endingMismatch(file, 'it does not begin as a Parquet file does')
  }
  const format = sniffFormat(file, bytes)
  if (said !== undefined && said !== format) {
    throw endingMismatch(file, `it holds ${format === 'csv' ? 'text that is not NDJSON' : FORMAT_NAMES[format]}`)
  }
  return format
}

const FORMAT_NAMES: Readonly<Record<FileFormat, string>> = { csv: 'CSV', ndjson: 'NDJSON', parquet: 'Parquet' }

async function tableOf(
  format: FileFormat,
  file: string,
  bytes: Uint8Array,
  signal: AbortSignal,
  options: ReadTableOptions,
): Promise<SourceTable> {
  if (format === 'csv') return csvTable(file, bytes, signal)
  if (format === 'ndjson') return (await import('./ndjson-table.js')).ndjsonTable(file, bytes, signal)
  return (await import('./parquet-table.js')).parquetTable(file, bytes, signal, options)
}

function endingMismatch(file: string, why: string): Error {
  return refusal(
    'ENDING_MISMATCH',
    `${file} is not what its ending says: ${why}`,
    `give the file its right ending, or pipe it: cat ${file} | contango fetch csv -`,
    { file },
  )
}

function tooLarge(file: string, size: number): Error {
  return refusal(
    'FILE_TOO_LARGE',
    `${file} has ${Math.round(size / (1 << 20))} MiB; files up to 1,024 MiB are read`,
    'split it by year or product; several files go into one call',
    { file, bytes: size },
  )
}

function openError(file: string, error: unknown): unknown {
  const errno = (error as NodeJS.ErrnoException | null)?.code
  const says = {
    ENOENT: 'does not exist',
    ENOTDIR: 'does not exist',
    EISDIR: 'is a folder',
    EACCES: 'may not be read',
  }[errno ?? '']
  if (says === undefined) return error
  const code = errno === 'EISDIR' ? 'FILE_IS_FOLDER' : errno === 'EACCES' ? 'FILE_UNREADABLE' : 'FILE_NOT_FOUND'
  return new ContangoError(
    'usage',
    code,
    `${file} ${says}`,
    errno === 'EISDIR' ? 'name the files: contango fetch csv FOLDER/*.csv' : 'ls shows what is in the folder',
    { file },
    { cause: error },
  )
}
