import { strategyNamed } from '../lib/backtest/strategies.js'
import {
  overfittingPart,
  type OverfittingFound,
  type OverfittingJob,
  type OverfittingPart,
} from '../lib/optimize/overfitting/overfitting-job.js'
import { runnerOf, sweepChunk, type SweepJob } from '../lib/optimize/sweep-job.js'
import { serveWorker } from '../lib/runtime/serve-worker.js'

// Cells first, then the tests of what they came to: the same threads, whose start and memory are paid once.
serveWorker((job: SweepJob | OverfittingJob, part: number | OverfittingPart): OverfittingFound | undefined => {
  if ('trials' in job) return typeof part === 'number' ? undefined : overfittingPart(job, part)
  if (typeof part === 'number') sweepChunk(job, runnerOf(job, strategyNamed(job.strategy)), part)
  return undefined
})
