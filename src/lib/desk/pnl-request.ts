import { basename } from 'node:path'
import type { QuantileType } from '../kernel/sample-quantile.js'
import { RISK_DEFAULTS, type AgeInterpolation, type RiskSettings, type TailMean } from '../risk/methods/risk-method.js'
import type { BookHistory, PriceMode } from '../risk/portfolio/book-changes.js'
import type { PnlRequest } from './pnl-source.js'

/** The flags that `var` and `var backtest` share, as parsed. */
export interface PnlFlags {
  readonly book?: string
  readonly prices?: string
  readonly position?: readonly string[]
  readonly multiplier?: readonly string[]
  readonly in: 'usd' | 'returns'
  readonly mode: PriceMode
  readonly history: BookHistory
  /** undefined where it was not given */
  readonly 'zero-mean'?: boolean
  readonly quantile: QuantileType
  readonly lambda: number
  readonly 'age-decay': number
  readonly 'age-interpolation': AgeInterpolation
  readonly 'tail-mean': TailMean
  readonly 'evt-threshold': number
}

export function pnlRequest(flags: PnlFlags, read: NonNullable<PnlRequest['prices']>['read']): PnlRequest {
  return {
    book: flags.book,
    prices:
      flags.prices === undefined
        ? undefined
        : {
            file: basename(flags.prices),
            positions: flags.position ?? [],
            multipliers: flags.multiplier ?? [],
            read,
          },
    mode: flags.mode,
    history: flags.history,
    unit: flags.in === 'returns' ? 'return' : 'USD',
  }
}

export function riskSettings(flags: PnlFlags, seed: number): RiskSettings {
  return {
    ...RISK_DEFAULTS,
    zeroMean: flags['zero-mean'] ?? false,
    seed,
    quantileType: flags.quantile,
    ewmaLambda: flags.lambda,
    ageDecay: flags['age-decay'],
    ageInterpolation: flags['age-interpolation'],
    tailMean: flags['tail-mean'],
    evtThreshold: flags['evt-threshold'],
  }
}
