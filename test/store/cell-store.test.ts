import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cellKeyOf, openCellStore, type CellStore } from '../../src/lib/store/cell-store.js'

const LAYOUT = { doubles: 2, floats: 3 }
const RECORD_BYTES = 16 + 2 * 8 + 3 * 4 + 4
let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'contango-cells-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const keyOf = (cell: number): string => cellKeyOf(`cell ${cell}`)

function append(store: CellStore, from: number, until: number): void {
  const cells = Array.from({ length: until - from }, (_, i) => ({
    key: keyOf(from + i),
    fill: (record: DataView) => {
      record.setFloat64(0, from + i, true)
      record.setFloat32(16, -from - i, true)
    },
  }))
  store.append(cells)
}

function valuesOf(store: CellStore, cell: number): number[] | null {
  const record = store.read(keyOf(cell))
  return record && [record.getFloat64(0, true), record.getFloat32(16, true)]
}

/** Opens, looks, closes. */
function look<T>(at: (store: CellStore) => T): T {
  const store = openCellStore(folder, LAYOUT)
  try {
    return at(store)
  } finally {
    store.close()
  }
}

it('reads in a later run what several runs kept, more records than are read at once, in any order', () => {
  look((store) => append(store, 0, 1300))
  look((store) => {
    expect(store.has(keyOf(0))).toBe(true)
    append(store, 1300, 1310)
    // What this run appends is no cell of an earlier one.
    expect(store.has(keyOf(1305))).toBe(false)
  })
  expect(readdirSync(folder).sort()).toEqual(['cells-0001.bin', 'cells-0002.bin'])
  look((store) => {
    for (const cell of [1309, 0, 511, 512, 1024, 1299, 1300, 7]) expect(valuesOf(store, cell)).toEqual([cell, -cell])
    expect(valuesOf(store, 1310)).toBeNull()
    expect(store.has(keyOf(1310))).toBe(false)
  })
})

it('reads from more files than a process may hold open', () => {
  look((store) => append(store, 0, 1))
  const [first] = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  const files = 2000
  for (let i = 1; i < files; i++) {
    const bytes = Buffer.from(first)
    bytes.write(keyOf(i), 0, 'hex')
    bytes.writeDoubleLE(i, 16)
    bytes.writeUInt32LE(crc32(bytes.subarray(0, bytes.length - 4)), bytes.length - 4)
    writeFileSync(join(folder, `cells-${i + 1}.bin`), bytes)
  }
  look((store) => {
    const openNow = (): number => readdirSync('/proc/self/fd').length
    const before = existsSync('/proc/self/fd') ? openNow() : null
    for (let i = 0; i < files; i++) expect(valuesOf(store, i)?.[0]).toBe(i)
    expect(valuesOf(store, 3)?.[0]).toBe(3)
    if (before !== null) expect(openNow() - before).toBeLessThanOrEqual(64)
  })
})

it('passes over a record that was cut off, wherever it was cut', () => {
  look((store) => append(store, 0, 600))
  const file = join(folder, 'cells-0001.bin')
  expect(readFileSync(file).length).toBe(600 * RECORD_BYTES)
  for (const left of [599 * RECORD_BYTES + 1, 512 * RECORD_BYTES + 9, 512 * RECORD_BYTES, 10, 0]) {
    truncateSync(file, left)
    const whole = Math.floor(left / RECORD_BYTES)
    look((store) => {
      expect([whole - 1, whole].map((cell) => store.has(keyOf(cell)))).toEqual([whole > 0, false])
      if (whole > 0) expect(valuesOf(store, whole - 1)).toEqual([whole - 1, 1 - whole])
    })
  }
})

it('does not read on from a record that is damaged, and takes what another file has of its cells', () => {
  look((store) => append(store, 0, 20))
  const file = join(folder, 'cells-0001.bin')
  const bytes = readFileSync(file)
  bytes[12 * RECORD_BYTES + 20] ^= 1
  writeFileSync(file, bytes)
  look((store) => {
    expect([11, 12, 19].map((cell) => store.has(keyOf(cell)))).toEqual([true, false, false])
    append(store, 12, 14)
  })
  appendFileSync(join(folder, 'cells-0002.bin'), 'junk')
  look((store) => expect([11, 12, 13, 14].map((cell) => store.has(keyOf(cell)))).toEqual([true, true, true, false]))
})
