import { availableParallelism } from 'node:os'
import type { Cscv } from '../optimize/overfitting/cscv.js'
import { mergeMaxima, type SnoopingMaxima } from '../optimize/overfitting/data-snooping.js'
import {
  overfittingPart,
  overfittingParts,
  type OverfittingFound,
  type OverfittingJob,
  type OverfittingPart,
} from '../optimize/overfitting/overfitting-job.js'
import { mapInWorkers } from '../runtime/pool.js'
import { workerFile } from '../runtime/worker-file.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { SweepContext } from './sweep-cells-on.js'

/** Fewer trials are judged before a thread has started. */
const WORTH_THREADS = 1000

/**
 * Cross-validation and bootstrap of a search; on worker threads where they take a while, so that Ctrl-C is heard.
 * @param job arrays of the trials in shared memory
 */
export async function overfittingTests(
  ctx: SweepContext,
  job: OverfittingJob,
  threads: number | null,
): Promise<{ readonly cscv: Cscv | null; readonly maxima: SnoopingMaxima }> {
  const parts = overfittingParts(job)
  const progress = ctx.progress('over-fitting tests', parts.length)
  const found: OverfittingFound[] = []
  try {
    if (job.trials.trials >= WORTH_THREADS) {
      const options = {
        file: workerFile('sweep'),
        threads: Math.min(threads ?? availableParallelism(), parts.length),
        shared: job,
        signal: ctx.signal,
        onProgress: () => progress.advance(),
      }
      found.push(...(await mapInWorkers<OverfittingJob, OverfittingPart, OverfittingFound>(parts, options)))
    } else {
      for (const part of parts) {
        await yieldNow(ctx.signal)
        found.push(overfittingPart(job, part))
        progress.advance()
      }
    }
  } finally {
    progress.stop()
  }
  return {
    cscv: found.find((one) => 'cscv' in one)?.cscv ?? null,
    maxima: mergeMaxima(found.flatMap((one) => ('maxima' in one ? [one.maxima] : []))),
  }
}
