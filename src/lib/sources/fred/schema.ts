import { z } from 'zod'
import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { jsonPath } from '../http/json-path.js'
import { shortText } from '../http/short-text.js'
import { wireNumber } from '../http/wire-number.js'

const Page = z.looseObject({
  count: z.int().min(0),
  observations: z.array(z.looseObject({ date: z.string(), value: z.union([z.string(), z.number(), z.null()]) })),
})

export interface FredRow {
  readonly day: EpochDay
  /** null where FRED lists the day without a value: a holiday. */
  readonly value: number | null
}

export interface FredPage {
  /** Of all pages together. */
  readonly count: number
  readonly rows: readonly FredRow[]
}

/** An answer as a page of rows; throws refused FRED_SCHEMA with the JSON path of the first surprise. */
export function readFredPage(document: unknown, id: string, missingValues: readonly string[]): FredPage {
  const parsed = Page.safeParse(document)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw schemaSurprise(id, jsonPath(first.path), first.message)
  }
  const { count, observations } = parsed.data
  const rows = observations.map(({ date, value }, i): FredRow => {
    const surprise = (key: string, what: string): Error => schemaSurprise(id, jsonPath(['observations', i, key]), what)
    const day = dayFromIso(date)
    if (day === null) throw surprise('date', `"${shortText(date)}" is no day`)
    if (value === null || missingValues.includes(String(value).trim())) return { day, value: null }
    const number = wireNumber(value)
    if (Number.isNaN(number)) throw surprise('value', `"${shortText(String(value))}" is no number`)
    return { day, value: number }
  })
  return { count, rows }
}

/** The vendor sent something else than was agreed: nothing of it is stored. */
function schemaSurprise(id: string, path: string, what: string): ContangoError {
  return new ContangoError(
    'refused',
    'FRED_SCHEMA',
    `FRED's answer for ${id} is not what it should be: ${path}: ${what}`,
    'nothing of it was stored; if it stays so, the vendor has changed its format: please report it',
    { series: id, path },
  )
}

// version 1 of the API, then version 2
const ErrorBody = z.looseObject({
  error_message: z.string().optional(),
  message: z.string().optional(),
})

/** The words of an error answer; null where it is in no known form. */
export function readFredError(document: unknown): string | null {
  const parsed = ErrorBody.safeParse(document)
  return parsed.success ? (parsed.data.error_message ?? parsed.data.message ?? null) : null
}
