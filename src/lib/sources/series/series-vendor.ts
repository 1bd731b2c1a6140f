import type { HttpSection } from '../../config/http-section.js'
import type { EpochDay } from '../../kernel/day.js'
import type { ContangoError } from '../../kernel/errors.js'
import type { SeriesColumns } from '../../market/dataset.js'
import type { HttpClient } from '../http/client.js'
import type { VendorValues } from './vendor-values.js'

/** Series that one request carries. */
export interface SeriesBatch {
  readonly ids: readonly string[]
  readonly frequency: SeriesColumns['frequency']
  /** null for everything there is. */
  readonly from: EpochDay | null
  readonly to: EpochDay | null
}

/** The whole answer to a batch. */
export interface BatchValues {
  /** Every id of the batch has an entry; an error where the answer is good for the others and not for this one. */
  readonly values: ReadonlyMap<string, VendorValues | ContangoError>
  /** Pages, whether from the network or from the disk. */
  readonly requests: number
  /** Every page came from the disk. */
  readonly cached: boolean
}

/** What differs from vendor to vendor when series are fetched. */
export interface SeriesVendor<Batch extends SeriesBatch> {
  /** The lake's name of the source: `eia`. */
  readonly source: string
  /** In messages and, in upper case, before error codes: `EIA`. */
  readonly name: string
  readonly http: HttpSection
  readonly cacheMegabytes: number
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /** The key, if there is one: whatever is written or said leaves it out. */
  readonly key: string | null
  fetchBatch(batch: Batch, http: HttpClient, redact: (text: string) => string): Promise<BatchValues>
  /** The vendor has nothing of a series that the lake lacks. */
  noRows(id: string, batch: Batch, missing: number): ContangoError
}
