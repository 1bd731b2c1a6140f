import { simulateBlock } from '../risk/monte-carlo/simulate-block.js'
import type { RunBlocks } from '../risk/monte-carlo/simulate-pnl.js'
import { yieldNow } from '../runtime/yield-now.js'

/** Multiplications that are done sooner here than two threads start. */
const SMALL_JOB = 30_000_000

/**
 * Simulates blocks on worker threads, or here where that is quicker. Which it is changes no bit of the scenarios.
 * @param threads null: as many as the machine offers
 */
export function runBlocks(threads: number | null, signal: AbortSignal): RunBlocks {
  return async (job, blocks) => {
    const work = job.scenarios * job.positions * (job.positions / 2 + 10)
    if (work <= SMALL_JOB) {
      for (let block = 0; block < blocks; block++) {
        simulateBlock(job, block)
        await yieldNow(signal)
      }
      return
    }
    const { mapInWorkers } = await import('../runtime/pool.js')
    const { workerFile } = await import('../runtime/worker-file.js')
    const { availableParallelism } = await import('node:os')
    await mapInWorkers(
      Array.from({ length: blocks }, (_, block) => block),
      { file: workerFile('monte-carlo'), threads: threads ?? availableParallelism(), shared: job, signal },
    )
  }
}
