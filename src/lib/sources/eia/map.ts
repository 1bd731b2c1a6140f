import type { EiaSection } from '../../config/sections/eia.js'
import type { EpochDay } from '../../kernel/day.js'
import type { EiaBatch } from './plan-batches.js'
import { dayOfStamp, periodStart } from './period.js'
import { schemaSurprise, type EiaRow } from './schema.js'

/** One series of an answer, ascending by period, in our unit. */
export interface EiaValues {
  readonly id: string
  readonly unit: string | null
  /** The vendor's own words for the unit. */
  readonly vendorUnit: string | null
  readonly period: Int32Array
  readonly value: Float64Array
  /** Periods that the vendor lists without a value. */
  readonly missing: number
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * The rows of a batch, split by series. A value that is no number, a period that is no date, a series that was not
 * asked for or two values for one period are surprises: they throw, naming the row.
 */
export function mapRows(rows: readonly EiaRow[], batch: EiaBatch, config: EiaSection): Map<string, EiaValues> {
  const from = batch.from === null ? Number.NEGATIVE_INFINITY : periodStart(batch.from, batch.frequency)
  const to = batch.to ?? Number.POSITIVE_INFINITY
  const missingWords = new Set(config.missingValues)
  const found = new Map(
    batch.ids.map((id) => [id, { values: new Map<EpochDay, number>(), missing: new Set<EpochDay>(), unit: '' }]),
  )
  for (const [i, row] of rows.entries()) {
    const surprise = (key: string, what: string): Error => schemaSurprise(batch.route, `row ${i + 1}, ${key}`, what)
    const id = seriesOf(row, batch)
    const series = id === null ? undefined : found.get(id)
    if (!series) throw surprise(batch.facet, id === null ? 'missing' : `"${short(id)}" was not asked for`)
    const day = dayOfStamp(row.period, batch.frequency)
    if (day === null) throw surprise('period', `"${short(row.period)}" is no ${batch.frequency} period`)
    series.unit ||= (row.units ?? row.unit ?? row['value-units'] ?? '').trim()
    if (day < from || day > to) continue
    if (row.value === null || (typeof row.value === 'string' && missingWords.has(row.value.trim()))) {
      series.missing.add(day)
      continue
    }
    const value = typeof row.value === 'number' ? row.value : NUMBER.test(row.value.trim()) ? Number(row.value) : NaN
    if (!Number.isFinite(value)) throw surprise('value', `"${short(String(row.value))}" is no number`)
    const before = series.values.get(day)
    if (before !== undefined && before !== value) {
      throw surprise('value', `${id} has two values for ${row.period}: ${before} and ${value}`)
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
          unit: unit === '' ? null : (config.units.get(unit.toUpperCase()) ?? unit),
          vendorUnit: unit === '' ? null : unit,
          period: Int32Array.from(days),
          value: Float64Array.from(days, (day) => values.get(day)!),
          missing: [...missing].filter((day) => !values.has(day)).length,
        },
      ]
    }),
  )
}

/** The id stands under the facet's name; a batch of one needs none. */
function seriesOf(row: EiaRow, batch: EiaBatch): string | null {
  const named = row[batch.facet] ?? row.series ?? row.seriesId
  if (typeof named === 'string') return named
  return batch.ids.length === 1 ? batch.ids[0] : null
}

/** Text from outside in a message: short, and on one line. */
function short(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f]+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
