import type { EiaSection } from '../../config/sections/eia.js'
import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { periodStart } from '../series/period.js'
import type { VendorValues } from '../series/vendor-values.js'
import type { EiaBatch } from './plan-batches.js'
import { schemaSurprise, type EiaRow } from './schema.js'

/**
 * The rows of a batch, split by series. Rows outside the window are left out; the same value twice is one value, and
 * two values for one period are a surprise that throws.
 */
export function mapRows(
  rows: readonly EiaRow[],
  batch: EiaBatch,
  units: EiaSection['units'],
): ReadonlyMap<string, VendorValues> {
  const from = batch.from === null ? Number.NEGATIVE_INFINITY : periodStart(batch.from, batch.frequency)
  const to = batch.to ?? Number.POSITIVE_INFINITY
  const found = new Map(
    batch.ids.map((id) => [id, { values: new Map<EpochDay, number>(), missing: new Set<EpochDay>(), unit: '' }]),
  )
  for (const { id, day, value, unit } of rows) {
    const series = found.get(id)
    if (!series || day < from || day > to) continue
    series.unit ||= unit
    if (value === null) {
      series.missing.add(day)
      continue
    }
    const before = series.values.get(day)
    if (before !== undefined && before !== value) {
      throw schemaSurprise(batch.route, id, `two values for ${isoFromDay(day)}: ${before} and ${value}`)
    }
    series.values.set(day, value)
  }
  return new Map(
    [...found].map(([id, { values, missing, unit }]) => {
      const days = [...values.keys()].sort((a, b) => a - b)
      return [
        id,
        {
          id,
          unit: unit === '' ? null : (units.get(unit.toUpperCase()) ?? unit),
          vendorUnit: unit === '' ? null : unit,
          period: Int32Array.from(days),
          value: Float64Array.from(days, (day) => values.get(day)!),
          missing: [...missing].filter((day) => !values.has(day)).length,
        },
      ]
    }),
  )
}
