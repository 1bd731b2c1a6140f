import { compareValues, type CompareOptions } from '../compare/compare-values.js'
import { patternsThatName } from '../compare/names-something.js'
import { parsePathPattern, type PathPattern } from '../compare/path-pattern.js'
import { parseTolerance } from '../compare/tolerance.js'
import type { DiffData } from '../documents/diff.js'
import { ContangoError } from '../kernel/errors.js'
import type { ComparedFile } from '../sources/csv/compared-file.js'

export interface DiffRequest {
  readonly a: { readonly name: string; readonly file: ComparedFile }
  readonly b: { readonly name: string; readonly file: ComparedFile }
  readonly absolute: number
  /** A fraction. */
  readonly relative: number
  readonly tolerances: readonly string[]
  readonly ignored: readonly string[]
  readonly only: readonly string[]
  /** `data.results=method,confidence`. */
  readonly keys: readonly string[]
  /** Differences that the answer lists. */
  readonly limit: number
}

/** Two outputs of one schema, or two tables, value by value. */
export function diffOn(request: DiffRequest): DiffData {
  const { a, b } = request
  requireComparable(request)
  const options = optionsOf(request)
  const [older, newer] = [bodyOf(a.file), bodyOf(b.file)]
  const { differences, values, within, ignored } = compareValues(older, newer, options)
  const patterns = [
    ...[...options.tolerances, ...options.keys].map(({ pattern }) => pattern),
    ...options.ignored,
    ...options.only,
  ]
  return {
    a: sideOf(a),
    b: sideOf(b),
    equal: differences.length === 0,
    values,
    differences: differences
      .slice(0, request.limit)
      .map(({ path, kind, older, newer, delta, relative, tolerance }) => ({
        path,
        kind,
        old: older ?? null,
        new: newer ?? null,
        delta,
        relative,
        tolerance,
      })),
    differencesCount: differences.length,
    withinTolerance: within,
    ignored,
    unusedPatterns: unused(patterns, older, newer),
  }
}

function unused(patterns: readonly PathPattern[], older: unknown, newer: unknown): string[] {
  const inOlder = patternsThatName(older, patterns)
  const left = patterns.filter((pattern) => !inOlder.has(pattern))
  const inNewer = left.length === 0 ? new Set<PathPattern>() : patternsThatName(newer, left)
  return left.filter((pattern) => !inNewer.has(pattern)).map(({ text }) => text)
}

function optionsOf({ absolute, relative, tolerances, ignored, only, keys }: DiffRequest): CompareOptions {
  return {
    tolerance: { absolute, relative },
    tolerances: tolerances.map(parseTolerance),
    ignored: ignored.map(parsePathPattern),
    only: only.map(parsePathPattern),
    keys: keys.map((text) => {
      const at = text.lastIndexOf('=')
      const names = text
        .slice(at + 1)
        .split(',')
        .map((name) => name.trim())
      if (at < 1 || names.some((name) => name === '')) {
        throw new ContangoError(
          'usage',
          'BAD_KEY',
          `--key "${text}" is not understood`,
          '--key data.results=method,confidence, or --key rows=date for a table',
          { key: text },
        )
      }
      return { pattern: parsePathPattern(text.slice(0, at).trim()), names }
    }),
  }
}

function bodyOf(file: ComparedFile): unknown {
  return file.kind === 'document' ? file.document : { rows: file.rows }
}

function sideOf({ name, file }: DiffRequest['a']): DiffData['a'] {
  return file.kind === 'document'
    ? { name, schema: file.schema, rows: null }
    : { name, schema: null, rows: file.rows.length }
}

function requireComparable({ a, b }: DiffRequest): void {
  const what = ({ file }: DiffRequest['a']): string => (file.kind === 'document' ? file.schema : 'a table')
  const same =
    a.file.kind === 'document'
      ? b.file.kind === 'document' && a.file.schema === b.file.schema
      : b.file.kind === 'table' && shareAColumn(a.file.headers, b.file.headers)
  if (same) return
  const why =
    what(a) === what(b) ? 'no column of one is in the other' : `${a.name} is ${what(a)}, ${b.name} is ${what(b)}`
  throw new ContangoError(
    'usage',
    'NOT_COMPARABLE',
    `these cannot be compared: ${why}`,
    'give two outputs of one command',
    {
      a: what(a),
      b: what(b),
    },
  )
}

function shareAColumn(a: readonly string[], b: readonly string[]): boolean {
  return a.length + b.length === 0 || a.some((name) => b.includes(name))
}
