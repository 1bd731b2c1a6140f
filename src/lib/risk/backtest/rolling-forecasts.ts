import { ContangoError } from '../../kernel/errors.js'
import type { FittedMethod, PnlSample, RiskMethod, RiskSettings } from '../methods/risk-method.js'

/** What a back-test replays. */
export interface ReplayedPnl {
  /** Number of daily returns. */
  readonly returns: number
  /** What was known before return `t`: P&L of returns t − window … t − 1 of positions valued at the price before it. */
  sampleBefore(t: number, window: number): PnlSample
  /** P&L of return `t`, USD. */
  readonly realisedUsd: Float64Array
}

/** One-day forecasts of one method at one confidence; NaN where the method gave none. */
export interface ForecastSeries {
  readonly method: string
  readonly confidence: number
  readonly varUsd: Float64Array
  readonly esUsd: Float64Array
}

export interface RollingForecasts {
  /** Index of the first return that has a forecast. */
  readonly first: number
  readonly series: readonly ForecastSeries[]
  /** Days on which a method failed, by method, with the first reason. */
  readonly failures: ReadonlyMap<string, { days: number; reason: string }>
}

export interface RollingOptions {
  readonly window: number
  readonly confidences: readonly number[]
  /** Days between two estimations of GARCH parameters; the variance itself moves every day. */
  readonly refitDays: number
  readonly settings: RiskSettings
}

/**
 * A forecast for every return from index `window` on, each from the `window` returns before it. Yields now and then, so
 * that the caller can look up.
 */
export function* rollingForecasts(
  methods: readonly RiskMethod[],
  pnl: ReplayedPnl,
  { window, confidences, refitDays, settings }: RollingOptions,
): Generator<void, RollingForecasts> {
  const days = pnl.returns - window
  const series = methods.map(({ name }) =>
    confidences.map((confidence) => ({
      method: name,
      confidence,
      varUsd: new Float64Array(days).fill(Number.NaN),
      esUsd: new Float64Array(days).fill(Number.NaN),
    })),
  )
  const failures = new Map<string, { days: number; reason: string }>()
  const earlier: (FittedMethod | undefined)[] = []
  for (let day = 0; day < days; day++) {
    const sample = pnl.sampleBefore(window + day, window)
    methods.forEach((method, m) => {
      try {
        const fitted = method.fit(sample, settings, { earlier: earlier[m]?.fit, hold: day % refitDays !== 0 })
        earlier[m] = fitted
        confidences.forEach((confidence, c) => {
          const { varUsd, esUsd } = fitted.at(confidence)
          series[m][c].varUsd[day] = varUsd
          series[m][c].esUsd[day] = esUsd ?? Number.NaN
        })
      } catch (error) {
        if (!(error instanceof ContangoError) || error.kind !== 'numeric') throw error
        const failed = failures.get(method.name)
        failures.set(method.name, { days: (failed?.days ?? 0) + 1, reason: failed?.reason ?? error.message })
      }
    })
    if (day % 16 === 15) yield
  }
  return { first: window, series: series.flat(), failures }
}
