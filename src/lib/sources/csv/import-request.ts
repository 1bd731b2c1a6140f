import type { PublicationsSection } from '../../config/sections/publications.js'
import type { DatasetColumns } from '../../market/dataset.js'
import type { Market } from '../../market/market.js'
import type { DateFormat } from './day-column.js'

export const LAYOUTS = ['ranks', 'contracts', 'series', 'bars', 'vintages', 'positions', 'expiries'] as const
export type Layout = (typeof LAYOUTS)[number]

/** What the flags say beyond what a file says of itself. */
export interface ImportRequest {
  readonly layout?: Layout
  /** Column as in the file → column as the layouts know it. */
  readonly renames: ReadonlyMap<string, string>
  /** `''` is the unit of everything; other keys are products, symbols or series ids. */
  readonly units: ReadonlyMap<string, string>
  readonly symbol?: string
  readonly series?: string
  readonly dateFormat?: DateFormat
}

/** All that turning rows into datasets needs besides the rows. */
export interface ImportDesk {
  readonly market: Market
  readonly publications: PublicationsSection
  readonly request: ImportRequest
  readonly warn: (code: string, message: string, details?: Readonly<Record<string, unknown>>) => void
  readonly signal: AbortSignal
}

export interface IgnoredColumn {
  readonly column: string
  readonly reason: string
}

/** One row of a table of last trading days against the exchange's rule. */
export interface ExpiryDifference {
  readonly line: number
  readonly contract: string
  readonly lastTradingDay: string
  readonly rule: string
}

/** What a table of last trading days was found to say; nothing of it is stored. */
export interface ExpiryCheck {
  readonly rows: number
  readonly agree: number
  /** Rows whose date is the last trading day of the contract one or two months off: the label is wrong, the date right. */
  readonly mislabelled: number
  readonly differ: readonly ExpiryDifference[]
}

/** The datasets of one file, ascending, duplicates still in. */
export interface ParsedLayout {
  readonly datasets: readonly DatasetColumns[]
  readonly ignoredColumns: readonly IgnoredColumn[]
  /** Cells that held no value. */
  readonly missing: number
  readonly expiries?: ExpiryCheck
}
