import { simulateBlock, type BlockJob } from '../lib/risk/monte-carlo/simulate-block.js'
import { serveWorker } from '../lib/runtime/serve-worker.js'

serveWorker((job: BlockJob, block: number) => simulateBlock(job, block))
