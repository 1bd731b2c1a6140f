// node monte-carlo-child.mjs LIBRARY WORKER: times the job of monte-carlo.mjs on two workers, first with
// their start and cold code, then again, and prints what it took.
import { createRequire } from 'node:module'

const [library, worker] = process.argv.slice(2)
const { mapInWorkers, simulatePnl, tailFigures } = createRequire(library)(library)
const POSITIONS = 8
const covariance = Float64Array.from({ length: POSITIONS ** 2 }, (_, at) => (at % (POSITIONS + 1) === 0 ? 1 : 0.6))
const runBlocks = (job, blocks) =>
  mapInWorkers(
    Array.from({ length: blocks }, (_, block) => block),
    { file: worker, threads: 2, shared: job, signal: new AbortController().signal },
  )

async function once() {
  const startedMs = performance.now()
  const options = { seed: 1, scenarios: 1_000_000, sampling: 'pseudo', degreesOfFreedom: null, runBlocks }
  const simulated = await simulatePnl(new Float64Array(POSITIONS), covariance, options)
  const { varUsd, esUsd } = tailFigures(simulated.totalUsd, 0.99, simulated)
  return { ms: performance.now() - startedMs, varUsd, esUsd }
}

const first = await once()
const { ms, varUsd, esUsd } = await once()
console.log(JSON.stringify({ firstMs: first.ms, ms, varUsd, esUsd, peakMb: process.resourceUsage().maxRSS / 1024 }))
