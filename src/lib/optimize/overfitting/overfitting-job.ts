import { combinatorialCrossValidation, type Combinatorial, type CombinatorialPlan } from '../folds/combinatorial.js'
import type { BootstrapWeights } from './block-bootstrap.js'
import { cscv, type Cscv } from './cscv.js'
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

/** Trials of one part of the bootstrap. */
const PART_TRIALS = 256

/** The longest first. What they find together does not depend on who computes which. */
export function overfittingParts({ trials, parts, combinatorial }: OverfittingJob): OverfittingPart[] {
  const several = trials.trials > 1
  const found: OverfittingPart[] = parts > 0 && several ? ['cscv'] : []
  if (combinatorial !== null && several) found.push('combinatorial')
  found.push('worth')
  for (let from = 0; from < trials.trials; from += PART_TRIALS)
    found.push({ from, until: Math.min(trials.trials, from + PART_TRIALS) })
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
