import {
  minimumTrackRecord,
  probabilisticSharpe,
  type SharpeSample,
} from '../../backtest/metrics/probabilistic-sharpe.js'
import { BARS_PER_YEAR } from '../../backtest/metrics/performance.js'
import { leastSquaresSlope } from '../../kernel/least-squares-slope.js'
import { mean, sampleSd } from '../../kernel/moments.js'
import { quantile } from '../../kernel/quantile.js'
import { trialSharpes } from './block-sharpe.js'
import type { Cscv } from './cscv.js'
import { snoopingPValues, type SnoopingMaxima } from './data-snooping.js'
import type { EffectiveTrials } from './effective-trials.js'
import { expectedMaximumSharpe } from './expected-maximum-sharpe.js'
import { haircutSharpe, HAIRCUT_METHODS, type HaircutMethod } from './haircut-sharpe.js'
import type { TrialBlocks } from './trial-blocks.js'

export interface OverfittingInput {
  readonly trials: TrialBlocks
  /** The trial that the search would trade. */
  readonly chosen: number
  /** Population skewness and kurtosis (3 for a normal) of its returns. */
  readonly shape: Pick<SharpeSample, 'skew' | 'kurtosis'>
  /** null where the blocks are too few for {@link Cscv}. */
  readonly cscv: Cscv | null
  readonly maxima: SnoopingMaxima
  readonly worth: EffectiveTrials
}

/** How much of the best result is owed to the search. Sharpe ratios per year; null where undefined, {@link reasons} say why. */
export interface Overfitting {
  readonly trials: number
  /** Independent trials that they are worth, by their mean correlation. */
  readonly effectiveTrials: number
  readonly meanCorrelation: number | null
  readonly sharpe: number | null
  /** Of all trials that traded: what parameters without any choice of them would show. */
  readonly medianSharpe: number | null
  /** Standard deviation of the Sharpe ratios across trials. */
  readonly sharpeSpread: number | null
  /** What the best of so many trials without skill is expected to show. */
  readonly expectedMaximumSharpe: number | null
  /** Probability that the true Sharpe ratio is above that. */
  readonly deflatedSharpe: number | null
  /** The same with {@link effectiveTrials} in place of all. */
  readonly deflatedSharpeEffective: number | null
  readonly probabilisticSharpe: number | null
  /** Returns needed to tell the Sharpe ratio from zero, and from the expected maximum, with 95 % confidence. */
  readonly minimumTrackRecordBars: number | null
  readonly minimumTrackRecordBarsDeflated: number | null
  readonly bars: number
  readonly haircut: Readonly<
    Record<HaircutMethod, { readonly pValue: number; readonly sharpe: number; readonly haircut: number }>
  > | null
  readonly pbo: number | null
  readonly probabilityOfLoss: number | null
  /** Line of the Sharpe ratio out of sample on that in sample, over the splits: a slope below 0 is over-fitting. */
  readonly degradation: { readonly slope: number; readonly intercept: number; readonly r2: number } | null
  readonly splits: number
  readonly parts: number
  readonly realityCheckP: number | null
  /** Hansen's consistent p-value. */
  readonly spaP: number | null
  readonly spa: { readonly lower: number; readonly consistent: number; readonly upper: number } | null
  /** Why a figure is null, by its name. */
  readonly reasons: Readonly<Record<string, string>>
}

/** Every over-fitting statistic of one sweep, from the block sums of its trials. */
export function overfittingOf({ trials, chosen, shape, cscv, maxima, worth }: OverfittingInput): Overfitting {
  const reasons: Record<string, string> = {}
  const year = Math.sqrt(trials.barsPerYear ?? BARS_PER_YEAR)
  const sharpes = trialSharpes(trials)
  const finite = sharpes.filter((sharpe) => !Number.isNaN(sharpe))
  const { effective, meanCorrelation } = worth
  const observations = trials.bars
  const sharpe = sharpes[chosen]
  const traded = !Number.isNaN(sharpe)
  const never = 'the chosen trial never traded'
  const spread = finite.length > 1 ? sampleSd(finite) : 0
  const luck = expectedMaximumSharpe(trials.trials, spread)
  const sample: SharpeSample = { observations, ...shape }
  if (!traded) for (const name of ['sharpe', 'deflatedSharpe', 'probabilisticSharpe', 'haircut']) reasons[name] = never
  else if (!(sharpe > 0)) reasons['haircut'] = 'the Sharpe ratio of the chosen trial is not above 0'
  const cut = traded ? haircutSharpe(sharpes, chosen, observations) : null
  const record = (benchmark: number, name: string): number | null => {
    const bars = traded ? minimumTrackRecord(sharpe, shape, benchmark) : Number.NaN
    if (Number.isFinite(bars)) return bars
    reasons[name] = traded ? 'the Sharpe ratio is not above the benchmark: no record would be long enough' : never
    return null
  }
  if (trials.trials < 2) reasons['pbo'] = 'there is one trial: nothing was chosen'
  else if (cscv === null) reasons['pbo'] = `${trials.blocks} blocks of 20 bars are too few for eight parts`
  const usable = trials.trials < 2 ? null : cscv
  const p = finite.length > 0 && trials.blocks > 2 ? snoopingPValues(maxima) : null
  if (p === null) {
    const reason = finite.length === 0 ? 'no trial traded' : 'there are fewer than three blocks of 20 bars'
    for (const name of ['realityCheckP', 'spaP', 'spa']) reasons[name] = reason
  }
  return {
    trials: trials.trials,
    effectiveTrials: effective,
    meanCorrelation: finiteOrNull(meanCorrelation),
    sharpe: traded ? sharpe * year : null,
    medianSharpe: finite.length > 0 ? quantile(finite.toSorted(), 0.5) * year : null,
    sharpeSpread: finite.length > 1 ? spread * year : null,
    expectedMaximumSharpe: luck * year,
    deflatedSharpe: traded ? finiteOrNull(probabilisticSharpe(sharpe, sample, luck)) : null,
    deflatedSharpeEffective: traded
      ? finiteOrNull(probabilisticSharpe(sharpe, sample, expectedMaximumSharpe(effective, spread)))
      : null,
    probabilisticSharpe: traded ? finiteOrNull(probabilisticSharpe(sharpe, sample)) : null,
    minimumTrackRecordBars: record(0, 'minimumTrackRecordBars'),
    minimumTrackRecordBarsDeflated: record(luck, 'minimumTrackRecordBarsDeflated'),
    bars: observations,
    haircut: cut && annualHaircut(cut, year),
    pbo: usable?.pbo ?? null,
    probabilityOfLoss: usable?.probabilityOfLoss ?? null,
    degradation: usable && degradationOf(usable, year),
    splits: usable?.splits ?? 0,
    parts: usable?.parts ?? 0,
    realityCheckP: p?.realityCheck ?? null,
    spaP: p?.spa.consistent ?? null,
    spa: p?.spa ?? null,
    reasons,
  }
}

type Cuts = NonNullable<ReturnType<typeof haircutSharpe>>

function annualHaircut(cut: Cuts, year: number): NonNullable<Overfitting['haircut']> {
  const annual = (method: HaircutMethod): Cuts[HaircutMethod] => ({ ...cut[method], sharpe: cut[method].sharpe * year })
  const [bonferroni, holm, bhy] = HAIRCUT_METHODS.map(annual)
  return { bonferroni, holm, bhy }
}

/** Least squares over the splits; null where the chosen trials were all equally good in sample. */
function degradationOf({ inSample, outOfSample }: Cscv, year: number): Overfitting['degradation'] {
  const slope = leastSquaresSlope(inSample, outOfSample)
  const back = leastSquaresSlope(outOfSample, inSample)
  if (!Number.isFinite(slope)) return null
  return {
    slope,
    intercept: (mean(outOfSample) - slope * mean(inSample)) * year,
    // r² is the product of both slopes; a sample out of which nothing varies has nothing to explain.
    r2: Number.isFinite(back) ? slope * back : 0,
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
