import { BARS_PER_YEAR } from '../../backtest/metrics/performance.js'
import type { PathSpread } from '../folds/path-spread.js'
import type { Overfitting } from './overfitting.js'

/**
 * untestable: too little to judge. rejected: the evidence is against it. unproven: not against it, and not enough for it.
 * survives: every test was passed.
 */
export const VERDICTS = ['untestable', 'rejected', 'unproven', 'survives'] as const
export type VerdictLevel = (typeof VERDICTS)[number]

export interface VerdictInput {
  readonly overfitting: Overfitting
  /** The chosen parameters of each fold on the bars after it; null where nothing was held back. */
  readonly outOfSample: {
    /** Per year; null where nothing was traded. */
    readonly sharpe: number | null
    readonly netProfitUsd: number
    readonly trades: number
    /** Probability that the true Sharpe ratio is above 0, of these bars alone. */
    readonly probabilisticSharpe: number | null
    /** Mean Sharpe ratio of the tests ÷ that of the searches. */
    readonly efficiency: number | null
    readonly folds: number
    readonly profitableFolds: number
  } | null
  /** Of the combinatorial cross-validation; null without one. */
  readonly paths: Pick<PathSpread, 'paths' | 'min' | 'median' | 'max' | 'lossShare' | 'inSample'> | null
  /** Round trips of the chosen trial. */
  readonly trades: number
  /** What the chosen parameters, or the chained tests where there are some, paid and could have paid. null: nothing was traded. */
  readonly costs: {
    readonly perLotUsd: number
    /** Net profit ÷ lots traded: a cost that much higher, per lot and side, leaves nothing. */
    readonly breakEvenUsd: number
    readonly lotsPerYear: number
  } | null
  /** Sharpe ratios a year of the grid's cells one step beside the chosen one; empty where there are none. */
  readonly neighbours: readonly number[]
  /** Searched numbers whose best value is the first or the last of their range. */
  readonly atEdge: readonly { readonly name: string; readonly value: number | string }[]
  /** Searched parameters that move from fold to fold no less than chance does. */
  readonly restless: readonly { readonly name: string; readonly values: readonly (number | string)[] }[]
  /** 252 where it is absent. */
  readonly barsPerYear?: number
}

export interface Verdict {
  readonly level: VerdictLevel
  readonly headline: string
  /** One sentence a test, the worst first. */
  readonly reasons: readonly string[]
}

/** What a test says: against the strategy, not for it, or for it; a note is no test. */
type Finding = { readonly weight: 'against' | 'short' | 'for' | 'note'; readonly says: string }

/** Confidence that a sceptic wants. */
const WANTED = 0.95
/** Fewer round trips than this say little about anything. */
const FEW_TRADES = 30

const ratio = (value: number): string => value.toFixed(2)
const percent = (value: number): string => `${(100 * value).toFixed(0)} %`
/** A whole number with its thousands apart. */
export const count = (value: number): string => String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',')

const years = (bars: number, barsPerYear = BARS_PER_YEAR): string => `${count(bars / barsPerYear)} years`

/** The statistics in plain words, as somebody would say them who has to put money on it. */
export function verdictOf(input: VerdictInput): Verdict {
  const { overfitting: o } = input
  if (o.sharpe === null || o.spaP === null) {
    return {
      level: 'untestable',
      headline: 'Nothing to judge: there are too few bars, or nothing was traded.',
      reasons: [...new Set(Object.values(o.reasons))].map(sentence),
    }
  }
  const findings = [
    deflated(o),
    dataSnooping(o),
    crossValidation(o),
    heldBack(input),
    histories(input),
    record(o, input.barsPerYear),
    activity(input),
    costs(input),
    plateau(input),
    edges(input),
    steadiness(input),
  ].filter((finding) => finding !== null)
  const against = findings.filter(({ weight }) => weight === 'against')
  const short = findings.filter(({ weight }) => weight === 'short')
  const level = against.length > 0 ? 'rejected' : short.length > 0 ? 'unproven' : 'survives'
  const best = `${o.trials === 1 ? 'the one trial' : `the choice from ${count(o.trials)} trials`} has a Sharpe ratio of ${ratio(o.sharpe)}`
  const headline = {
    rejected: `Do not trade this: ${best}, and ${against.length === 1 ? 'a test is' : `${against.length} tests are`} against it.`,
    unproven: `Not proven: ${best}, and ${short.length === 1 ? 'one test is' : `${short.length} tests are`} not convinced.`,
    survives: `It survives: ${best}, more than the search explains. That is one history; trials made elsewhere on these bars are not counted.`,
  }[level]
  return {
    level,
    headline,
    reasons: (['against', 'short', 'for', 'note'] as const).flatMap((wanted) =>
      findings.filter(({ weight }) => weight === wanted).map(({ says }) => says),
    ),
  }
}

function sentence(words: string): string {
  return `${words[0].toUpperCase()}${words.slice(1)}.`
}

function deflated({
  deflatedSharpe,
  expectedMaximumSharpe,
  trials,
  effectiveTrials,
  sharpe,
  spaP,
}: Overfitting): Finding | null {
  if (deflatedSharpe === null || expectedMaximumSharpe === null || sharpe === null) return null
  const luck =
    trials === 1
      ? 'one trial was made, so that nothing was chosen'
      : `the best of ${count(trials)} trials like these would show ${ratio(expectedMaximumSharpe)} by luck alone${worth(effectiveTrials, trials)}`
  const says = `Deflated Sharpe ratio ${ratio(deflatedSharpe)} (${ratio(WANTED)} is wanted): ${luck}, and this one shows ${ratio(sharpe)}.`
  // Trials that differ in truth widen the spread that luck is measured by; the bootstrap does not mind them.
  const luckAlone = deflatedSharpe < 0.5 && spaP !== null && spaP > 0.1
  return { weight: deflatedSharpe >= WANTED ? 'for' : luckAlone ? 'against' : 'short', says }
}

/** Neighbours in a grid are not so many tries. */
function worth(effective: number, trials: number): string {
  return effective < 0.8 * trials ? ` (they are so alike that they are worth about ${count(effective)})` : ''
}

function dataSnooping({ spaP, realityCheckP }: Overfitting): Finding | null {
  if (spaP === null || realityCheckP === null) return null
  const says =
    `If no parameters had an edge, a best result as good as this would come up with probability ${ratio(spaP)} ` +
    `(superior predictive ability; reality check ${ratio(realityCheckP)}; at most ${ratio(1 - WANTED)} is wanted).`
  return { weight: spaP <= 1 - WANTED ? 'for' : spaP > 0.5 ? 'against' : 'short', says }
}

function crossValidation({ pbo, probabilityOfLoss, splits, reasons, medianSharpe }: Overfitting): Finding | null {
  if (pbo === null || probabilityOfLoss === null) {
    return reasons['pbo'] === undefined ? null : { weight: 'short', says: `No cross-validation: ${reasons['pbo']}.` }
  }
  const useless =
    pbo > 0.5 && medianSharpe !== null
      ? ` Choosing among these parameters added nothing: the median trial, without any choice, shows ${ratio(medianSharpe)}.`
      : ''
  const says =
    `In ${percent(pbo)} of ${count(splits)} splits the parameters that were best in one half were not above the median in ` +
    `the other (probability of over-fitting; at most 20 % is wanted), and in ${percent(probabilityOfLoss)} they lost money there.${useless}`
  // Trials that are alike are no reason to reject them: the half that chose lacks what the other has, and the choice looks worse than none.
  if (probabilityOfLoss > 0.5 || (pbo > 0.6 && probabilityOfLoss > 0.3)) return { weight: 'against', says }
  return { weight: pbo > 0.2 || probabilityOfLoss > 0.2 ? 'short' : 'for', says }
}

function heldBack({ outOfSample }: VerdictInput): Finding | null {
  if (outOfSample === null)
    return { weight: 'short', says: 'No bars were held back, so that nothing was tested out of sample.' }
  const { sharpe, netProfitUsd, efficiency, trades, folds, profitableFolds, probabilisticSharpe } = outOfSample
  if (sharpe === null) return { weight: 'short', says: 'Out of sample nothing was traded.' }
  const lost = netProfitUsd <= 0 || sharpe <= 0
  const kept =
    lost || efficiency === null || efficiency < 0
      ? ''
      : ` The tests kept ${percent(efficiency)} of the Sharpe ratio of their searches.`
  const sure =
    probabilisticSharpe === null || lost
      ? ''
      : ` By these bars alone the true one is above zero with probability ${ratio(probabilisticSharpe)}.`
  const says =
    `Out of sample, folds chained: Sharpe ratio ${ratio(sharpe)}, ${netProfitUsd < 0 ? 'a loss' : 'a profit'} of ` +
    `${count(Math.abs(netProfitUsd))} USD in ${count(trades)} trades; ${profitableFolds} of ${folds} ${folds === 1 ? 'test' : 'tests'} made a profit.${kept}${sure}`
  if (lost) return { weight: 'against', says }
  const fades = efficiency !== null && efficiency < 0.5
  return { weight: fades || (probabilisticSharpe ?? 0) < WANTED ? 'short' : 'for', says }
}

function histories({ paths }: VerdictInput): Finding | null {
  if (paths === null) return null
  const { min, median, max, lossShare, inSample } = paths
  if (min === null || median === null || max === null || lossShare === null) return null
  const made = count(paths.paths.length)
  const shown = inSample === null ? '' : `, where the choices showed ${ratio(inSample)} in sample`
  const says =
    `Combinatorial cross-validation: of ${made} histories made of tests alone the median has a Sharpe ratio of ${ratio(median)} ` +
    `(from ${ratio(min)} to ${ratio(max)}), and ${percent(lossShare)} of them lose${shown}.`
  if (median <= 0) return { weight: 'against', says }
  const fades = inSample !== null && median < 0.5 * inSample
  return { weight: lossShare > 0.05 || fades ? 'short' : 'for', says }
}

function record(
  { bars, minimumTrackRecordBarsDeflated: needed }: Overfitting,
  barsPerYear: number | undefined,
): Finding | null {
  if (needed === null) return null
  const enough = bars >= needed
  return {
    weight: enough ? 'for' : 'short',
    says: `${count(bars)} returns (${years(bars, barsPerYear)}), and ${count(needed)} (${years(needed, barsPerYear)}) are needed to tell this from the luck of the search with ${percent(WANTED)} confidence.`,
  }
}

function activity({ trades }: VerdictInput): Finding | null {
  if (trades >= FEW_TRADES) return null
  return {
    weight: 'short',
    says: `${count(trades)} round ${trades === 1 ? 'trip' : 'trips'}: fewer than ${FEW_TRADES} say little, whatever the statistics do.`,
  }
}

/** What no cost model has taken off is the first thing that a market takes. */
function costs({ costs: paid }: VerdictInput): Finding | null {
  if (paid === null) return null
  const { perLotUsd, breakEvenUsd, lotsPerYear } = paid
  if (perLotUsd > 0) return null
  const left =
    breakEvenUsd > 0
      ? `: at ${count(lotsPerYear)} lots a year, ${usd(breakEvenUsd)} USD a lot and side would leave nothing`
      : ', and it loses all the same'
  return { weight: 'short', says: `No costs were charged${left} (--costs config charges them).` }
}

function usd(value: number): string {
  return value < 100 ? value.toFixed(2) : count(value)
}

/** A plateau is worth more than a peak. */
function plateau({ neighbours, overfitting: { sharpe } }: VerdictInput): Finding | null {
  if (neighbours.length < 2 || sharpe === null || sharpe <= 0) return null
  const beside = neighbours.reduce((sum, one) => sum + one, 0) / neighbours.length
  if (beside >= 0.5 * sharpe) return null
  return {
    weight: 'short',
    says: `A peak and no plateau: the ${neighbours.length} cells one step beside the chosen one show ${ratio(beside)} on average, and it shows ${ratio(sharpe)}.`,
  }
}

function edges({ atEdge }: VerdictInput): Finding | null {
  if (atEdge.length === 0) return null
  const names = atEdge.map(({ name, value }) => `${name} ${value}`).join(' and ')
  return {
    weight: 'note',
    says: `The best ${names} ${atEdge.length === 1 ? 'is the end of its range' : 'are the ends of their ranges'}: what lies beyond was not searched.`,
  }
}

function steadiness({ restless }: VerdictInput): Finding | null {
  if (restless.length === 0) return null
  const moves = restless.map(({ name, values }) => `${name} (${values.join(', ')})`).join(' and ')
  return {
    weight: 'note',
    says: `From fold to fold ${moves} ${restless.length === 1 ? 'jumps' : 'jump'} no less than chance would make ${restless.length === 1 ? 'it' : 'them'}: each search found something else.`,
  }
}
