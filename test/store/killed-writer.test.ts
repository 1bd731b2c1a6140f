import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seededRng } from '../../src/lib/kernel/rng.js'
import type { OpenStore } from '../../src/lib/store/open-store.js'
import type { WriteStep } from '../../src/lib/store/write.js'
import { generation } from './generation.js'
import { never, testLake, type TestLake } from './lake.js'
import { writerProgram, type WriterProgram } from './spawn-writer.js'

let program: WriterProgram
let lake: TestLake
beforeAll(async () => {
  program = await writerProgram()
})
afterAll(() => program.remove())
beforeEach(() => {
  lake = testLake()
})
afterEach(() => lake.remove())

/** The one generation of which every number in the lake is; fails where two are mixed. */
async function generationOf(store: OpenStore): Promise<number> {
  const seen = new Set<number>()
  for (const product of ['CL', 'BRN'] as const) {
    for (const value of (await store.readCurves(product)).columns.settlement) seen.add(value)
  }
  const { columns } = await store.readBars('CL')
  for (const field of [columns.open, columns.high, columns.low, columns.close, columns.volume])
    for (const value of field) seen.add(value)
  expect([...seen]).toHaveLength(1)
  return [...seen][0]
}

/** A writer of its own after the crash: it puts right what it finds, and nothing is left over. */
async function writesOn(next: number): Promise<string[]> {
  const warnings: string[] = []
  const store = lake.open({ warn: (code) => void warnings.push(code) })
  await store.write(generation(next), never)
  expect(await generationOf(store)).toBe(next)
  expect((await store.check(null, never)).problems).toEqual([])
  const staging = join(lake.dataDir, '.staging')
  expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([])
  return warnings
}

describe('kill -9 in the middle of a write of three datasets', () => {
  const cases: readonly (readonly [step: WriteStep, nth: number, after: number])[] = [
    ['staged', 1, 1],
    ['journalled', 1, 2],
    ['renamed', 1, 2],
    ['renamed', 2, 2],
    ['renamed', 3, 2],
    ['catalogued', 1, 2],
  ]
  for (const [step, nth, after] of cases) {
    it(`at "${step}"${nth > 1 ? ` number ${nth}` : ''} leaves generation ${after}, to readers at once and after recovery`, async () => {
      await lake.open().write(generation(1), never)
      const { signal, stderr } = await program.start(lake.dataDir, 'die', 2, step, nth).ended
      expect(signal, stderr).toBe('SIGKILL')
      expect(await generationOf(lake.open())).toBe(after)
      const warnings = await writesOn(3)
      expect(warnings).toEqual(step === 'catalogued' ? [] : ['WRITE_RECOVERED'])
    })

    it(`at "${step}"${nth > 1 ? ` number ${nth}` : ''} of the first write of all leaves ${after === 1 ? 'an empty lake' : 'all of it'}`, async () => {
      await program.start(lake.dataDir, 'die', 2, step, nth).ended
      const store = lake.open()
      if (after === 1) expect(store.datasets()).toEqual([])
      else expect(await generationOf(store)).toBe(2)
      await writesOn(3)
    })
  }

  it('the catalogue agrees with the files before anything is put right', async () => {
    await lake.open().write(generation(1), never)
    await program.start(lake.dataDir, 'die', 2, 'renamed', 1).ended
    const { datasets, problems } = await lake.open().check(null, never)
    expect(datasets).toHaveLength(3)
    expect(problems.map(({ problem }) => problem)).toEqual(['interrupted'])
  })

  it('a catalogue made anew after the crash holds the new state', async () => {
    await lake.open().write(generation(1), never)
    await program.start(lake.dataDir, 'die', 2, 'renamed', 2).ended
    const store = lake.open()
    expect(await store.rebuild(never)).toEqual({ datasets: 3, skipped: [] })
    expect(await generationOf(store)).toBe(2)
    expect((await store.check(null, never)).problems).toEqual([])
  })
})

it('kill -9 at twenty moments that nobody chose: always one whole write, and none that was finished is lost', async () => {
  await lake.open().write(generation(0), never)
  const rng = seededRng(20, 'kill')
  let last = 0
  for (let round = 0; round < 20; round++) {
    const writer = program.start(lake.dataDir, 'forever', last + 1)
    await writer.said('wrote')
    await sleep(rng.uniform() * 100)
    writer.process.kill('SIGKILL')
    await writer.ended
    const store = lake.open()
    const found = await generationOf(store)
    expect(found).toBeGreaterThan(last)
    store.close()
    last = found
  }
  await writesOn(last + 1)
})
