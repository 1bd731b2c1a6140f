import { ContangoError } from '../../kernel/errors.js'
import type { Chart } from '../chart.js'
import type { LevelBand } from './history-chart.js'

/** The same season in earlier years: one level per day of the picture. */
export interface SeasonalBand {
  /** Epoch days, ascending. */
  readonly days: Int32Array
  readonly min: Float64Array
  readonly p10: Float64Array
  readonly median: Float64Array
  readonly p90: Float64Array
  readonly max: Float64Array
}

export interface SpreadPanel {
  /** crack-3-2-1 */
  readonly name: string
  /** "3-2-1 crack" */
  readonly label: string
  readonly unit: string
  /** Epoch days, ascending. */
  readonly days: Int32Array
  /** In `unit`; NaN breaks the line. */
  readonly values: Float64Array
  /** Today's, in `unit`. */
  readonly value: number
  /** 0–100; null where it has no meaning. */
  readonly percentile: number | null
  /** One band for the whole picture, or one level per day. */
  readonly band?: LevelBand | SeasonalBand | null
}

export interface SpreadsChartInput {
  /** `2023-12-29`. */
  readonly asOf: string
  readonly spreads: readonly SpreadPanel[]
  /** What the band is of: "same season of the 5 years before". */
  readonly bandLabel?: string
  readonly simulated: boolean
  readonly source: string
}

/** Small multiples: each spread over the last year in front of its own history. */
export function spreadsChart(_input: SpreadsChartInput): Chart {
  throw new ContangoError('bug', 'NOT_BUILT', 'spreads chart')
}
