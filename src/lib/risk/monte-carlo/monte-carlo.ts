import { mean, sampleSd } from '../../kernel/moments.js'
import { fitStudentT } from '../fit-student-t.js'
import { notConverged } from '../methods/not-converged.js'
import type { FittedMethod, RiskSettings, TailRisk } from '../methods/risk-method.js'
import { totalPnl, type PnlMatrix } from '../pnl-matrix.js'
import { ewmaCovariance, ledoitWolfCovariance, oasCovariance, sampleCovariance } from './covariance.js'
import type { CovarianceFactor } from './covariance-factor.js'
import type { Sampling } from './simulate-block.js'
import { simulatePnl, type RunBlocks } from './simulate-pnl.js'
import { tailFigures, type TailFigures } from './tail-figures.js'

export const MONTE_CARLO_METHODS = ['monte-carlo', 'monte-carlo-t'] as const
export type MonteCarloMethod = (typeof MONTE_CARLO_METHODS)[number]

/** How the covariance of the positions is estimated. */
export const COVARIANCES = ['sample', 'ewma', 'ledoit-wolf', 'oas'] as const
export type CovarianceName = (typeof COVARIANCES)[number]

export interface MonteCarloSettings extends Pick<
  RiskSettings,
  'seed' | 'horizonDays' | 'deviationFactor' | 'scaling' | 'zeroMean' | 'ewmaLambda'
> {
  readonly scenarios: number
  readonly sampling: Sampling
  readonly covariance: CovarianceName
  /** ν of `monte-carlo-t`; null: that of the Student-t fitted to the P&L of all positions together. */
  readonly degreesOfFreedom: number | null
}

/** Fewer days than this say nothing of a covariance. */
export const MONTE_CARLO_MIN_OBSERVATIONS = 20
/** A fitted ν at or below 2 has no variance; scenarios keep the covariance with this one. */
const LEAST_DEGREES = 2.1

const FACTOR_NOTES: Record<CovarianceFactor['how'], readonly string[]> = {
  cholesky: [],
  singular: ['some positions move as one: the covariance is singular and was factored by its eigenvectors'],
  'nearest-psd': ['the covariance was not positive semidefinite: its negative eigenvalues were set to zero'],
}
const ERROR_NOTES: Record<TailFigures['standardErrorMethod'], string> = {
  influence: 'standard error √(p(1 − p)/n) ÷ density at the quantile',
  'influence-pairs': 'standard error over mirrored pairs',
  replicates: 'standard error over independently scrambled Sobol nets',
}

/**
 * Joint scenarios of the P&L of every position, normal or multivariate Student-t, from the means and covariances of the
 * daily P&L: VaR and ES are read off the simulated book.
 */
export async function fitMonteCarlo(
  method: MonteCarloMethod,
  matrix: PnlMatrix,
  settings: MonteCarloSettings,
  runBlocks: RunBlocks,
): Promise<FittedMethod> {
  const { seed, scenarios, sampling, horizonDays, deviationFactor, zeroMean, scaling } = settings
  const { covariance, shrinkage } = covarianceOf(matrix.pnlUsd, settings)
  const student = method === 'monte-carlo-t' ? degreesOf(matrix, settings.degreesOfFreedom) : null
  const simulated = await simulatePnl(
    Float64Array.from(matrix.pnlUsd, (pnl) => (zeroMean ? 0 : horizonDays * mean(pnl))),
    covariance.map((value) => value * deviationFactor ** 2),
    { seed, scenarios, sampling, degreesOfFreedom: student?.nu ?? null, runBlocks },
  )
  return {
    fit: {
      scenarios,
      seed,
      ...(student === null ? {} : { nu: student.nu }),
      ...(shrinkage === null ? {} : { shrinkage }),
    },
    scaling,
    notes: [
      `${scenarios} scenarios, ${sampling}, seed ${seed}`,
      ...(student?.notes ?? []),
      ...FACTOR_NOTES[simulated.factor],
    ],
    at(confidence): TailRisk {
      const tail = tailFigures(simulated.totalUsd, confidence, simulated)
      const { varUsd, esUsd, varStandardErrorUsd, esStandardErrorUsd, standardErrorMethod } = tail
      return varStandardErrorUsd === null || esStandardErrorUsd === null
        ? { varUsd, esUsd, notes: ['the scenarios are too few for a standard error'] }
        : { varUsd, esUsd, varStandardErrorUsd, esStandardErrorUsd, notes: [ERROR_NOTES[standardErrorMethod]] }
    },
  }
}

function degreesOf(matrix: PnlMatrix, asked: number | null): { nu: number; notes: readonly string[] } {
  if (asked !== null) return { nu: asked, notes: [] }
  const { nu, converged } = fitStudentT(totalPnl(matrix))
  if (!converged) throw notConverged('monte-carlo-t')
  if (nu >= LEAST_DEGREES) return { nu, notes: [] }
  return { nu: LEAST_DEGREES, notes: [`the fitted ν of ${nu.toFixed(2)} has no variance: ν is ${LEAST_DEGREES}`] }
}

function covarianceOf(
  pnlUsd: readonly Float64Array[],
  { covariance: name, ewmaLambda }: Pick<MonteCarloSettings, 'covariance' | 'ewmaLambda'>,
): { covariance: Float64Array; shrinkage: number | null } {
  if (name === 'sample') return { covariance: sampleCovariance(pnlUsd), shrinkage: null }
  if (name === 'ewma') return { covariance: ewmaCovariance(pnlUsd, ewmaLambda), shrinkage: null }
  // A hundred lots and one lot shrink alike: correlations are shrunk, the variances stay those of the sample.
  const days = pnlUsd[0]?.length ?? 0
  const scales = pnlUsd.map((pnl) => sampleSd(pnl) || 1)
  const shrink = name === 'oas' ? oasCovariance : ledoitWolfCovariance
  const { covariance, shrinkage } = shrink(pnlUsd.map((pnl, i) => pnl.map((value) => value / scales[i])))
  const n = pnlUsd.length
  const rescaled = covariance.map(
    (value, at) => value * scales[Math.floor(at / n)] * scales[at % n] * (days / (days - 1)),
  )
  return { covariance: rescaled, shrinkage }
}
