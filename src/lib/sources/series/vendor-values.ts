/** One series of an answer, ascending by period, in our unit. */
export interface VendorValues {
  readonly id: string
  /** Ours where the configuration knows it, else the vendor's; null where it gives none. */
  readonly unit: string | null
  /** The vendor's own words for the unit. */
  readonly vendorUnit: string | null
  readonly period: Int32Array
  readonly value: Float64Array
  /** Periods that the vendor lists without a value. */
  readonly missing: number
}
