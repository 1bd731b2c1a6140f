import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import type { VendorValues } from '../series/vendor-values.js'
import type { CftcBatch } from './plan.js'
import { positionId } from './positions.js'
import { schemaSurprise, type CftcRow } from './schema.js'

/** The rows of a batch, split by series. The same row twice is one row; two counts for one week are a surprise. */
export function mapRows(rows: readonly CftcRow[], batch: CftcBatch): ReadonlyMap<string, VendorValues> {
  const series = new Map<string, VendorValues>()
  for (const code of batch.codes) {
    const byDay = new Map<EpochDay, CftcRow>()
    for (const row of rows) {
      if (row.code !== code) continue
      const before = byDay.get(row.day)
      const differs = before?.counts.findIndex((count, f) => count !== row.counts[f]) ?? -1
      if (before && differs >= 0) {
        const what = `two values for ${isoFromDay(row.day)}: ${before.counts[differs]} and ${row.counts[differs]}`
        throw schemaSurprise(batch.report, `${code} ${batch.fields[differs][0]}`, what)
      }
      byDay.set(row.day, row)
    }
    const weeks = [...byDay.values()].sort((a, b) => a.day - b.day)
    for (const [f, [, part]] of batch.fields.entries()) {
      const given = weeks.filter((row) => row.counts[f] !== null)
      const id = positionId(code, batch.combined, part)
      series.set(id, {
        id,
        unit: 'contracts',
        vendorUnit: 'contracts',
        period: Int32Array.from(given, (row) => row.day),
        value: Float64Array.from(given, (row) => row.counts[f]!),
        missing: weeks.length - given.length,
      })
    }
  }
  return series
}
