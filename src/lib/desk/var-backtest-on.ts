import type { BacktestResult, VarBacktestData } from '../documents/var-backtest.js'
import { isoDays, isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { backtestStatistics } from '../risk/backtest/backtest-statistics.js'
import { rollingForecasts, type ForecastSeries, type RollingForecasts } from '../risk/backtest/rolling-forecasts.js'
import { replayChanges, replayReturns } from '../risk/changes-pnl.js'
import { RISK_METHODS } from '../risk/methods.js'
import type { RiskSettings } from '../risk/methods/risk-method.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { BookContext } from './book-on.js'
import { openPnl, type PnlRequest } from './pnl-source.js'

/** Days with a forecast below which there is nothing to judge. */
const LEAST_DAYS = 2

/** Methods that a forecast a day can afford; Monte Carlo of a normal is the normal again. */
export const BACKTEST_METHODS = [
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
  'evt',
] as const
export type BacktestMethod = (typeof BACKTEST_METHODS)[number]

export interface BacktestRequest {
  readonly pnl: PnlRequest
  readonly methods: readonly BacktestMethod[]
  readonly confidences: readonly number[]
  readonly window: number
  readonly refitDays: number
  /** Days that the document carries one by one, the last ones; none where null. */
  readonly seriesDays: number | null
  readonly settings: RiskSettings
  readonly signal: AbortSignal
}

export interface BacktestAnswer {
  readonly asOf: EpochDay
  readonly data: VarBacktestData
  /** For a picture: the days with a forecast, their P&L, and the forecasts. */
  readonly days: Int32Array
  readonly pnlUsd: Float64Array
  readonly forecasts: readonly ForecastSeries[]
  readonly simulated: boolean
  readonly source: string
  readonly failure: ContangoError | null
}

/** Forecasts every day from what was known before it, and judges the forecasts by what happened. */
export async function varBacktestOn(ctx: BookContext, request: BacktestRequest): Promise<BacktestAnswer> {
  const { window, confidences, refitDays, settings, signal } = request
  const loaded = await (await openPnl(ctx, request.pnl)).over({ window: null })
  const { held, changes } = loaded
  const { mode, unit } = request.pnl
  const replay = unit === 'return' ? replayReturns(held[0], changes, mode) : replayChanges(held, changes, mode)
  if (replay.returns < window + LEAST_DAYS) throw tooShort(loaded.name, replay.returns, window)
  const methods = request.methods.map((name) => RISK_METHODS[name])
  const lacking = methods.filter(({ minObservations }) => minObservations > window)
  const rolling = rollingForecasts(
    methods.filter((method) => !lacking.includes(method)),
    replay,
    { window, confidences, refitDays, settings },
  )
  let step = rolling.next()
  while (step.done !== true) {
    await yieldNow(signal)
    step = rolling.next()
  }
  const forecasts: RollingForecasts = step.value
  const days = changes.days.slice(window)
  const pnlUsd = replay.realisedUsd.slice(window)
  const results = request.methods.flatMap((method) =>
    confidences.map((confidence) => {
      const series = forecasts.series.find((one) => one.method === method && one.confidence === confidence)
      return series ? judged(series, pnlUsd, forecasts) : shortWindow(method, confidence, window)
    }),
  )
  const failed = results.find(({ error }) => error !== null)
  const failure =
    failed?.error == null
      ? null
      : new ContangoError(
          failed.error.code === 'TOO_FEW_OBSERVATIONS' ? 'noData' : 'numeric',
          failed.error.code,
          failed.error.message,
          'a longer --window, or another --method',
          { method: failed.method },
        )
  if (failure !== null && results.every(({ error }) => error !== null)) throw failure
  return {
    asOf: loaded.asOf,
    data: {
      source: loaded.source,
      name: loaded.name,
      unit,
      mode,
      window,
      refitDays,
      returns: replay.returns,
      from: isoFromDay(days[0]),
      to: isoFromDay(days[days.length - 1]),
      results: ranked(results),
      exceptionDays: exceptionDays(days, pnlUsd, forecasts.series),
      series: request.seriesDays === null ? null : lastDays(days, pnlUsd, forecasts.series, request.seriesDays),
    },
    days,
    pnlUsd,
    forecasts: forecasts.series,
    simulated: loaded.simulated,
    source: loaded.sources.join(', '),
    failure,
  }
}

function lastDays(
  days: Int32Array,
  pnlUsd: Float64Array,
  forecasts: readonly ForecastSeries[],
  count: number,
): VarBacktestData['series'] {
  const from = Math.max(0, days.length - count)
  return {
    dates: isoDays(days.subarray(from)),
    pnlUsd: Array.from(pnlUsd.subarray(from)),
    forecasts: forecasts.map(({ method, confidence, varUsd }) => ({
      method,
      confidence,
      varUsd: Array.from(varUsd.subarray(from), (value) => (Number.isFinite(value) ? value : null)),
    })),
  }
}

/** The tests over the days that have a forecast. */
function judged(series: ForecastSeries, pnlUsd: Float64Array, { failures }: RollingForecasts): BacktestResult {
  const { method, confidence } = series
  const known = pnlUsd.map((_, i) => i).filter((i) => Number.isFinite(series.varUsd[i]))
  const failedDays = pnlUsd.length - known.length
  if (known.length < LEAST_DAYS) {
    const message = failures.get(method)?.reason ?? `${method} gave no forecast at ${confidence}`
    return noResult(method, confidence, failedDays, { code: 'NO_FORECAST', message })
  }
  const pick = (values: Float64Array): Float64Array => Float64Array.from(known, (i) => values[i])
  const tests = backtestStatistics(pick(pnlUsd), pick(series.varUsd), pick(series.esUsd), confidence)
  return {
    method,
    confidence,
    observations: tests.observations,
    exceptions: tests.exceptions,
    expectedExceptions: tests.expectedExceptions,
    kupiecP: tests.kupiec.p,
    independenceP: tests.independence.p,
    conditionalCoverageP: tests.conditionalCoverage.p,
    dynamicQuantileP: tests.dynamicQuantile?.p ?? null,
    trafficLight: tests.trafficLight.light,
    trafficLightRule: tests.trafficLight.rule,
    trafficLightExceptions: tests.trafficLight.exceptions,
    kupiec: tests.kupiec,
    independence: tests.independence,
    conditionalCoverage: tests.conditionalCoverage,
    dynamicQuantile: tests.dynamicQuantile,
    acerbiSzekely: tests.acerbiSzekely,
    quantileLossUsd: tests.quantileLossUsd,
    rank: null,
    failedDays,
    error: null,
  }
}

function noResult(
  method: string,
  confidence: number,
  failedDays: number,
  error: BacktestResult['error'],
): BacktestResult {
  return {
    method,
    confidence,
    observations: 0,
    exceptions: 0,
    expectedExceptions: 0,
    kupiecP: null,
    independenceP: null,
    conditionalCoverageP: null,
    dynamicQuantileP: null,
    trafficLight: null,
    trafficLightRule: null,
    trafficLightExceptions: null,
    kupiec: null,
    independence: null,
    conditionalCoverage: null,
    dynamicQuantile: null,
    acerbiSzekely: null,
    quantileLossUsd: null,
    rank: null,
    failedDays,
    error,
  }
}

function shortWindow(method: string, confidence: number, window: number): BacktestResult {
  const least = RISK_METHODS[method].minObservations
  const message = `${method} needs ${least} observations and the window has ${window}`
  return noResult(method, confidence, 0, { code: 'TOO_FEW_OBSERVATIONS', message })
}

/** Methods that were forecasting on every day, by quantile loss within a confidence. */
function ranked(results: readonly BacktestResult[]): BacktestResult[] {
  return results.map((row) => {
    const loss = row.quantileLossUsd
    if (loss === null || row.failedDays > 0) return row
    const better = results.filter(
      (other) =>
        other.confidence === row.confidence &&
        other.failedDays === 0 &&
        other.quantileLossUsd !== null &&
        other.quantileLossUsd < loss,
    )
    return { ...row, rank: better.length + 1 }
  })
}

function exceptionDays(
  days: Int32Array,
  pnlUsd: Float64Array,
  series: readonly ForecastSeries[],
): VarBacktestData['exceptionDays'] {
  const found: VarBacktestData['exceptionDays'] = []
  days.forEach((day, i) => {
    const exceeded = series
      .filter(({ varUsd }) => -pnlUsd[i] > varUsd[i])
      .map(({ method, confidence, varUsd }) => ({ method, confidence, varUsd: varUsd[i] }))
    if (exceeded.length > 0) found.push({ date: isoFromDay(day), pnlUsd: pnlUsd[i], exceeded })
  })
  return found.sort((a, b) => a.pnlUsd - b.pnlUsd)
}

function tooShort(name: string, returns: number, window: number): ContangoError {
  return new ContangoError(
    'noData',
    'TOO_FEW_OBSERVATIONS',
    `${name} has ${returns} daily returns: a window of ${window} leaves ${Math.max(0, returns - window)} to forecast, ${LEAST_DAYS} are needed`,
    'a shorter --window, or a longer history',
    { returns, window },
  )
}
