import { z } from 'zod'
import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { jsonPath } from '../http/json-path.js'
import { shortText } from '../http/short-text.js'
import { wireNumber } from '../http/wire-number.js'
import type { CftcBatch } from './plan.js'

const DATE = 'report_date_as_yyyy_mm_dd'
const CODE = 'cftc_contract_market_code'

/** A row as the site sends it: numbers are texts, and a field without a value is left out. */
const Page = z.array(z.looseObject({ [DATE]: z.string(), [CODE]: z.string() }))

/** One market and week; `counts` in the order of the batch's fields, null where the site gives none. */
export interface CftcRow {
  readonly code: string
  readonly day: EpochDay
  readonly counts: readonly (number | null)[]
}

/**
 * An answer as rows; throws refused CFTC_SCHEMA with the JSON path of the first surprise: a key of another type, a count
 * that is no whole number from 0 on, a date that is none, a market that was not asked for.
 */
export function readCftcPage(document: unknown, batch: Pick<CftcBatch, 'report' | 'codes' | 'fields'>): CftcRow[] {
  const parsed = Page.safeParse(document)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw schemaSurprise(batch.report, jsonPath(first.path), first.message)
  }
  const codes = new Set(batch.codes)
  // A field that no row has is one that the publisher has renamed: silence would be a series that just ends.
  const seen = new Set(parsed.data.flatMap((row) => Object.keys(row)))
  const gone = parsed.data.length === 0 ? undefined : batch.fields.find(([field]) => !seen.has(field))
  if (gone) throw schemaSurprise(batch.report, gone[0], 'no row has this field')
  return parsed.data.map((row, i): CftcRow => {
    const surprise = (key: string, what: string): Error => schemaSurprise(batch.report, jsonPath([i, key]), what)
    const stamp = row[DATE]
    const day = /^\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?)?$/.test(stamp) ? dayFromIso(stamp.slice(0, 10)) : null
    if (day === null) throw surprise(DATE, `"${shortText(stamp)}" is no day`)
    const code = row[CODE].trim()
    if (!codes.has(code)) throw surprise(CODE, `"${shortText(code)}" was not asked for`)
    const counts = batch.fields.map(([field]) => {
      const value = row[field] ?? null
      if (value === null) return null
      const count = typeof value === 'string' || typeof value === 'number' ? wireNumber(value) : Number.NaN
      if (!Number.isInteger(count) || count < 0) {
        throw surprise(field, `${shortText(JSON.stringify(value))} is no number of contracts`)
      }
      return count
    })
    return { code, day, counts }
  })
}

/** The publisher sent something else than was agreed: nothing of it is stored. */
export function schemaSurprise(report: string, path: string, what: string): ContangoError {
  return new ContangoError(
    'refused',
    'CFTC_SCHEMA',
    `the answer of the CFTC's ${report} report is not what it should be: ${path}: ${what}`,
    'nothing of it was stored; if it stays so, the publisher has changed its format: please report it',
    { report, path },
  )
}

const ErrorBody = z.looseObject({
  message: z.string().optional(),
  code: z.string().optional(),
  errorCode: z.string().optional(),
})

/** Code and message of an error answer; both null where it is in no known form. */
export function readCftcError(document: unknown): { readonly code: string | null; readonly message: string | null } {
  const parsed = ErrorBody.safeParse(document)
  if (!parsed.success) return { code: null, message: null }
  return { code: parsed.data.errorCode ?? parsed.data.code ?? null, message: parsed.data.message ?? null }
}
