import type { PriceUnit, Product } from './instrument.js'

/** Where columns came from: one entry of a document's `inputs[]`. */
export interface Provenance {
  /** CL, RWTC, WCESTUS1 … */
  readonly series: string
  readonly kind: DatasetColumns['kind']
  /** csv, eia, sim, or what `--source-name` said. */
  readonly source: string
  readonly simulated: boolean
  /** Of the slice that was read: columns in schema order, little-endian, one canonical NaN. */
  readonly sha256: string
  readonly rows: number
  readonly first: string | null
  readonly last: string | null
}

/** Daily settlements of every listed contract of one product, long form, ascending by (day, month). */
export interface CurveColumns {
  readonly kind: 'curves'
  readonly product: Product
  readonly unit: PriceUnit
  /** Epoch days. */
  readonly day: Int32Array
  /** Contract month, yyyymm. */
  readonly month: Int32Array
  /** 1 is the nearest contract whose last trading day has not passed. */
  readonly rank: Int32Array
  /** In `unit`; never NaN (a contract without a settlement has no row). May be ≤ 0. */
  readonly settlement: Float64Array
  /** Contracts; NaN where unknown. Absent where the source has none. */
  readonly openInterest?: Float64Array
  /** Contracts; NaN where unknown. */
  readonly volume?: Float64Array
}

/** Daily bars of one symbol, ascending by day, NaN where a field is missing. */
export interface BarColumns {
  readonly kind: 'bars'
  /** The lake's symbol: CL, BRN … for front-month splices as delivered, VIX for an index. */
  readonly symbol: string
  readonly unit: string
  readonly sessionDay: Int32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  readonly openInterest?: Float64Array
}

/** Where known-on dates come from: the vendor's own stamp, or the publication rule. */
export type KnownOnFrom = 'vendor' | 'rule'

/** One number per period with its vintages, ascending by (period, knownOn). */
export interface SeriesColumns {
  readonly kind: 'series'
  /** RWTC, WCESTUS1, DGS10 … */
  readonly id: string
  readonly unit: string
  readonly frequency: 'daily' | 'weekly' | 'monthly'
  /** The day, the week-ending Friday, or the first of the month that the value is about. */
  readonly period: Int32Array
  /** First day whose 14:30 New York decision may use the value. */
  readonly knownOn: Int32Array
  readonly value: Float64Array
  readonly knownOnFrom: KnownOnFrom
}

/** Quotes of one ticker as they came, ascending by time; NaN where a number was not known. */
export interface TickColumns {
  readonly kind: 'ticks'
  /** The ticker with "_" for what a folder's name cannot hold: CL1_Comdty. */
  readonly ticker: string
  readonly unit: string
  /** UTC day of `timeMs`. */
  readonly day: Int32Array
  /** When the tick arrived, milliseconds since 1970-01-01 UTC. */
  readonly timeMs: Float64Array
  readonly last: Float64Array
  /** Against the settlement before. */
  readonly change: Float64Array
  readonly bid: Float64Array
  readonly ask: Float64Array
  /** 1 where nothing had come for a while or the line was down, else 0. */
  readonly stale: Int32Array
}

/** Bars of some minutes of one ticker, ascending by their start; NaN where a field is missing. */
export interface IntradayColumns {
  readonly kind: 'intraday'
  /** The ticker and the bar's length: CL1_Comdty_5m. */
  readonly ticker: string
  readonly unit: string
  /** UTC day of `timeMs`. */
  readonly day: Int32Array
  /** Start of the bar, milliseconds since 1970-01-01 UTC. */
  readonly timeMs: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

export type DatasetColumns = CurveColumns | BarColumns | SeriesColumns | TickColumns | IntradayColumns

/** In the order in which a list of them stands. */
export const DATASET_KINDS = [
  'bars',
  'curves',
  'intraday',
  'series',
  'ticks',
] as const satisfies readonly DatasetColumns['kind'][]

/** The days or periods of a dataset, ascending. */
export function datasetDays(columns: DatasetColumns): Int32Array {
  switch (columns.kind) {
    case 'bars':
      return columns.sessionDay
    case 'series':
      return columns.period
    default:
      return columns.day
  }
}

/** The name under which a dataset is filed: product, symbol, series id or ticker. */
export function datasetName(columns: DatasetColumns): string {
  switch (columns.kind) {
    case 'curves':
      return columns.product
    case 'bars':
      return columns.symbol
    case 'series':
      return columns.id
    case 'ticks':
    case 'intraday':
      return columns.ticker
  }
}
