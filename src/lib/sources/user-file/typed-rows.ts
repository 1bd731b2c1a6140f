import { basename } from 'node:path'
import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import { readBytes, readTable } from '../csv/read-table.js'
import { parseNumberText } from '../csv/parse-number.js'
import { listed, refusal, shown } from '../csv/refusals.js'

/** A column that a user's file must or may have. */
export interface ColumnRule {
  readonly kind: 'text' | 'number' | 'day'
  /** False: the column, or a cell of it, may be missing; true by default. */
  readonly required?: boolean
  /** Of a text: what it must look like, and that in words. */
  readonly pattern?: RegExp
  readonly expected?: string
  /** Of a number. */
  readonly min?: number
  readonly max?: number
}

type ValueOf<Rule extends ColumnRule> =
  | (Rule['kind'] extends 'text' ? string : Rule['kind'] extends 'day' ? EpochDay : number)
  | (Rule extends { readonly required: false } ? null : never)

/** One row of the file, checked, with its line. */
export type TypedRow<Rules extends Readonly<Record<string, ColumnRule>>> = {
  readonly [Name in keyof Rules]: ValueOf<Rules[Name]>
} & { readonly line: number }

export interface TypedFile<Rules extends Readonly<Record<string, ColumnRule>>> {
  /** Base name. */
  readonly file: string
  readonly sha256: string
  readonly rows: readonly TypedRow<Rules>[]
}

/**
 * Reads a table that a person keeps (CSV, NDJSON or Parquet) against the columns that it is documented to have. Nothing is
 * guessed: an unknown or missing column and a cell of the wrong kind refuse the file, with line and column.
 * @param page where the columns are documented
 */
export async function typedRows<const Rules extends Readonly<Record<string, ColumnRule>>>(
  path: string,
  rules: Rules,
  page: string,
  signal: AbortSignal,
): Promise<TypedFile<Rules>> {
  const file = basename(path)
  const { table, sha256 } = await readTable(file, await readBytes(path, file, signal), signal)
  const names = Object.keys(rules)
  const headers = table.headers.map((header) => header.toLowerCase())
  const unknown = headers.filter((header) => !names.includes(header))
  const missing = names.filter((name) => rules[name].required !== false && !headers.includes(name))
  if (unknown.length > 0 || missing.length > 0 || new Set(headers).size !== headers.length) {
    const what =
      missing.length > 0
        ? `lacks the column ${listed(missing)}`
        : unknown.length > 0
          ? `has columns that are not known: ${listed(unknown)}`
          : 'has a column twice'
    throw refusal('COLUMNS_WRONG', `${file} ${what}`, `it takes ${names.join(', ')}: ${page}`, {
      file,
      unknown,
      missing,
    })
  }
  const rows = Array.from({ length: table.rows }, (_, row) => {
    const cells = names.map((name): [string, string | number | null] => {
      const text = headers.includes(name) ? table.text(headers.indexOf(name), row) : ''
      const rule = rules[name]
      const wrong = (expected: string): Error =>
        refusal(
          'CELL_WRONG',
          `${file} ${table.where(row)}, column ${name}: ${text === '' ? 'nothing' : shown(text)} is not ${expected}`,
          page,
          { file, line: table.lineOf(row), column: name, value: text.slice(0, 80) },
        )
      if (text === '') {
        if (rule.required === false) return [name, null]
        throw wrong(expectedOf(rule))
      }
      const value = cellOf(text, rule)
      if (value === null) throw wrong(expectedOf(rule))
      return [name, value]
    })
    return Object.fromEntries([...cells, ['line', table.lineOf(row)]]) as TypedRow<Rules>
  })
  return { file, sha256, rows }
}

function cellOf(text: string, rule: ColumnRule): string | number | null {
  if (rule.kind === 'day') return dayFromIso(text)
  if (rule.kind === 'text') return rule.pattern === undefined || rule.pattern.test(text) ? text : null
  const parsed = parseNumberText(text)
  const value = parsed.kind === 'number' || parsed.kind === 'grouped' ? parsed.value : Number.NaN
  return value >= (rule.min ?? -Infinity) && value <= (rule.max ?? Infinity) ? value : null
}

function expectedOf({ kind, expected, min, max }: ColumnRule): string {
  if (expected !== undefined) return expected
  if (kind === 'day') return 'a date as YYYY-MM-DD'
  if (kind === 'text') return 'a word'
  if (min === undefined && max === undefined) return 'a number'
  return `a number${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` to ${max}`}`
}
