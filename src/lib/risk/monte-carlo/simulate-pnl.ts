import { ContangoError } from '../../kernel/errors.js'
import { covarianceFactor, type CovarianceFactor } from './covariance-factor.js'
import { BLOCK_SCENARIOS, type BlockJob, type Sampling } from './simulate-block.js'
import { MAX_SOBOL_DIMENSIONS } from './sobol.js'
import { studentMixingTable } from './student-mixing.js'

/** Runs {@link simulateBlock} for the blocks 0 … blocks − 1 of a job, wherever there is room: here, or on threads. */
export type RunBlocks = (job: BlockJob, blocks: number) => Promise<void>

export interface SimulateOptions {
  readonly seed: number
  readonly scenarios: number
  readonly sampling: Sampling
  /** ν of a multivariate Student-t with this covariance, > 2; null for normals. */
  readonly degreesOfFreedom: number | null
  readonly runBlocks: RunBlocks
}

export interface SimulatedPnl {
  /** P&L of position i in scenario s at i × scenarios + s, USD. */
  readonly pnlUsd: Float64Array
  readonly totalUsd: Float64Array
  readonly factor: CovarianceFactor['how']
  readonly sampling: Sampling
  readonly replicateScenarios: number
}

/** 512 MB of P&L. */
const MAX_VALUES = 64_000_000
/** Sobol scenarios are this many independently scrambled nets or more: their spread is the standard error. */
const SOBOL_REPLICATES = 16
export const MIN_SCENARIOS = 1000

/**
 * Joint P&L scenarios of positions with the given means and covariances (n × n row-major, USD): mean + √mixing · F·z.
 * The same bits for a seed on any number of threads; the first m of n pseudo-random scenarios are those of a run of m.
 */
export async function simulatePnl(
  meanUsd: Float64Array,
  covariance: Float64Array,
  { seed, scenarios, sampling, degreesOfFreedom, runBlocks }: SimulateOptions,
): Promise<SimulatedPnl> {
  const positions = meanUsd.length
  checkSize(positions, scenarios, sampling, degreesOfFreedom)
  const { factor, triangular, how } = covarianceFactor(covariance, positions)
  const job: BlockJob = {
    seed,
    sampling,
    scenarios,
    positions,
    factor,
    triangular,
    meanUsd,
    mixing: degreesOfFreedom === null ? null : studentMixingTable(degreesOfFreedom),
    replicateScenarios: Math.min(BLOCK_SCENARIOS, 2 ** Math.floor(Math.log2(scenarios / SOBOL_REPLICATES))),
    pnlUsd: new Float64Array(new SharedArrayBuffer(8 * scenarios * positions)),
    totalUsd: new Float64Array(new SharedArrayBuffer(8 * scenarios)),
  }
  await runBlocks(job, Math.ceil(scenarios / BLOCK_SCENARIOS))
  const { pnlUsd, totalUsd, replicateScenarios } = job
  return { pnlUsd, totalUsd, factor: how, sampling, replicateScenarios }
}

function checkSize(positions: number, scenarios: number, sampling: Sampling, degreesOfFreedom: number | null): void {
  if (scenarios < MIN_SCENARIOS) {
    throw new ContangoError(
      'usage',
      'TOO_FEW_SCENARIOS',
      `${scenarios} scenarios cannot tell a tail: ${MIN_SCENARIOS} are the least`,
      '--scenarios 100000',
      { scenarios },
    )
  }
  if (scenarios * positions > MAX_VALUES) {
    throw new ContangoError(
      'refused',
      'TOO_MANY_SCENARIOS',
      `${scenarios} scenarios of ${positions} positions need more than 512 MB`,
      `--scenarios ${Math.floor(MAX_VALUES / positions)}`,
      { scenarios, positions },
    )
  }
  const coordinates = positions + (degreesOfFreedom === null ? 0 : 1)
  if (sampling === 'sobol' && coordinates > MAX_SOBOL_DIMENSIONS) {
    throw new ContangoError(
      'refused',
      'TOO_MANY_SOBOL_DIMENSIONS',
      `Sobol points have ${MAX_SOBOL_DIMENSIONS} coordinates here, ${positions} positions need ${coordinates}`,
      '--sampling antithetic',
      { coordinates },
    )
  }
  if (degreesOfFreedom !== null && !(degreesOfFreedom > 2)) {
    throw new ContangoError(
      'numeric',
      'NO_VARIANCE',
      `a Student-t of ${degreesOfFreedom} degrees of freedom has no variance to match`,
      '--method monte-carlo',
      { degreesOfFreedom },
    )
  }
}
