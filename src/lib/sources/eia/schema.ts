import { z } from 'zod'
import type { EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { jsonPath } from '../http/json-path.js'
import { shortText } from '../http/short-text.js'
import { wireNumber } from '../http/wire-number.js'
import { dayOfStamp } from '../series/period.js'
import type { EiaBatch } from './plan-batches.js'

const count = z.union([z.int().min(0), z.string().regex(/^\d{1,12}$/)]).transform(Number)

/** A row as the API sends it: keys differ from route to route, and numbers have been texts since 2024. */
const Row = z.looseObject({
  period: z.string(),
  value: z.union([z.number(), z.string(), z.null()]),
  series: z.string().optional(),
  seriesId: z.string().optional(),
  units: z.string().nullable().optional(),
  unit: z.string().nullable().optional(),
  'value-units': z.string().nullable().optional(),
})

const Page = z.looseObject({
  response: z.looseObject({
    total: count,
    data: z.array(Row),
    warnings: z.array(z.looseObject({ warning: z.string(), description: z.string().optional() })).optional(),
  }),
})

/** One observation as it was sent, checked and typed. */
export interface EiaRow {
  readonly id: string
  readonly day: EpochDay
  /** null where the vendor lists the period without a value. */
  readonly value: number | null
  /** The vendor's words; empty where it gives none. */
  readonly unit: string
}

export interface EiaPage {
  readonly total: number
  readonly rows: readonly EiaRow[]
  readonly warnings: readonly { readonly warning: string; readonly description?: string }[]
}

export interface Expected extends Pick<EiaBatch, 'ids' | 'route' | 'facet' | 'frequency'> {
  /** Texts that stand for "no value". */
  readonly missingValues: readonly string[]
}

/**
 * An answer as a page of rows; throws refused EIA_SCHEMA with the JSON path of the first surprise: a key of another
 * type, a value that is no number, a period that is no date, a series that was not asked for.
 */
export function readEiaPage(json: unknown, expected: Expected): EiaPage {
  const { route, facet, frequency, missingValues } = expected
  const parsed = Page.safeParse(json)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw schemaSurprise(route, jsonPath(first.path), first.message)
  }
  const { total, data, warnings = [] } = parsed.data.response
  const missing = new Set(missingValues)
  const ids = new Set(expected.ids)
  const rows = data.map((row, i): EiaRow => {
    const surprise = (key: string, what: string): Error =>
      schemaSurprise(route, jsonPath(['response', 'data', i, key]), what)
    // the id stands under the facet's name; a request for one series needs none
    const named = row[facet] ?? row.series ?? row.seriesId ?? (ids.size === 1 ? expected.ids[0] : undefined)
    if (typeof named !== 'string') throw surprise(facet, 'missing')
    if (!ids.has(named)) throw surprise(facet, `"${shortText(named)}" was not asked for`)
    const day = dayOfStamp(row.period, frequency)
    if (day === null) throw surprise('period', `"${shortText(row.period)}" is no ${frequency} period`)
    const unit = (row.units ?? row.unit ?? row['value-units'] ?? '').trim()
    const text = typeof row.value === 'string' ? row.value.trim() : null
    if (row.value === null || (text !== null && missing.has(text))) return { id: named, day, value: null, unit }
    const value = wireNumber(row.value)
    if (!Number.isFinite(value)) throw surprise('value', `"${shortText(String(row.value))}" is no number`)
    return { id: named, day, value, unit }
  })
  return { total, rows, warnings }
}

/** The vendor sent something else than was agreed: nothing of it is stored. */
export function schemaSurprise(route: string, path: string, what: string): ContangoError {
  return new ContangoError(
    'refused',
    'EIA_SCHEMA',
    `the answer of EIA ${route} is not what it should be: ${path}: ${what}`,
    'nothing of it was stored; if it stays so, the vendor has changed its format: please report it',
    { route, path },
  )
}

const ErrorBody = z.looseObject({
  error: z.union([z.string(), z.looseObject({ code: z.string().optional(), message: z.string().optional() })]),
})

/** Code and message of an error answer; both null where it is in no known form. */
export function readEiaError(json: unknown): { readonly code: string | null; readonly message: string | null } {
  const parsed = ErrorBody.safeParse(json)
  if (!parsed.success) return { code: null, message: null }
  const { error } = parsed.data
  return typeof error === 'string'
    ? { code: null, message: error }
    : { code: error.code ?? null, message: error.message ?? null }
}
