import { canonicalJson } from '../../kernel/canonical-json.js'
import type { ContangoError } from '../../kernel/errors.js'
import { isoFromDay } from '../../kernel/day.js'
import { exitCodeOf } from '../exit-codes.js'
import type { Report } from '../report.js'
import type { InputRecord } from '../inputs.js'

export interface Warning {
  readonly code: string
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** The envelope around an answer: `contango.<command>/<n>`. */
export function documentText(
  schema: string,
  report: Report,
  params: Readonly<Record<string, unknown>>,
  inputs: readonly InputRecord[],
  warnings: readonly Warning[],
): string {
  const { asOf, data, trip } = report
  return `${canonicalJson({ schema, ok: true, asOf: asOf === null ? null : isoFromDay(asOf), data, inputs, params, warnings, trip }, 2)}\n`
}

/** The document of a failure. */
export function errorDocumentText(error: ContangoError, message: string): string {
  return `${canonicalJson(
    {
      schema: 'contango.error/1',
      ok: false,
      exitCode: exitCodeOf(error.kind),
      error: { code: error.code, message, hint: error.hint ?? null, details: error.details },
    },
    2,
  )}\n`
}
