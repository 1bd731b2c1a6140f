import { BARS_PER_YEAR } from '../../backtest/metrics/performance.js'
import { mean, sampleSd } from '../../kernel/moments.js'
import { quantile } from '../../kernel/quantile.js'
import type { Combinatorial } from './combinatorial.js'

/** How the paths of a combinatorial cross-validation came out. Sharpe ratios per year; null where nothing was traded on any path. */
export interface PathSpread {
  /** null for a path on which nothing was traded. */
  readonly paths: readonly (number | null)[]
  readonly min: number | null
  readonly p5: number | null
  readonly median: number | null
  readonly p95: number | null
  readonly max: number | null
  readonly mean: number | null
  /** ddof 1. The paths share trials and bars: it is less than that of so many independent histories. */
  readonly deviation: number | null
  /** Share of the paths that traded with a Sharpe ratio of 0 or less. */
  readonly lossShare: number | null
  /** Mean over the splits, of the choice where it was chosen. */
  readonly inSample: number | null
  /** Trials by how many splits chose them, the most frequent first. */
  readonly choices: readonly { readonly trial: number; readonly splits: number }[]
}

/** @param barsPerYear by which the ratios are annualised */
export function pathSpread({ splits, pathSharpes }: Combinatorial, barsPerYear = BARS_PER_YEAR): PathSpread {
  const year = Math.sqrt(barsPerYear)
  const traded = pathSharpes.filter((sharpe) => !Number.isNaN(sharpe)).sort()
  const some = traded.length > 0
  const at = (share: number): number | null => (some ? quantile(traded, share) * year : null)
  const inSample = splits.map((split) => split.inSample).filter((sharpe) => !Number.isNaN(sharpe))
  const counts = new Map<number, number>()
  for (const { chosen } of splits) counts.set(chosen, (counts.get(chosen) ?? 0) + 1)
  return {
    paths: Array.from(pathSharpes, (sharpe) => (Number.isNaN(sharpe) ? null : sharpe * year)),
    min: at(0),
    p5: at(0.05),
    median: at(0.5),
    p95: at(0.95),
    max: at(1),
    mean: some ? mean(traded) * year : null,
    deviation: traded.length > 1 ? sampleSd(traded) * year : null,
    lossShare: some ? traded.filter((sharpe) => sharpe <= 0).length / traded.length : null,
    inSample: inSample.length > 0 ? mean(inSample) * year : null,
    choices: [...counts]
      .map(([trial, times]) => ({ trial, splits: times }))
      .sort((a, b) => b.splits - a.splits || a.trial - b.trial),
  }
}
