import { combinatorialCrossValidation, type Combinatorial, type CombinatorialPlan } from '../folds/combinatorial.js'
import type { BootstrapWeights } from './block-bootstrap.js'
import { binomial, cscv, type Cscv } from './cscv.js'
import { snoopingMaxima, type SnoopingMaxima } from './data-snooping.js'
import { effectiveTrials, type EffectiveTrials } from './effective-trials.js'
import type { TrialBlocks } from './trial-blocks.js'

/** What the tests of a search look at; plain values, so that a worker thread can take it up. */
export interface OverfittingJob {
  readonly trials: TrialBlocks
  readonly weights: BootstrapWeights
  /** Of symmetric cross-validation; 0 for none. */
  readonly parts: number
  /** Of combinatorial purged cross-validation; null for none. */
  readonly combinatorial: CombinatorialPlan | null
}

/** A part of the tests: one kind of them, or the bootstrap of some trials. */
export type OverfittingPart = 'cscv' | 'combinatorial' | 'worth' | { readonly from: number; readonly until: number }

export interface OverfittingFound {
  readonly cscv?: Cscv
  readonly combinatorial?: Combinatorial
  readonly worth?: EffectiveTrials
  readonly maxima?: SnoopingMaxima
}

/** Trials of one part of the bootstrap, fewer where one takes long: each part lays out the weights once. */
const PART_TRIALS = 256
const FEWEST_TRIALS = 16
const PART_MS = 100
/** Of the bootstrap a resample and block, and of cross-validation a split; each of one trial, roughly. */
const RESAMPLE_NS = 0.8
const SPLIT_NS = 10

/** Milliseconds of all tests on one thread, roughly. */
export function overfittingMs({ trials, weights, parts }: OverfittingJob): number {
  const splits = parts > 0 ? binomial(parts, parts / 2) : 0
  return (trials.trials * (weights.resamples * trials.blocks * RESAMPLE_NS + splits * SPLIT_NS)) / 1e6
}

/** The longest first. What they find together does not depend on who computes which. */
export function overfittingParts({ trials, weights, parts, combinatorial }: OverfittingJob): OverfittingPart[] {
  const several = trials.trials > 1
  const found: OverfittingPart[] = parts > 0 && several ? ['cscv'] : []
  if (combinatorial !== null && several) found.push('combinatorial')
  found.push('worth')
  const trialMs = (weights.resamples * trials.blocks * RESAMPLE_NS) / 1e6
  const size = Math.max(FEWEST_TRIALS, Math.min(PART_TRIALS, Math.floor(PART_MS / trialMs)))
  for (let from = 0; from < trials.trials; from += size)
    found.push({ from, until: Math.min(trials.trials, from + size) })
  return found
}

export function overfittingPart(
  { trials, weights, parts, combinatorial }: OverfittingJob,
  part: OverfittingPart,
): OverfittingFound {
  if (part === 'cscv') return { cscv: cscv(trials, parts) }
  if (part === 'worth') return { worth: effectiveTrials(trials) }
  if (part === 'combinatorial') {
    return combinatorial === null ? {} : { combinatorial: combinatorialCrossValidation(trials, combinatorial) }
  }
  return { maxima: snoopingMaxima(trials, weights, null, part.from, part.until) }
}
