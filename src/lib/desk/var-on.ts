import type { VarData, VarGroup } from '../documents/var.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { sampleSd } from '../kernel/moments.js'
import { adjustedShape, shapeOf } from '../kernel/shape.js'
import { decompose, type Decomposition } from '../risk/decomposition.js'
import { archTest, autocorrelations, jarqueBera, ljungBox, partialAutocorrelations } from '../risk/pnl-diagnostics.js'
import { grossNotionalUsd } from '../risk/pnl-matrix.js'
import type { BookContext } from './book-on.js'
import { openPnl, sampleOfSource, type OpenPnl, type PnlRequest, type PnlSource } from './pnl-source.js'
import { horizonSettings, riskResults, type ResultsRequest } from './risk-results.js'

export interface VarRequest extends ResultsRequest {
  readonly pnl: PnlRequest
  readonly window: number | null
  readonly limitUsd: number | null
  /** The hard year that stands beside the current one. */
  readonly stress: { readonly from: EpochDay; readonly to: EpochDay }
}

export interface VarAnswer {
  readonly asOf: EpochDay
  readonly data: VarData
  /** P&L of the sample, for a picture. */
  readonly pnlUsd: Float64Array
  readonly simulated: boolean
  readonly source: string
  /** The first method that gave no figure; the others are reported. */
  readonly failure: ContangoError | null
}

const DIAGNOSTIC_LAGS = 10
const ARCH_LAGS = 5

/** VaR and ES of a book or of columns of a price file, and what each position contributes. */
export async function varOn(ctx: BookContext, request: VarRequest): Promise<VarAnswer> {
  const opened = await openPnl(ctx, request.pnl)
  const loaded = await opened.over({ window: request.window })
  const sample = sampleOfSource(loaded, request.pnl)
  const { matrix, name, source, asOf } = loaded
  const inUsd = request.pnl.unit === 'USD'
  const gross = grossNotionalUsd(matrix)
  // Monte Carlo draws the positions: in return space the one column's returns are the position
  const simulatedMatrix = inUsd ? matrix : { ...matrix, pnlUsd: [sample.pnlUsd] }
  const { results, failure } = await riskResults(simulatedMatrix, sample, inUsd ? gross : null, request)
  if (failure !== null && results.every(({ varUsd }) => varUsd === null)) throw failure
  const settings = horizonSettings(sample, request)
  const parts = inUsd && matrix.days.length >= 2 ? decompose(matrix, request.confidences[0], settings) : null
  const over = request.limitUsd === null ? [] : results.filter((row) => (row.varUsd ?? 0) > (request.limitUsd ?? 0))
  const data: VarData = {
    source,
    name,
    unit: request.pnl.unit,
    mode: request.pnl.mode,
    observations: matrix.days.length,
    from: isoFromDay(matrix.days[0]),
    to: isoFromDay(matrix.days[matrix.days.length - 1]),
    grossNotionalUsd: gross,
    netNotionalUsd: matrix.exposureUsd.reduce((sum, exposure) => sum + exposure, 0),
    zeroMean: request.settings.zeroMean,
    results,
    decomposition: parts && {
      method: 'normal',
      confidence: parts.confidence,
      horizonDays: request.horizonDays,
      varUsd: parts.varUsd,
      undiversifiedUsd: parts.undiversifiedUsd,
      diversificationUsd: parts.diversificationUsd,
      groups: groupsOf(loaded, parts),
    },
    stressed: await stressedRisk(opened, request),
    components: parts?.components.map((component) => ({ ...component })) ?? [],
    stalePositions: [...loaded.stalePositions],
    diagnostics: diagnosticsOf(matrix.days, sample.pnlUsd),
    limit:
      request.limitUsd === null
        ? null
        : {
            limitUsd: request.limitUsd,
            breaches: over.map(({ method, confidence, varUsd }) => ({ method, confidence, varUsd: varUsd ?? 0 })),
          },
  }
  return { asOf, data, pnlUsd: sample.pnlUsd, simulated: loaded.simulated, source: loaded.sources.join(', '), failure }
}

/** The same methods over the stress period, on today's positions; a reason where history does not reach it. */
async function stressedRisk(opened: OpenPnl, request: VarRequest): Promise<VarData['stressed']> {
  const from = isoFromDay(request.stress.from)
  const to = isoFromDay(request.stress.to)
  try {
    const loaded = await opened.over(request.stress)
    const sample = sampleOfSource(loaded, request.pnl)
    const inUsd = request.pnl.unit === 'USD'
    const matrix = inUsd ? loaded.matrix : { ...loaded.matrix, pnlUsd: [sample.pnlUsd] }
    const { results } = await riskResults(matrix, sample, inUsd ? grossNotionalUsd(matrix) : null, request)
    return { from, to, observations: loaded.matrix.days.length, results, reason: null }
  } catch (error) {
    if (!(error instanceof ContangoError) || !['noData', 'numeric', 'refused'].includes(error.kind)) throw error
    return { from, to, observations: 0, results: [], reason: error.message }
  }
}

function groupsOf({ groupings }: PnlSource, { components }: Decomposition): VarGroup[] {
  return groupings.flatMap(({ by, groupOf }) =>
    [...new Set(groupOf)].map((group) => {
      const members = components.filter((_, i) => groupOf[i] === group)
      return {
        by,
        group,
        positions: members.length,
        componentUsd: members.reduce((sum, { componentUsd }) => sum + componentUsd, 0),
        tailLossUsd: members.reduce((sum, { tailLossUsd }) => sum + tailLossUsd, 0),
      }
    }),
  )
}

function diagnosticsOf(days: Int32Array, pnl: Float64Array): VarData['diagnostics'] {
  const { mean, skewness, excessKurtosis } = shapeOf(pnl)
  const adjusted = adjustedShape(pnl.length, { skewness, excessKurtosis })
  const worstAt = pnl.reduce((at, value, i) => (value < pnl[at] ? i : at), 0)
  const lags = Math.min(DIAGNOSTIC_LAGS, pnl.length - 1)
  const autocorrelation = autocorrelations(pnl, lags)
  return {
    mean,
    sd: sampleSd(pnl),
    skewness,
    excessKurtosis,
    skewnessAdjusted: adjusted.skewness,
    excessKurtosisAdjusted: adjusted.excessKurtosis,
    worst: pnl[worstAt],
    worstDay: isoFromDay(days[worstAt]),
    best: pnl.reduce((best, value) => Math.max(best, value), -Infinity),
    autocorrelation,
    partialAutocorrelation: partialAutocorrelations(autocorrelation),
    arch: archOf(pnl),
    jarqueBera: jarqueBera(pnl.length, skewness, excessKurtosis),
    ljungBox: { lags, ...ljungBox(pnl, lags) },
    ljungBoxSquared: {
      lags,
      ...ljungBox(
        pnl.map((value) => (value - mean) ** 2),
        lags,
      ),
    },
  }
}

function archOf(pnl: Float64Array): VarData['diagnostics']['arch'] {
  const test = pnl.length > 3 * ARCH_LAGS ? archTest(pnl, ARCH_LAGS) : null
  return test && { lags: ARCH_LAGS, ...test }
}
