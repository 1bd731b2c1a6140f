import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulateBlock, SAMPLINGS, type BlockJob } from '../../src/lib/risk/monte-carlo/simulate-block.js'
import { simulatePnl, type RunBlocks } from '../../src/lib/risk/monte-carlo/simulate-pnl.js'
import { mapInWorkers, startWorkers } from '../../src/lib/runtime/pool.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'contango-pool-'))
const monteCarlo = join(folder, 'monte-carlo.cjs')
const doubling = join(folder, 'doubling.cjs')

beforeAll(async () => {
  const source = join(folder, 'doubling.ts')
  writeFileSync(
    source,
    `import { ContangoError } from ${JSON.stringify(join(root, 'src/lib/kernel/errors.js'))}
     import { serveWorker } from ${JSON.stringify(join(root, 'src/lib/runtime/serve-worker.js'))}
     import { threadId } from 'node:worker_threads'
     serveWorker((add: number, input: number) => {
       if (input === 97) return threadId
       if (input < 0) throw new ContangoError('numeric', 'NEGATIVE', 'a negative input')
       if (input === 99) for (;;);
       if (input === 98) process.exit(0)
       return 2 * input + add
     })`,
  )
  const options = { bundle: true, platform: 'node', format: 'cjs', target: 'node20' } as const
  await build({ ...options, entryPoints: [join(root, 'src/workers/monte-carlo.ts')], outfile: monteCarlo })
  await build({ ...options, entryPoints: [source], outfile: doubling })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('mapInWorkers', () => {
  const signal = new AbortController().signal
  const double = (inputs: number[], threads: number, stop = signal): Promise<number[]> =>
    mapInWorkers(inputs, { file: doubling, threads, shared: 1, signal: stop })

  it('returns outputs in the order of the inputs, with more inputs than threads', async () => {
    expect(await double([5, 4, 3, 2, 1], 2)).toEqual([11, 9, 7, 5, 3])
    expect(await double([7], 4)).toEqual([15])
    expect(await double([], 4)).toEqual([])
  })

  it('rejects with the error of the work, its kind and code kept', async () => {
    await expect(double([1, -1, 2], 2)).rejects.toMatchObject({ kind: 'numeric', code: 'NEGATIVE' })
  })

  it('rejects where a thread ends before its work', async () => {
    await expect(double([98], 1)).rejects.toMatchObject({ kind: 'bug' })
  })

  it('keeps its threads for the next job, which has a shared value of its own, and none that failed', async () => {
    const first = await double([97, 97], 2)
    expect(await mapInWorkers([1, 2], { file: doubling, threads: 2, shared: 100, signal })).toEqual([102, 104])
    expect((await double([97, 97], 2)).sort()).toEqual(first.sort())
    await expect(double([-1, -1], 2)).rejects.toMatchObject({ code: 'NEGATIVE' })
    const fresh = await double([97, 97], 2)
    expect(fresh.filter((thread) => first.includes(thread))).toEqual([])
  })

  it('gives jobs at the same time threads of their own', async () => {
    const jobs = [1, 2, 3].map((shared) => mapInWorkers([10, 20, 30], { file: doubling, threads: 2, shared, signal }))
    expect(await Promise.all(jobs)).toEqual([
      [21, 41, 61],
      [22, 42, 62],
      [23, 43, 63],
    ])
  })

  it('reports every output that came', async () => {
    const seen: string[] = []
    const onProgress = (done: number, inputs: number): void => void seen.push(`${done} of ${inputs}`)
    await mapInWorkers([1, 2, 3], { file: doubling, threads: 2, shared: 1, signal, onProgress })
    expect(seen).toEqual(['1 of 3', '2 of 3', '3 of 3'])
  })

  it('holds no process open: one that has nothing else to do ends by itself, with its threads waiting', async () => {
    const entry = join(folder, 'ends.cjs')
    await build({
      stdin: {
        contents: `import { mapInWorkers, startWorkers } from ${JSON.stringify(join(root, 'src/lib/runtime/pool.js'))}
          startWorkers(${JSON.stringify(doubling)}, 3)
          const signal = new AbortController().signal
          const double = (inputs) => mapInWorkers(inputs, { file: ${JSON.stringify(doubling)}, threads: 2, shared: 0, signal })
          double([1, 2]).then(() => double([3, 4])).then((outputs) => console.log(outputs.join(' ')))`,
        resolveDir: root,
      },
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile: entry },
    })
    const {
      status,
      signal: killedBy,
      stdout,
    } = spawnSync(process.execPath, [entry], { encoding: 'utf8', timeout: 30_000 })
    expect({ status, killedBy, stdout }).toEqual({ status: 0, killedBy: null, stdout: '6 8\n' })
  })

  it('uses threads that were started before, and starts no more than are missing', async () => {
    const own = join(folder, 'started.cjs')
    copyFileSync(doubling, own)
    const ids = async (): Promise<number[]> =>
      (await mapInWorkers<number, number, number>([97, 97], { file: own, threads: 2, shared: 0, signal })).sort()
    startWorkers(own, 2)
    const first = await ids()
    startWorkers(own, 2)
    expect(await ids()).toEqual(first)
    expect(new Set(first).size).toBe(2)
    const started = Math.max(...first)
    startWorkers(own, 3)
    expect(await mapInWorkers([97, 97, 97], { file: own, threads: 3, shared: 0, signal })).toContain(started + 1)
  })

  it('ends a thread that never would when it is stopped, and does not start when it already is', async () => {
    const stop = new AbortController()
    const endless = double([99, 99], 2, stop.signal)
    setTimeout(() => stop.abort(new Error('stopped')), 50)
    await expect(endless).rejects.toThrow('stopped')
    await expect(double([1], 1, stop.signal)).rejects.toThrow('stopped')
  })
})

describe.each(SAMPLINGS)('%s scenarios', (sampling) => {
  it.each([null, 5])('are the same bytes from 1, 2 and 4 threads and from none, ν %s', async (nu) => {
    const covariance = Float64Array.of(4, 1, 0.5, 1, 9, -2, 0.5, -2, 16)
    const run = (runBlocks: RunBlocks): Promise<{ pnlUsd: Float64Array; totalUsd: Float64Array }> =>
      simulatePnl(Float64Array.of(1, 2, 3), covariance, {
        seed: 11,
        scenarios: 300_000,
        sampling,
        degreesOfFreedom: nu,
        runBlocks,
      })
    const here = await run(async (job: BlockJob, blocks) => {
      for (let block = blocks - 1; block >= 0; block--) simulateBlock(job, block)
    })
    for (const threads of [1, 2, 4]) {
      const there = await run(async (job, blocks) => {
        const inputs = Array.from({ length: blocks }, (_, block) => block)
        await mapInWorkers(inputs, { file: monteCarlo, threads, shared: job, signal: new AbortController().signal })
      })
      expect(Buffer.from(there.totalUsd.buffer).equals(Buffer.from(here.totalUsd.buffer))).toBe(true)
      expect(Buffer.from(there.pnlUsd.buffer).equals(Buffer.from(here.pnlUsd.buffer))).toBe(true)
    }
  })
})
