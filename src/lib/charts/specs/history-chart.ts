import { ContangoError } from '../../kernel/errors.js'
import type { Product } from '../../market/instrument.js'
import type { Chart } from '../chart.js'

export interface HistorySeries {
  /** Written at the end of the line: "WTI M1". */
  readonly label: string
  /** Gives the line its product's colour. */
  readonly product?: Product
  /** Epoch days, ascending. */
  readonly days: Int32Array
  /** In the chart's unit; NaN breaks the line. */
  readonly values: Float64Array
}

/** Levels of some history, drawn grey across the whole picture. */
export interface LevelBand {
  readonly min: number
  readonly p10: number
  readonly median: number
  readonly p90: number
  readonly max: number
}

export interface HistoryChartInput {
  /** The finding. */
  readonly title: string
  readonly subtitle: string
  readonly unit: string
  readonly series: readonly HistorySeries[]
  readonly band?: LevelBand | null
  /** Draw a line at zero, and let the axis reach it. */
  readonly zeroLine: boolean
  readonly simulated: boolean
  readonly source: string
  /** `2023-12-29`. */
  readonly asOf: string
  /** Decimals of the label; by default those of the unit. */
  readonly digits?: number
}

/** One or more lines over time, the last value of each written beside it. */
export function historyChart(_input: HistoryChartInput): Chart {
  throw new ContangoError('bug', 'NOT_BUILT', 'history chart')
}
