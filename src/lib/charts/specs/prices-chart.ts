import { ContangoError } from '../../kernel/errors.js'
import type { PriceUnit, Product } from '../../market/instrument.js'
import type { Chart } from '../chart.js'

export interface PricePanel {
  readonly product: Product
  /** "WTI". */
  readonly name: string
  readonly unit: PriceUnit
  /** Front contract: CLG24. */
  readonly contract: string
  /** In `unit`; may be ≤ 0. */
  readonly last: number
  /** In `unit`; null where the contract had no settlement the day before. */
  readonly change: number | null
  /** Per cent; null where the base is ≤ 0. */
  readonly changePercent: number | null
  /** Epoch days, ascending: the last year. */
  readonly days: Int32Array
  /** Rank-1 settlements in `unit`; NaN breaks the line. */
  readonly values: Float64Array
}

export interface PricesChartInput {
  /** `2023-12-29`. */
  readonly asOf: string
  readonly products: readonly PricePanel[]
  readonly simulated: boolean
  readonly source: string
}

/** Small multiples: each front month over the last year, with its place between the year's low and high. */
export function pricesChart(_input: PricesChartInput): Chart {
  throw new ContangoError('bug', 'NOT_BUILT', 'prices chart')
}
