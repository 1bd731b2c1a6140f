import { graded } from './graded.js'
import type { SignalColumn, SignalDefinition, SignalHistory, SignalParameters } from './signal.js'

export interface GradedHistory {
  readonly value: Float64Array
  readonly unit: string
  /** What is graded: positive is LONG, in the unit of `entry` and `full`; NaN where the signal is not known. */
  readonly x: Float64Array
  readonly columns: readonly SignalColumn[]
  /** By default each day's own: the settlement that the decision is taken at. */
  readonly knownOn?: Int32Array
  /** 0 to 1; by default 1. */
  readonly freshness?: Float64Array
  readonly period?: Int32Array
}

/** A history whose score is a graded number, by the signal's parameters `entry` and `full`. */
export function gradedHistory(
  { name, family }: Pick<SignalDefinition, 'name' | 'family'>,
  days: Int32Array,
  { entry, full }: SignalParameters,
  { value, unit, x, columns, knownOn = days, freshness, period }: GradedHistory,
): SignalHistory {
  const score = new Float64Array(days.length)
  const confidence = new Float64Array(days.length)
  for (let i = 0; i < days.length; i++) {
    score[i] = graded(x[i], entry, full)
    confidence[i] = 100 * Math.abs(score[i]) * (freshness === undefined || score[i] === 0 ? 1 : freshness[i])
  }
  return { name, family, days, score, confidence, value, unit, knownOn, period, columns }
}
