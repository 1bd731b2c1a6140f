import { ContangoError } from '../../kernel/errors.js'
import type { PriceUnit, Product } from '../../market/instrument.js'
import type { Chart } from '../chart.js'

export interface CurveChartPoint {
  readonly rank: number
  /** Contract code: CLF24. */
  readonly contract: string
  /** `2024-01`. */
  readonly deliveryMonth: string
  /** Last trading day, `2023-12-19`. */
  readonly expiry: string
  /** In the chart's unit; may be ≤ 0. */
  readonly settlement: number
}

/** What rank `rank` settled at over some history, in the chart's unit. */
export interface CurveChartBandPoint {
  readonly rank: number
  readonly min: number
  readonly p10: number
  readonly median: number
  readonly p90: number
  readonly max: number
}

export interface CurveChartInput {
  /** As a desk says it: "WTI". */
  readonly name: string
  readonly product: Product
  readonly unit: PriceUnit
  /** Settlement day, `2023-12-29`. */
  readonly date: string
  readonly points: readonly CurveChartPoint[]
  readonly structure: 'contango' | 'backwardation' | 'mixed' | null
  /** Rank 1 − rank 12; positive in backwardation; null where there are fewer than 12. */
  readonly m1m12: number | null
  /** An earlier curve, drawn thin. */
  readonly against?: {
    readonly date: string
    readonly points: readonly Pick<CurveChartPoint, 'deliveryMonth' | 'settlement'>[]
  } | null
  /** Settlements at each rank over some history, drawn grey behind the curve. */
  readonly band?: readonly CurveChartBandPoint[] | null
  /** What the band is of: "last 252 settlements". */
  readonly bandLabel?: string
  readonly simulated: boolean
  /** "csv", "eia", "simulator". */
  readonly source: string
}

/** The futures curve of one product by delivery month, in front of its own history. */
export function curveChart(_input: CurveChartInput): Chart {
  throw new ContangoError('bug', 'NOT_BUILT', 'curve chart')
}
