import CliTable from 'cli-table3'
import { isoFromDay } from '../../kernel/day.js'
import type { Section } from '../report.js'
import type { Column, Table } from '../table.js'

const BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** Sections as text for a person: numbers right-aligned, missing values as a dash, no box lines. */
export function terminalText(sections: readonly Section[], bold: (text: string) => string): string {
  return sections
    .map((section) =>
      [
        section.title === undefined ? null : bold(section.title),
        section.table ? tableText(section.table, bold) : null,
        ...(section.lines ?? []),
      ]
        .filter((part) => part !== null)
        .join('\n'),
    )
    .join('\n\n')
    .concat('\n')
}

function tableText(table: Table, bold: (text: string) => string): string {
  if (table.length === 0) return '(no rows)'
  const alignments = table.columns.map((column) =>
    column.kind === 'number' || column.kind === 'integer' ? 'right' : 'left',
  )
  const text = new CliTable({
    chars: BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: alignments as ('left' | 'right')[],
    head: table.columns.map((column) => bold(column.header ?? column.name)),
  })
  const smallest = table.columns.map((column) => groupedFrom(column, table.length))
  for (let row = 0; row < table.length; row++)
    text.push(table.columns.map((column, at) => cellText(column, row, smallest[at])))
  return text
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

function cellText(column: Column, row: number, groupedDigits: number): string {
  const value = column.values[row]
  if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  if (column.kind === 'date') return isoFromDay(value)
  if (column.kind === 'integer') return grouped(String(value), groupedDigits)
  const places = column.kind === 'number' ? column.digits : undefined
  const digits = typeof places === 'object' ? places[row] : places
  const signed = column.kind === 'number' && column.signed === true && value > 0
  const fixed = digits === undefined ? String(Number(value.toPrecision(6))) : value.toFixed(digits)
  const clean = /^-0(\.0*)?$/.test(fixed) ? fixed.slice(1) : fixed
  return `${signed && Number(clean) !== 0 ? '+' : ''}${grouped(clean, groupedDigits)}`
}

/**
 * Digits before the point from which a column groups them: four stay together, as prices in USD/t do, unless another number of
 * the column has more.
 */
function groupedFrom(column: Column, rows: number): number {
  for (let row = 0; row < rows; row++) {
    const value = column.values[row]
    if (typeof value === 'number' && Math.abs(value) >= 9999.5) return 4
  }
  return 5
}

/** 1234567.5 → 1,234,567.5 */
function grouped(text: string, digits: number): string {
  const match = /^(-?)(\d+)(.*)$/.exec(text)
  if (!match || match[2].length < digits || match[3].includes('e')) return text
  return `${match[1]}${match[2].replace(/\B(?=(\d{3})+$)/g, ',')}${match[3]}`
}
