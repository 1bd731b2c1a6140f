import type { VarResult } from '../documents/var.js'
import { ContangoError } from '../kernel/errors.js'
import { deviationFactor, lagOneCorrelation, overlappingSums, type Scaling } from '../risk/horizon-scaling.js'
import { RISK_METHODS } from '../risk/methods.js'
import type { FittedMethod, PnlSample, RiskSettings } from '../risk/methods/risk-method.js'
import type { MonteCarloSettings } from '../risk/monte-carlo/monte-carlo.js'
import type { PnlMatrix } from '../risk/pnl-matrix.js'
import { yieldNow } from '../runtime/yield-now.js'

/** Every method by name, in the order in which answers list them. */
export const VAR_METHODS = [
  'normal',
  'student-t',
  'cornish-fisher',
  'ewma',
  'garch',
  'gjr-garch',
  'historical',
  'age-weighted',
  'hull-white',
  'fhs',
  'monte-carlo',
  'monte-carlo-t',
  'evt',
] as const
export type VarMethod = (typeof VAR_METHODS)[number]

export interface SimulationSettings extends Pick<
  MonteCarloSettings,
  'scenarios' | 'sampling' | 'covariance' | 'degreesOfFreedom'
> {
  /** Worker threads; null: as many as the machine offers. Changes no figure. */
  readonly threads: number | null
}

export interface ResultsRequest {
  readonly methods: readonly VarMethod[]
  readonly confidences: readonly number[]
  readonly horizonDays: number
  readonly scaling: Scaling
  readonly settings: RiskSettings
  readonly simulation: SimulationSettings
  readonly signal: AbortSignal
}

/** The settings of the horizon: what one day's deviation is multiplied by, and what that is called. */
export function horizonSettings(sample: PnlSample, { horizonDays, scaling, settings }: ResultsRequest): RiskSettings {
  if (horizonDays === 1) return { ...settings, horizonDays, deviationFactor: 1, scaling: 'one day' }
  if (scaling === 'ar1') {
    const rho = lagOneCorrelation(sample.pnlUsd)
    const factor = deviationFactor(horizonDays, rho)
    return {
      ...settings,
      horizonDays,
      deviationFactor: factor,
      scaling: `one day × ${factor.toFixed(4)} for ${horizonDays} days that follow an AR(1) of ${rho.toFixed(4)}`,
    }
  }
  return {
    ...settings,
    horizonDays,
    deviationFactor: Math.sqrt(horizonDays),
    scaling: `one day × √${horizonDays}: days taken as independent`,
  }
}

/** VaR and ES by each method at each confidence; a method that fails says so and leaves the others alone. */
export async function riskResults(
  matrix: PnlMatrix,
  sample: PnlSample,
  grossUsd: number | null,
  request: ResultsRequest,
): Promise<{ readonly results: VarResult[]; readonly failure: ContangoError | null }> {
  const results: VarResult[] = []
  let failure: ContangoError | null = null
  for (const method of request.methods) {
    let fitted: FittedMethod | null = null
    let failed: ContangoError | null = null
    try {
      fitted = await fitMethod(method, matrix, sample, request)
    } catch (error) {
      failed = asRefusal(error)
    }
    for (const confidence of request.confidences) {
      await yieldNow(request.signal)
      try {
        if (fitted === null) throw failed
        results.push(resultOf(method, confidence, request.horizonDays, fitted, grossUsd))
      } catch (error) {
        const refused = asRefusal(error)
        failure ??= refused
        results.push(failedResult(method, confidence, request.horizonDays, refused))
      }
    }
  }
  return { results, failure }
}

async function fitMethod(
  name: VarMethod,
  matrix: PnlMatrix,
  sample: PnlSample,
  request: ResultsRequest,
): Promise<FittedMethod> {
  const settings = horizonSettings(sample, request)
  if (name === 'monte-carlo' || name === 'monte-carlo-t') {
    const { fitMonteCarlo, MONTE_CARLO_MIN_OBSERVATIONS } = await import('../risk/monte-carlo/monte-carlo.js')
    const { runBlocks } = await import('./run-blocks.js')
    checkObservations(name, matrix.days.length, MONTE_CARLO_MIN_OBSERVATIONS)
    const { threads, ...simulation } = request.simulation
    return fitMonteCarlo(name, matrix, { ...settings, ...simulation }, runBlocks(threads, request.signal))
  }
  const method = RISK_METHODS[name]
  checkObservations(name, sample.pnlUsd.length, method.minObservations)
  if (method.horizon === 'scaled' && request.scaling === 'overlapping' && request.horizonDays > 1) {
    const sums = overlappingSums(sample.pnlUsd, request.horizonDays)
    checkObservations(name, sums.length, method.minObservations)
    const scaling = `${sums.length} overlapping sums of ${request.horizonDays} days`
    return method.fit({ ...sample, pnlUsd: sums }, { ...settings, horizonDays: 1, deviationFactor: 1, scaling })
  }
  return method.fit(sample, settings)
}

function checkObservations(method: string, observations: number, least: number): void {
  if (observations >= least) return
  throw new ContangoError(
    'noData',
    'TOO_FEW_OBSERVATIONS',
    `${method} needs ${least} observations and has ${observations}`,
    'a longer --window or history, or another --method',
    { method, observations, least },
  )
}

/** Failures of one method; anything else is not its own to keep. */
function asRefusal(error: unknown): ContangoError {
  if (error instanceof ContangoError && (error.kind === 'numeric' || error.kind === 'noData')) return error
  throw error
}

function resultOf(
  method: string,
  confidence: number,
  horizonDays: number,
  fitted: FittedMethod,
  grossUsd: number | null,
): VarResult {
  const { varUsd, esUsd, varStandardErrorUsd, esStandardErrorUsd, notes } = fitted.at(confidence)
  if (!Number.isFinite(varUsd)) {
    throw new ContangoError(
      'numeric',
      'NO_FIGURE',
      `${method}: VaR at ${confidence} is not a finite number`,
      undefined,
      {
        method,
        confidence,
      },
    )
  }
  const percent = (value: number | null): number | null =>
    value === null || grossUsd === null ? null : (100 * value) / grossUsd
  return {
    method,
    confidence,
    horizonDays,
    varUsd,
    esUsd,
    varPercent: percent(varUsd),
    esPercent: percent(esUsd),
    varStandardErrorUsd: varStandardErrorUsd ?? null,
    esStandardErrorUsd: esStandardErrorUsd ?? null,
    scaling: fitted.scaling,
    fit: { ...fitted.fit },
    notes: [...fitted.notes, ...(notes ?? [])],
    error: null,
  }
}

function failedResult(method: string, confidence: number, horizonDays: number, error: ContangoError): VarResult {
  return {
    method,
    confidence,
    horizonDays,
    varUsd: null,
    esUsd: null,
    varPercent: null,
    esPercent: null,
    varStandardErrorUsd: null,
    esStandardErrorUsd: null,
    scaling: null,
    fit: null,
    notes: [],
    error: { code: error.code, message: error.message },
  }
}
