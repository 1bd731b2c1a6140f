import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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

describe('two processes write to one lake', () => {
  it('at once, 40 writes of one day each into one dataset: all 80 days are there', async () => {
    const writers = [
      program.start(lake.dataDir, 'days', 18_000, 18_039),
      program.start(lake.dataDir, 'days', 18_040, 18_079),
    ]
    for (const { ended } of writers) expect(await ended).toMatchObject({ code: 0, stderr: '' })
    const store = lake.open()
    const { columns } = await store.readCurves('CL')
    expect([...columns.day]).toEqual(Array.from({ length: 80 }, (_, i) => 18_000 + i))
    expect(columns.settlement[79]).toBe(180.79)
    expect((await store.check(null, never)).problems).toEqual([])
  })

  it('the second is busy after its wait, says which process has the lock, and writes nothing', async () => {
    const writer = program.start(lake.dataDir, 'hold')
    await writer.said('held')
    const store = lake.open({ lockWaitMs: 120 })
    await expect(store.write(generation(2), never)).rejects.toMatchObject({
      kind: 'busy',
      code: 'WORKSPACE_BUSY',
      message: expect.stringContaining(`process ${writer.process.pid}`),
      hint: expect.stringContaining('--lock-wait-seconds'),
    })
    writer.process.kill('SIGKILL')
    await writer.ended
    expect(lake.open().datasets()).toEqual([])
  })

  it('readers do not wait for a writer', async () => {
    await lake.open().write(generation(7), never)
    const writer = program.start(lake.dataDir, 'hold')
    await writer.said('held')
    expect((await lake.open().readCurves('CL')).columns.settlement[0]).toBe(7)
    writer.process.kill('SIGKILL')
    await writer.ended
  })

  it('the lock of a process that was killed is free at once', async () => {
    const writer = program.start(lake.dataDir, 'hold')
    await writer.said('held')
    writer.process.kill('SIGKILL')
    await writer.ended
    await lake.open({ lockWaitMs: 0 }).write(generation(3), never)
    expect((await lake.open().readCurves('CL')).columns.settlement[0]).toBe(3)
  })

  it('one that waits stops when it is told to', async () => {
    const writer = program.start(lake.dataDir, 'hold')
    await writer.said('held')
    const stop = new AbortController()
    const waiting = lake.open({ lockWaitMs: 600_000 }).write(generation(2), stop.signal)
    const reason = new Error('SIGINT')
    stop.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    writer.process.kill('SIGKILL')
    await writer.ended
  })
})

describe('a write that is stopped', () => {
  it('before its journal leaves the lake as it was', async () => {
    const store = lake.open()
    await store.write(generation(1), never)
    const stop = new AbortController()
    stop.abort(new Error('SIGINT'))
    await expect(store.write(generation(2), stop.signal)).rejects.toThrow('SIGINT')
    expect((await store.readCurves('CL')).columns.settlement[0]).toBe(1)
    expect((await store.check(null, never)).problems).toEqual([])
  })
})
