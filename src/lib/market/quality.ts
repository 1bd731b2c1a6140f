import type { EpochDay } from '../kernel/day.js'

/** Why a row was refused or flagged. */
export type QualityReason =
  | 'non-trading-day'
  | 'not-a-number'
  | 'zero-price'
  | 'low-above-high'
  | 'spike'
  | 'stale'
  | 'duplicate'
  | 'conflicting-duplicate'
  | 'unit'
  | 'close-outside-range'
  | 'expired-contract'
  | 'gap'
  | 'crossed'

/** One row that was looked at twice, named so that a person can find it in the file. */
export interface QualityFinding {
  readonly series: string
  readonly day: EpochDay
  /** Contract code, column or field. */
  readonly what: string
  readonly value: number | null
  readonly reason: QualityReason
  /** A dropped row is not in the lake; a kept one is, with this warning. */
  readonly action: 'dropped' | 'kept'
}

export interface Gated<T> {
  readonly kept: T
  readonly findings: readonly QualityFinding[]
}
