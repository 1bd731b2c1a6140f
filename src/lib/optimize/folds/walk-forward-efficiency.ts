import { mean } from '../../kernel/moments.js'
import type { Fold } from './walk-forward.js'

/** What the chosen parameters of a fold did in the search and in its test. */
export interface FoldResult {
  readonly fold: Fold
  readonly inSample: { readonly netProfitUsd: number; readonly sharpe: number | null }
  readonly outOfSample: { readonly netProfitUsd: number; readonly sharpe: number | null }
}

/** How much of the result of the searches is left out of sample; null where there was nothing to lose. */
export interface WalkForwardEfficiency {
  /** Profit a bar out of sample ÷ profit a bar in sample. R. Pardo (2008), "The Evaluation and Optimization of Trading Strategies". */
  readonly profit: number | null
  /** Mean Sharpe ratio of the tests ÷ that of the searches. */
  readonly sharpe: number | null
  /** Share of the tests with a profit. */
  readonly profitableFolds: number
}

export function walkForwardEfficiency(results: readonly FoldResult[]): WalkForwardEfficiency {
  const perBar = (part: 'inSample' | 'outOfSample', window: 'train' | 'test'): number => {
    const bars = results.reduce((sum, { fold }) => sum + fold[window].until - fold[window].from, 0)
    return results.reduce((sum, result) => sum + result[part].netProfitUsd, 0) / bars
  }
  const over = (out: number, within: number): number | null =>
    within > 0 && Number.isFinite(out) ? out / within : null
  const sharpe = (part: 'inSample' | 'outOfSample'): number =>
    mean(results.map((result) => result[part].sharpe ?? Number.NaN))
  return {
    profit: over(perBar('outOfSample', 'test'), perBar('inSample', 'train')),
    sharpe: over(sharpe('outOfSample'), sharpe('inSample')),
    profitableFolds: results.filter(({ outOfSample }) => outOfSample.netProfitUsd > 0).length / results.length,
  }
}
