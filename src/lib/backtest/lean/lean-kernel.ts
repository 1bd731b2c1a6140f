import { NO_MOVE } from '../metrics/growth.js'
import type { HoldingSides } from '../strategy.js'

/** Lots decided at the closes of bars, only where they become others; made once and filled again for each cell. */
export interface PositionChanges {
  readonly bar: Int32Array
  /** Lots to hold from the fill after that bar on. */
  readonly lots: Float64Array
  count: number
}

/** Stretches of bars on which the same lots are held: equity is `baseUsd` + `lots` × mark. */
export interface Segments {
  /** First bar of each, ascending. */
  readonly bar: Int32Array
  readonly lots: Float64Array
  readonly baseUsd: Float64Array
  count: number
}

/** Equity that is a rounding below its peak is at it: the engine's sums come out level where these do not. */
export const LEVEL = 1 - NO_MOVE

/** What {@link LeanKernel.follow} says of a run, in the order of {@link LeanKernel.facts}. */
export const FACTS = [
  'sum',
  'squares',
  'lowestUsd',
  'stretches',
  'deepest',
  'deepestUsd',
  'longestBars',
  'depths',
] as const

/**
 * The loops over bars of a lean run, and the columns that they read and write, which each run writes anew. There are two kinds,
 * and what they compute is the same to the last bit.
 */
export interface LeanKernel {
  readonly kind: 'wasm' | 'plain'
  readonly changes: PositionChanges
  readonly segments: Segments
  /** Before the first bar of a run, then at the close of each. */
  readonly equityUsd: Float64Array
  /** Sums and sums of squares of the returns in blocks of `BLOCK_BARS`. */
  readonly blockSums: Float64Array
  readonly blockSquares: Float64Array
  /**
   * Of the last `follow`: sums of all returns and of their squares, the lowest equity, how many stretches below a former peak, the
   * deepest as a share of the peak and in USD, the longest in bars, and the sum of their depths.
   */
  readonly facts: Float64Array
  /** The column in the kernel's own memory, for good; itself where there is no room, or no such memory. */
  adopt(column: Float64Array): Float64Array
  /** Fills `changes` with the lots of both sides, from the bar `first` on. */
  changesOfSide(sides: HoldingSides, first: number, longLots: number, shortLots: number): void
  /** Equity of `segments` on the bars `from` to `until`; returns on how many of them a position is held. */
  traceEquity(from: number, until: number): number
  /** First of the traced bars at whose close equity is nothing or below the margin of the lots held; `until` where there is none. */
  firstUnderMargin(from: number, until: number): number
  /** Returns and drawdowns of the first `count` traced bars. */
  follow(count: number): void
}

/** What a kernel is made for. */
export interface KernelShape {
  readonly markUsd: Float64Array
  /** Margin of a lot below which equity is ruin; null where there is none. */
  readonly maintenanceMarginUsd: Float64Array | null
  /** The most segments that a run can have. */
  readonly segments: number
}
