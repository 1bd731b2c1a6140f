import { readdirSync } from 'node:fs'
import type * as FsPromises from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { generation } from './generation.js'
import { never, testLake, type TestLake } from './lake.js'

/** From which staged file on the disk refuses, and with what. */
const disk = vi.hoisted(() => ({
  refusesFrom: Infinity,
  code: 'ENOSPC',
  at: 'writeFile' as 'writeFile' | 'sync',
  files: 0,
}))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FsPromises>()
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>) {
      const handle = await real.open(...args)
      if (String(args[0]).endsWith('.parquet') && disk.files++ >= disk.refusesFrom)
        handle[disk.at] = () => Promise.reject(Object.assign(new Error(disk.code), { code: disk.code }))
      return handle
    },
  }
})

let lake: TestLake
beforeEach(() => {
  lake = testLake()
  disk.refusesFrom = Infinity
})
afterEach(() => lake.remove())

describe('a disk that refuses the second of three files', () => {
  const cases = [
    ['ENOSPC', 'writeFile', 'DISK_FULL', 'the disk is full'],
    ['ENOSPC', 'sync', 'DISK_FULL', 'the disk is full'],
    ['EDQUOT', 'writeFile', 'DISK_FULL', 'the disk quota is used up'],
    ['EROFS', 'writeFile', 'NOT_WRITABLE', 'read-only'],
  ] as const
  for (const [errno, at, code, words] of cases) {
    it(`${errno} at ${at}: ${code}, the lake is as it was, nothing is left behind, and the next write works`, async () => {
      const store = lake.open()
      await store.write(generation(1), never)
      Object.assign(disk, { refusesFrom: 1, files: 0, code: errno, at })
      await expect(store.write(generation(2), never)).rejects.toMatchObject({
        kind: 'config',
        code,
        message: expect.stringContaining(words),
      })
      disk.refusesFrom = Infinity
      expect((await store.readCurves('CL')).columns.settlement[0]).toBe(1)
      expect((await store.readBars('CL')).columns.close[0]).toBe(1)
      expect((await store.check(null, never)).problems).toEqual([])
      expect(readdirSync(lake.dataDir)).not.toContain('.staging')
      await store.write(generation(3), never)
      expect((await lake.open().readCurves('BRN')).columns.settlement[0]).toBe(3)
    })
  }

  it('a message names the dataset and no path outside the workspace', async () => {
    Object.assign(disk, { refusesFrom: 0, files: 0, code: 'ENOSPC', at: 'writeFile' })
    const failure = (await lake
      .open()
      .write(generation(1), never)
      .catch((error: unknown) => error)) as Error
    expect(failure.message).toContain(join('data', 'lake', 'curves', 'product=CL'))
    expect(failure.message).not.toContain(lake.dataDir)
  })
})
