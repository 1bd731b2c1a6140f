import { z } from 'zod'
import { ContangoError } from '../../kernel/errors.js'

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

export type EiaRow = z.output<typeof Row>

export interface EiaPage {
  readonly total: number
  readonly rows: readonly EiaRow[]
  readonly warnings: readonly { readonly warning: string; readonly description?: string }[]
}

/** An answer as a page of rows; throws refused EIA_SCHEMA with the JSON path of the first surprise. */
export function readEiaPage(json: unknown, route: string): EiaPage {
  const parsed = Page.safeParse(json)
  if (parsed.success) {
    const { total, data, warnings = [] } = parsed.data.response
    return { total, rows: data, warnings }
  }
  const [first] = parsed.error.issues
  throw schemaSurprise(route, jsonPath(first.path), `${first.message}`)
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

/** `response.data[3].value` */
export function jsonPath(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text === '' ? '(the whole document)' : text.replace(/^\./, '')
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
