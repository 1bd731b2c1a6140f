import { strategyNamed } from '../lib/backtest/strategies.js'
import { runnerOf, sweepChunk, type SweepJob } from '../lib/optimize/sweep-job.js'
import { serveWorker } from '../lib/runtime/serve-worker.js'

serveWorker((job: SweepJob, chunk: number) => sweepChunk(job, runnerOf(job, strategyNamed(job.strategy)), chunk))
