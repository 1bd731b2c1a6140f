import { availableParallelism } from 'node:os'
import type { Rng } from '../kernel/rng.js'
import type { Combinatorial } from '../optimize/folds/combinatorial.js'
import { drawResamples, noWeights, type BootstrapWeights } from '../optimize/overfitting/block-bootstrap.js'
import type { Cscv } from '../optimize/overfitting/cscv.js'
import { mergeMaxima, type SnoopingMaxima } from '../optimize/overfitting/data-snooping.js'
import type { EffectiveTrials } from '../optimize/overfitting/effective-trials.js'
import {
  overfittingMs,
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

/** Fewer trials, and less work, are judged before a thread has started. */
const WORTH_TRIALS = 1000
const WORTH_MS = 200

/** Mean length of a run of 20-bar blocks in the bootstrap: two months of days. */
const MEAN_RUN = 2
/** Blocks that are drawn at once. */
const DRAWS = 1e6

export interface OverfittingTests {
  readonly cscv: Cscv | null
  readonly combinatorial: Combinatorial | null
  readonly worth: EffectiveTrials
  readonly maxima: SnoopingMaxima
}

/**
 * Cross-validation and bootstrap of a search; on worker threads where they take a while, so that Ctrl-C is heard.
 * @param job arrays of the trials in shared memory
 */
export async function overfittingTests(
  ctx: SweepContext,
  job: OverfittingJob,
  threads: number | null,
): Promise<OverfittingTests> {
  const parts = overfittingParts(job)
  const progress = ctx.progress('over-fitting tests', parts.length)
  const found: OverfittingFound[] = []
  try {
    if (job.trials.trials >= WORTH_TRIALS || overfittingMs(job) >= WORTH_MS) {
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
  const one = <K extends keyof OverfittingFound>(name: K): NonNullable<OverfittingFound[K]> | null =>
    found.find((part) => part[name] !== undefined)?.[name] ?? null
  return {
    cscv: one('cscv'),
    combinatorial: one('combinatorial'),
    worth: one('worth') as EffectiveTrials, // a part of every job
    maxima: mergeMaxima(found.flatMap(({ maxima }) => maxima ?? [])),
  }
}

/** Resamples of the tests of data snooping; of a million bars they take seconds, in which Ctrl-C is heard. */
export async function drawnWeights(
  { signal }: SweepContext,
  rng: Rng,
  blocks: number,
  resamples: number,
): Promise<BootstrapWeights> {
  const weights = noWeights(blocks, resamples, MEAN_RUN)
  const step = Math.max(1, Math.floor(DRAWS / blocks))
  for (let from = 0; from < resamples; from += step) {
    await yieldNow(signal)
    drawResamples(weights, from, Math.min(resamples, from + step), rng)
  }
  return weights
}
