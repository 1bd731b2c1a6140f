import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { catalogueMigration } from '../../src/lib/store/migrations/001-catalogue.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenStore } from '../../src/lib/store/open-store.js'
import { generation } from './generation.js'
import { curves, from, never, testLake, type TestLake } from './lake.js'

let lake: TestLake
let store: OpenStore
beforeEach(async () => {
  lake = testLake()
  store = lake.open()
  await store.write(generation(1), never)
})
afterEach(() => lake.remove())

const CL = 'lake/curves/product=CL/source=csv/data.parquet'
const BRN = 'lake/curves/product=BRN/source=csv/data.parquet'
const file = (path: string): string => join(lake.dataDir, path)
const problems = async (): Promise<unknown> =>
  (await lake.open().check(null, never)).problems.map(({ path, problem }) => [path, problem])

describe('a file of the lake that is not as it was written', () => {
  it('cut short by one byte, by half, to nothing: refused by name at every length', async () => {
    const whole = readFileSync(file(CL))
    for (const length of [whole.length - 1, whole.length >> 1, 12, 4, 0]) {
      writeFileSync(file(CL), whole)
      truncateSync(file(CL), length)
      await expect(store.readCurves('CL'), `${length} bytes`).rejects.toMatchObject({
        kind: 'refused',
        code: 'LAKE_FILE_DAMAGED',
        message: expect.stringContaining(CL),
        hint: expect.stringContaining('contango data check'),
      })
      expect(await problems()).toEqual([[CL, 'damaged']])
    }
  })

  it('with a hole in the middle: refused, or caught by its fingerprint', async () => {
    const whole = readFileSync(file(CL))
    for (let at = 4; at < whole.length - 8; at += 97) {
      const holed = Buffer.from(whole)
      holed.fill(0xa5, at, Math.min(at + 16, whole.length - 8))
      if (holed.equals(whole)) continue
      writeFileSync(file(CL), holed)
      const found = (await lake.open().check(['CL'], never)).problems
      // What no reader looks at may change without harm: page statistics, encodings named in the footer.
      const harmless = async (): Promise<boolean> =>
        (await store.readCurves('CL')).columns.settlement.every((value) => value === 1)
      expect(found.length > 0 || (await harmless()), `byte ${at}`).toBe(true)
    }
  })

  it('gone: the reader is told, the check names it, the other datasets answer', async () => {
    rmSync(file(CL))
    await expect(store.readCurves('CL')).rejects.toThrow(`${CL} is not a sound lake file: it is missing`)
    expect(await problems()).toEqual([[CL, 'missing']])
    expect((await store.readCurves('BRN')).columns.settlement[0]).toBe(1)
  })

  it("another product's file in its place", async () => {
    copyFileSync(file(BRN), file(CL))
    expect(await problems()).toEqual([[CL, 'misplaced']])
  })

  it('an older state of itself', async () => {
    copyFileSync(file(CL), join(lake.dataDir, 'old'))
    await store.write(generation(2), never)
    copyFileSync(join(lake.dataDir, 'old'), file(CL))
    expect(await problems()).toEqual([[CL, 'changed']])
  })

  it('a stranger beside it: named, never touched', async () => {
    writeFileSync(file('lake/notes.txt'), 'mine')
    expect(await problems()).toEqual([['lake/notes.txt', 'foreign']])
    await store.rebuild(never)
    expect(readFileSync(file('lake/notes.txt'), 'utf8')).toBe('mine')
  })

  it('a damaged file stops a write into it and nothing else', async () => {
    truncateSync(file(CL), 100)
    await expect(store.write(generation(2), never)).rejects.toMatchObject({ code: 'LAKE_FILE_DAMAGED' })
    expect((await store.readCurves('BRN')).columns.settlement[0]).toBe(1)
    await store.write([from('desk', curves('CL', [['2024-01-02', 202402, 1, 70.38]]))], never)
  })
})

describe('the catalogue is made anew from the files', () => {
  it('after contango.db is gone: the same rows, units and fingerprints', async () => {
    const before = store.datasets()
    store.close()
    for (const end of ['', '-wal', '-shm']) rmSync(file(`contango.db${end}`), { force: true })
    const fresh = lake.open()
    expect(fresh.datasets()).toEqual([])
    expect((await fresh.check(null, never)).problems.map(({ problem }) => problem)).toEqual([
      'orphan',
      'orphan',
      'orphan',
    ])
    expect(await fresh.rebuild(never)).toEqual({ datasets: 3, skipped: [] })
    expect(fresh.datasets()).toEqual(before)
    expect(await problems()).toEqual([])
  })

  it('leaves out what cannot be read, and says so', async () => {
    truncateSync(file(CL), 50)
    expect(await store.rebuild(never)).toEqual({ datasets: 2, skipped: [CL] })
    expect(store.pick('curves', 'CL')).toBeNull()
    expect(existsSync(file(CL))).toBe(true)
  })
})

describe('a catalogue that cannot be used', () => {
  const reopened = (): OpenStore => {
    store.close()
    return lake.open()
  }

  it('written by a newer contango: refused with both numbers, to readers and writers', async () => {
    const db = new Database(file('contango.db'))
    const known = db.pragma('user_version', { simple: true }) as number
    db.pragma(`user_version = ${known + 1}`)
    db.close()
    const newer = { kind: 'config', code: 'STORE_TOO_NEW', details: { found: known + 1, known } }
    expect(() => reopened().datasets()).toThrow(expect.objectContaining(newer))
    await expect(lake.open().write(generation(2), never)).rejects.toMatchObject(newer)
  })

  it('no database at all: refused with the way out', () => {
    store.close()
    for (const end of ['-wal', '-shm']) rmSync(file(`contango.db${end}`), { force: true })
    writeFileSync(file('contango.db'), 'this is a text that is long enough to look like the header of a file')
    expect(() => lake.open().datasets()).toThrow(
      expect.objectContaining({
        kind: 'config',
        code: 'CATALOGUE_DAMAGED',
        hint: expect.stringContaining('--rebuild'),
      }),
    )
  })

  it('of an older schema is migrated, and keeps its rows', () => {
    store.close()
    const db = new Database(file('contango.db'))
    const fields = 'kind, name, source, simulated, unit, rows, first, last, sha256, path'
    db.exec(`CREATE TABLE kept AS SELECT ${fields} FROM datasets`)
    for (const table of ['datasets', 'journal', 'consumed', 'runs', 'job_steps', 'job_runs', 'issued_signals'])
      db.exec(`DROP TABLE ${table}`)
    db.exec(catalogueMigration.sql)
    db.exec(`INSERT INTO datasets SELECT ${fields} FROM kept; DROP TABLE kept; PRAGMA user_version = 1`)
    db.close()
    const migrated = lake.open()
    expect(migrated.datasets()).toHaveLength(3)
    expect(migrated.datasets()[0]).toMatchObject({ kind: 'bars', name: 'CL', files: [{ part: '' }] })
    expect(migrated.runs.list({ limit: 1 })).toEqual([])
  })
})

const isRoot = process.getuid?.() === 0
if (isRoot) console.log('skipped: a folder without write permission, since root may write everywhere')

describe.skipIf(isRoot)('a data folder that may not be written', () => {
  it('is read all the same, and a write says what is wrong', async () => {
    store.close()
    for (const folder of [lake.dataDir, file('lake')]) chmodSync(folder, 0o555)
    try {
      const reader = lake.open()
      expect((await reader.readCurves('CL')).columns.settlement[0]).toBe(1)
      expect((await reader.check(null, never)).problems).toEqual([])
      await expect(lake.open().write(generation(2), never)).rejects.toMatchObject({ kind: 'config' })
    } finally {
      for (const folder of [lake.dataDir, file('lake')]) chmodSync(folder, 0o755)
    }
  })
})

describe('a data folder that cannot be made', () => {
  it('because a file is in its place: config, and the file stays', async () => {
    const other = testLake()
    try {
      writeFileSync(other.dataDir, 'mine')
      await expect(other.open().write(generation(1), never)).rejects.toMatchObject({ kind: 'config' })
      expect(readFileSync(other.dataDir, 'utf8')).toBe('mine')
    } finally {
      other.remove()
    }
  })

  it('a folder of the lake that is a file: nothing of the batch is written', async () => {
    writeFileSync(file('lake/bars/symbol=NG'), '')
    const [, brent, bars] = generation(2)
    const gas = { ...bars, columns: { ...bars.columns, symbol: 'NG' } as typeof bars.columns }
    await expect(store.write([brent, gas], never)).rejects.toMatchObject({ kind: 'config' })
    expect((await lake.open().readCurves('BRN')).columns.settlement[0]).toBe(1)
    rmSync(file('lake/bars/symbol=NG'))
    mkdirSync(file('lake/bars/symbol=NG'))
    await lake.open().write(generation(3), never)
    expect((await lake.open().readCurves('BRN')).columns.settlement[0]).toBe(3)
  })
})
