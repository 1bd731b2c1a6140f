import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { writeError } from '../runtime/write-error.js'

/** What is kept of a cell, after its key. */
export interface CellLayout {
  /** Numbers in double precision. */
  readonly doubles: number
  /** Numbers in single precision. */
  readonly floats: number
}

/** Finished cells of one sweep: records that are only ever appended. */
export interface CellStore {
  /** Whether an earlier run finished the cell. */
  has(key: string): boolean
  /** What an earlier run kept of the cell, until the next call; null where none finished it. */
  read(key: string): DataView | null
  /** Appends whole records with one write; what a kill leaves unfinished has no valid checksum and is passed over. */
  append(cells: readonly { readonly key: string; readonly fill: (record: DataView) => void }[]): void
  close(): void
}

const KEY_BYTES = 16
const CRC_BYTES = 4
/** Records that are read at once. */
const READ_RECORDS = 512
/** More than a file has records. */
const FILE = 2 ** 32
/** Files that are open for reading at once: a folder may hold those of a thousand shards. */
const MOST_OPEN = 64

/** Sixteen bytes of sha256 as hex: the name of a cell within its sweep. */
export function cellKeyOf(text: string): string {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * KEY_BYTES)
}

/**
 * Opens the cells of a sweep in `folder`. Each process appends to a file of its own, so that two of them never write into
 * each other's records; records of another length, or with a wrong checksum, are not read.
 */
export function openCellStore(folder: string, { doubles, floats }: CellLayout): CellStore {
  const payload = 8 * doubles + 4 * floats
  const length = KEY_BYTES + payload + CRC_BYTES
  // Where each record lies: number of its file × FILE + number of the record. The records stay on disk.
  const places = new Map<string, number>()
  let names: string[] = []
  try {
    mkdirSync(folder, { recursive: true })
    names = readdirSync(folder)
      .filter((name) => /^cells-\d+\.bin$/.test(name))
      .sort()
  } catch (error) {
    throw writeError('data/sweeps', error)
  }
  const bytes = Buffer.allocUnsafe(names.length === 0 ? 0 : READ_RECORDS * length)
  names.forEach((name, number) => {
    const file = openSync(join(folder, name), 'r')
    try {
      let at = 0
      for (const record of recordsOf(file, length, bytes)) {
        places.set(record.toString('hex', 0, KEY_BYTES), number * FILE + at)
        at++
      }
    } finally {
      closeSync(file)
    }
  })
  // By number, the one that was opened last at the end.
  const open = new Map<number, number>()
  const fileOf = (number: number): number => {
    const known = open.get(number)
    if (known !== undefined) return known
    for (const [oldest, file] of open) {
      if (open.size < MOST_OPEN) break
      open.delete(oldest)
      closeSync(file)
    }
    const file = openSync(join(folder, names[number]), 'r')
    open.set(number, file)
    return file
  }
  const one = Buffer.alloc(length)
  let file: number | null = null
  return {
    has: (key) => places.has(key),
    read(key) {
      const place = places.get(key)
      if (place === undefined) return null
      const at = (place % FILE) * length
      if (readSync(fileOf(Math.floor(place / FILE)), one, 0, length, at) < length) return null
      return new DataView(one.buffer, one.byteOffset + KEY_BYTES, payload)
    },
    append(cells) {
      if (cells.length === 0) return
      const bytes = Buffer.alloc(cells.length * length)
      cells.forEach(({ key, fill }, i) => {
        const record = bytes.subarray(i * length, (i + 1) * length)
        record.write(key, 0, 'hex')
        fill(new DataView(record.buffer, record.byteOffset + KEY_BYTES, payload))
        record.writeUInt32LE(crc32(record.subarray(0, length - CRC_BYTES)), length - CRC_BYTES)
      })
      try {
        file ??= openNew(folder)
        for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
      } catch (error) {
        throw writeError('data/sweeps', error)
      }
    },
    close() {
      if (file !== null) closeSync(file)
      file = null
      for (const one of open.values()) closeSync(one)
      open.clear()
      places.clear()
    },
  }
}

/** Whole records of a file with a right checksum, up to the first that is not; each is there until the next. */
function* recordsOf(file: number, length: number, bytes: Buffer): Generator<Buffer> {
  for (let from = 0; ; from += bytes.length) {
    let read = 0
    for (let got = -1; got !== 0 && read < bytes.length; read += got)
      got = readSync(file, bytes, read, bytes.length - read, from + read)
    for (let at = 0; at + length <= read; at += length) {
      const record = bytes.subarray(at, at + length)
      if (crc32(record.subarray(0, length - CRC_BYTES)) !== record.readUInt32LE(length - CRC_BYTES)) return
      yield record
    }
    if (read < bytes.length) return
  }
}

function openNew(folder: string): number {
  for (let number = 1; ; number++) {
    try {
      return openSync(join(folder, `cells-${String(number).padStart(4, '0')}.bin`), 'ax')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
