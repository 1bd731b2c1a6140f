import type { BootstrapWeights } from './block-bootstrap.js'
import { cscv, type Cscv } from './cscv.js'
import { snoopingMaxima, type SnoopingMaxima } from './data-snooping.js'
import type { TrialBlocks } from './trial-blocks.js'

/** What the tests of a search look at; plain values, so that a worker thread can take it up. */
export interface OverfittingJob {
  readonly trials: TrialBlocks
  readonly weights: BootstrapWeights
  /** Of cross-validation; 0 for none. */
  readonly parts: number
}

/** A part of the tests: cross-validation, or the bootstrap of some trials. */
export type OverfittingPart = 'cscv' | { readonly from: number; readonly until: number }

export type OverfittingFound = { readonly cscv: Cscv } | { readonly maxima: SnoopingMaxima }

/** Trials of one part of the bootstrap. */
const PART_TRIALS = 256

/** The longest first. What they find together does not depend on who computes which. */
export function overfittingParts({ trials, parts }: OverfittingJob): OverfittingPart[] {
  const found: OverfittingPart[] = parts > 0 && trials.trials > 1 ? ['cscv'] : []
  for (let from = 0; from < trials.trials; from += PART_TRIALS)
    found.push({ from, until: Math.min(trials.trials, from + PART_TRIALS) })
  return found
}

export function overfittingPart({ trials, weights, parts }: OverfittingJob, part: OverfittingPart): OverfittingFound {
  if (part === 'cscv') return { cscv: cscv(trials, parts) }
  return { maxima: snoopingMaxima(trials, weights, null, part.from, part.until) }
}
