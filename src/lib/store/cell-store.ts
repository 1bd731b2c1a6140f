import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
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
  /** Cells that earlier runs finished, by key. */
  readonly known: ReadonlyMap<string, DataView>
  /** Appends whole records with one write; what a kill leaves unfinished has no valid checksum and is passed over. */
  append(cells: readonly { readonly key: string; readonly fill: (record: DataView) => void }[]): void
  close(): void
}

const KEY_BYTES = 16
const CRC_BYTES = 4

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
  const known = new Map<string, DataView>()
  let names: string[] = []
  try {
    mkdirSync(folder, { recursive: true })
    names = readdirSync(folder)
      .filter((name) => /^cells-\d+\.bin$/.test(name))
      .sort()
  } catch (error) {
    throw writeError('data/sweeps', error)
  }
  for (const name of names) {
    const bytes = readFileSync(join(folder, name))
    for (let at = 0; at + length <= bytes.length; at += length) {
      const record = bytes.subarray(at, at + length)
      if (crc32(record.subarray(0, length - CRC_BYTES)) !== record.readUInt32LE(length - CRC_BYTES)) break
      const key = record.toString('hex', 0, KEY_BYTES)
      known.set(key, new DataView(record.buffer, record.byteOffset + KEY_BYTES, payload))
    }
  }
  let file: number | null = null
  return {
    known,
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
      known.clear() // hundreds of megabytes after a large search
    },
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
