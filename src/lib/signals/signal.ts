import type { CarryAssumptions } from '../analytics/full-carry.js'
import type { SeriesColumns } from '../market/dataset.js'
import type { PriceUnit, Product } from '../market/instrument.js'
import type { Parameter } from './indicators/indicator.js'

export type Direction = 'LONG' | 'SHORT' | 'NEUTRAL'

/** In the order in which answers list them. */
export const SIGNAL_FAMILIES = ['technical', 'fundamental', 'ml'] as const
export type SignalFamily = (typeof SIGNAL_FAMILIES)[number]

/** One of the numbers that made a signal, as long as its days; NaN where it is not known. */
export interface SignalColumn {
  readonly name: string
  readonly unit: string
  readonly values: Float64Array
  /** The day on which each became known; that of the signal where it is left out. */
  readonly knownOn?: Int32Array
}

/**
 * A signal on every decision day of a product. The decision of day t is taken at its settlement and uses what was known
 * then; what it earns begins with the change from t to the next settlement. Cutting the end off changes nothing before.
 */
export interface SignalHistory {
  readonly name: string
  readonly family: SignalFamily
  /** Decision days: the days on which the product settled. */
  readonly days: Int32Array
  /** −1 to 1: the sign is the direction, the size the strength, 0 is neutral; NaN where the signal is not known. */
  readonly score: Float64Array
  /** 0 to 100: 100 × |score| × freshness; 0 where neutral, NaN where not known. It is no probability. */
  readonly confidence: Float64Array
  /** The number that the rule looks at, in `unit`; it may be known where the score is not. */
  readonly value: Float64Array
  readonly unit: string
  /** Latest day on which an input of the day's score became known, never after the day itself. */
  readonly knownOn: Int32Array
  /** What the last report is about, of a signal made from reports; 0 before the first. */
  readonly period?: Int32Array
  /** The other numbers that made it. */
  readonly columns: readonly SignalColumn[]
}

/** What a signal may ask for. */
export type SignalInput = 'close' | 'curve' | 'crack' | 'calendar' | 'stocks' | 'positions' | 'opec' | 'turnarounds'

/** Contracts around the one that is held, on each decision day, in the product's unit; NaN where one did not settle. */
export interface CurvePoints {
  /** The contract held. */
  readonly near: Float64Array
  /** One month behind it, and the calendar days between the two last trading days. */
  readonly next: Float64Array
  readonly nextDays: Float64Array
  /** Two months behind it. */
  readonly second: Float64Array
  readonly secondDays: Float64Array
  /** Twelve months behind it. */
  readonly year: Float64Array
  readonly yearDays: Float64Array
  /** Least-squares slope over the twelve contracts from the one held on, price a month; NaN with fewer than six. */
  readonly slope: Float64Array
  /** USD/bbl for one unit of the quote; null for natural gas. */
  readonly usdPerBbl: number | null
}

/** A spread on the days on which all of its legs settled. */
export interface SpreadInput {
  readonly name: string
  readonly title: string
  readonly unit: PriceUnit
  readonly days: Int32Array
  readonly values: Float64Array
  /** 1 where buying the spread buys the product, −1 where it sells it. */
  readonly side: 1 | -1
}

/** Weekly stocks with every vintage. */
export interface StocksInput {
  readonly title: string
  readonly series: SeriesColumns
}

/** Weekly positions of one group of traders with every vintage, in contracts. */
export interface PositionsInput {
  readonly title: string
  readonly long: SeriesColumns
  readonly short: SeriesColumns
  readonly openInterest: SeriesColumns
}

/** Production, baselines and quotas of the members with a quota, with every vintage. */
export interface OpecInput {
  readonly members: readonly {
    readonly name: string
    readonly production: SeriesColumns
    readonly baseline: SeriesColumns
    readonly quota: SeriesColumns
  }[]
}

/** Capacity offline by week with every vintage. */
export interface TurnaroundsInput {
  readonly series: SeriesColumns
  /** input: the product is what refineries buy; output: what they make. */
  readonly side: 'input' | 'output'
}

/** All that signals of one product are made of: what was known by the last of `days`. */
export interface SignalInputs {
  readonly product: Product
  readonly unit: PriceUnit
  readonly days: Int32Array
  /**
   * Settlements of the contract held, joined forward: the first settlement plus every contract-true change since. A later
   * roll moves none of them; a level is no price, only differences are.
   */
  readonly close: Float64Array
  readonly curve: CurvePoints
  /** What holding a barrel costs. */
  readonly carry: CarryAssumptions
  readonly crack: SpreadInput | null
  readonly calendar: SpreadInput | null
  readonly stocks: StocksInput | null
  readonly positions: PositionsInput | null
  readonly opec: OpecInput | null
  readonly turnarounds: TurnaroundsInput | null
}

/** Parameters of one signal by name. */
export type SignalParameters = Readonly<Record<string, number>>

/** One signal: what it needs, its rule, and how it is computed and said. */
export interface SignalDefinition {
  /** As typed: `rsi`, `ma-cross-fast`. */
  readonly name: string
  readonly family: SignalFamily
  readonly title: string
  /** The rule in one line. */
  readonly rule: string
  readonly parameters: readonly Parameter[]
  readonly needs: readonly SignalInput[]
  /** True where a constant added to every price of the product changes nothing. */
  readonly shiftInvariant: boolean
  /** Decision days before the first value can come; a signal made from reports, or from past years, may need more. */
  warmUp(params: SignalParameters): number
  /** Why these parameters do not go together; null where they do. */
  conflict?(params: SignalParameters): string | null
  compute(inputs: SignalInputs, params: SignalParameters): SignalHistory
  /** A sentence with the numbers of day `i`, or why the signal is not known then. */
  reason(history: SignalHistory, i: number, params: SignalParameters): string
}

/** LONG above 0, SHORT below, NEUTRAL at 0; null where the score is not known. */
export function directionOf(score: number): Direction | null {
  if (Number.isNaN(score)) return null
  return score > 0 ? 'LONG' : score < 0 ? 'SHORT' : 'NEUTRAL'
}
