import type { QuantileType } from '../../kernel/sample-quantile.js'

/** What a method looks at: the P&L of one set of positions, day by day. */
export interface PnlSample {
  /** USD, gains positive, oldest first. */
  readonly pnlUsd: Float64Array
  /** What the GARCH methods are fitted on: 100 × return of one column, or 100 × P&L ÷ gross notional of a book. */
  readonly percent: Float64Array
  /** P&L of a rise of one per cent, USD, signed: negative for a short position in one column. */
  readonly usdPerPercent: number
  /** `percent` are logarithmic: the P&L of x per cent is 100·usdPerPercent·(exp(x ÷ 100) − 1). */
  readonly logarithmic: boolean
}

export type AgeInterpolation = 'step' | 'linear'
/** `acerbi-tasche`: the worst n·p values, the last by its fraction; `beyond-var`: the values at or beyond VaR, in full. */
export type TailMean = 'acerbi-tasche' | 'beyond-var'

export interface RiskSettings {
  readonly horizonDays: number
  /** Multiplies a one-day deviation; √horizonDays, or larger where P&L is autocorrelated. */
  readonly deviationFactor: number
  /** Name of what `deviationFactor` is. */
  readonly scaling: string
  readonly zeroMean: boolean
  readonly seed: number
  readonly quantileType: QuantileType
  /** Decay of EWMA and Hull–White. */
  readonly ewmaLambda: number
  /** Decay of the age weights. */
  readonly ageDecay: number
  /** `step`: the first sorted loss at which the age weights reach p; `linear`: between it and the one before it. */
  readonly ageInterpolation: AgeInterpolation
  /** Which losses the ES of a sample averages. */
  readonly tailMean: TailMean
  /** Quantile of the losses beyond which EVT fits. */
  readonly evtThreshold: number
  /** Simulated paths of FHS beyond one day. */
  readonly paths: number
}

export const RISK_DEFAULTS: RiskSettings = {
  horizonDays: 1,
  deviationFactor: 1,
  scaling: 'one day',
  zeroMean: false,
  seed: 0,
  quantileType: 'linear',
  ewmaLambda: 0.94,
  ageDecay: 0.98,
  ageInterpolation: 'step',
  tailMean: 'acerbi-tasche',
  evtThreshold: 0.95,
  paths: 20_000,
}

export interface TailRisk {
  /** The loss not exceeded with the confidence, USD, losses positive. */
  readonly varUsd: number
  /** The mean loss beyond it, USD; null where it is not finite. */
  readonly esUsd: number | null
  /** Standard errors of `varUsd` and `esUsd`, where the method draws random numbers. */
  readonly varStandardErrorUsd?: number
  readonly esStandardErrorUsd?: number
  readonly notes?: readonly string[]
}

/** A method fitted to one sample; any number of confidences are then read off. */
export interface FittedMethod {
  readonly fit: Readonly<Record<string, number>>
  /** How one day became the horizon. */
  readonly scaling: string
  readonly notes: readonly string[]
  at(confidence: number): TailRisk
}

/** What an earlier day of a rolling window leaves to the next. */
export interface EarlierFit {
  /** `fit` of that day: where the search begins. */
  readonly earlier?: Readonly<Record<string, number>>
  /** Keep its parameters instead of estimating again; what follows from the data, such as a variance, still moves. */
  readonly hold: boolean
}

export interface RiskMethod {
  readonly name: string
  /** Fewer daily P&L values than this are refused. */
  readonly minObservations: number
  /** `scaled`: one day times a factor; `own`: the method carries its own dynamics over the horizon. */
  readonly horizon: 'scaled' | 'own'
  /** @param before methods that are dear to estimate make use of it, the others start afresh every day */
  fit(sample: PnlSample, settings: RiskSettings, before?: EarlierFit): FittedMethod
}
