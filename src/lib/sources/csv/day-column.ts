import { dayFromCivil, daysInMonth, type EpochDay } from '../../kernel/day.js'
import { refusal, shown } from './refusals.js'
import type { SourceTable } from './source-table.js'

export const DATE_FORMATS = ['iso', 'us', 'eu'] as const
/** How `03/04/2024` is read: `us` as 4 March, `eu` as 3 April; `iso` admits YYYY-MM-DD only. */
export type DateFormat = (typeof DATE_FORMATS)[number]

/** The forms of a date that are told apart; one column keeps to one. */
type Family = 'YYYY-MM-DD' | 'YYYY/MM/DD' | 'YYYYMMDD' | 'YYYY-MM' | 'D/M/Y or M/D/Y' | 'D.M.YYYY' | 'D-Mon-YYYY'

interface Parsed {
  readonly family: Family
  /** null where the order of the first two numbers is not known yet. */
  readonly day: EpochDay | null
  readonly first: number
  readonly second: number
  readonly year: number
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const TIME_OF_MIDNIGHT = /[T ]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$/

function civilDay(year: number, month: number, dayOfMonth: number): EpochDay | null {
  const valid = month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month)
  return valid ? dayFromCivil(year, month, dayOfMonth) : null
}

function parseDate(text: string): Parsed | null {
  const at = (family: Family, year: number, month: number, dayOfMonth: number): Parsed | null => {
    const day = civilDay(year, month, dayOfMonth)
    return day === null ? null : { family, day, first: 0, second: 0, year }
  }
  let match = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/.exec(text)
  if (match) {
    const family = match[2] === '-' ? 'YYYY-MM-DD' : 'YYYY/MM/DD'
    return at(family, Number(match[1]), Number(match[3]), Number(match[4]))
  }
  match = /^((?:19|20|21)\d{2})(\d{2})(\d{2})$/.exec(text)
  if (match) return at('YYYYMMDD', Number(match[1]), Number(match[2]), Number(match[3]))
  match = /^(\d{4})-(\d{2})$/.exec(text)
  if (match) return at('YYYY-MM', Number(match[1]), Number(match[2]), 1)
  match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  if (match) return at('D.M.YYYY', Number(match[3]), Number(match[2]), Number(match[1]))
  match = /^(\d{1,2})[- ]([A-Za-z]{3})[a-z]*\.?[- ,]+(\d{4})$/.exec(text)
  if (match) {
    return at('D-Mon-YYYY', Number(match[3]), MONTHS.indexOf(match[2].toLowerCase()) + 1, Number(match[1]))
  }
  match = /^([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/.exec(text)
  if (match) {
    return at('D-Mon-YYYY', Number(match[3]), MONTHS.indexOf(match[1].toLowerCase()) + 1, Number(match[2]))
  }
  match = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/.exec(text)
  if (match) {
    const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])]
    const possible = civilDay(year, first, second) !== null || civilDay(year, second, first) !== null
    return possible ? { family: 'D/M/Y or M/D/Y', day: null, first, second, year } : null
  }
  return null
}

/** A single date such as a column header, in any form that can mean one day only; null for anything else. */
export function parseDay(text: string): EpochDay | null {
  return parseDate(text.trim().replace(TIME_OF_MIDNIGHT, ''))?.day ?? null
}

const EARLIEST = dayFromCivil(1800, 1, 1)
const LATEST = dayFromCivil(2100, 12, 31)

/** Two-digit years and slipped digits show as dates that no market has seen. */
function checkRange(table: SourceTable, column: number, days: Int32Array): Int32Array {
  const row = days.findIndex((day) => day < EARLIEST || day > LATEST)
  if (row >= 0) throw unparsable(table, column, row, table.text(column, row))
  return days
}

/**
 * Parses one column of dates. ISO goes straight from the bytes; other forms are read where they can mean one day only.
 * A column keeps to one form, and `03/04/2024` needs another date of the column, or `--date-format`, to say which
 * number is the month.
 */
export function dayColumn(table: SourceTable, column: number, format?: DateFormat): Int32Array {
  const { rows } = table
  const days = new Int32Array(rows)
  let family: Family | null = null
  let familyRow = -1
  const open: number[] = []
  const parsedOpen: Parsed[] = []
  let monthSecond = -1
  let monthFirst = -1
  for (let row = 0; row < rows; row++) {
    const iso = table.isoDay(column, row)
    let found: Family = 'YYYY-MM-DD'
    if (iso === iso) days[row] = iso
    else {
      const text = table.text(column, row)
      const parsed = parseDate(text.replace(TIME_OF_MIDNIGHT, ''))
      if (parsed === null) throw unparsable(table, column, row, text)
      found = parsed.family
      if (parsed.day !== null) days[row] = parsed.day
      else {
        open.push(row)
        parsedOpen.push(parsed)
        if (parsed.first > 12 && monthSecond < 0) monthSecond = row
        if (parsed.second > 12 && monthFirst < 0) monthFirst = row
      }
    }
    if (family === null) {
      family = found
      familyRow = row
    } else if (found !== family) throw mixed(table, column, familyRow, row)
  }
  if (format === 'iso' && family !== null && family !== 'YYYY-MM-DD') {
    throw unparsable(table, column, 0, table.text(column, 0))
  }
  if (open.length === 0) return checkRange(table, column, days)
  if (monthFirst >= 0 && monthSecond >= 0) {
    throw mixed(table, column, Math.min(monthFirst, monthSecond), Math.max(monthFirst, monthSecond))
  }
  const order = format ?? (monthFirst >= 0 ? 'us' : monthSecond >= 0 ? 'eu' : null)
  if (order === null) throw ambiguous(table, column, open[0])
  open.forEach((row, i) => {
    const { first, second, year } = parsedOpen[i]
    const day = order === 'us' ? civilDay(year, first, second) : civilDay(year, second, first)
    if (day === null) throw unparsable(table, column, row, table.text(column, row))
    days[row] = day
  })
  return checkRange(table, column, days)
}

function unparsable(table: SourceTable, column: number, row: number, text: string): Error {
  const name = table.headers[column]
  const intraday = /\d[T ]\d{1,2}:\d{2}/.test(text)
  const what = text === '' ? 'the date is missing' : `${shown(text)} is not a date`
  return refusal(
    intraday ? 'DATE_WITH_TIME' : 'DATE_UNPARSABLE',
    `${table.file} ${table.where(row)}, column ${name}: ${intraday ? `${shown(text)} has a time of day` : what}`,
    intraday ? 'one row a day is imported: leave out the time' : 'write dates as YYYY-MM-DD',
    { file: table.file, line: table.lineOf(row), column: name, value: text.slice(0, 80) },
  )
}

function mixed(table: SourceTable, column: number, firstRow: number, secondRow: number): Error {
  const name = table.headers[column]
  const [first, second] = [table.text(column, firstRow), table.text(column, secondRow)]
  return refusal(
    'DATE_FORMATS_MIXED',
    `${table.file} column ${name} has dates in two formats: ${shown(first)} on ${table.where(firstRow)}, ` +
      `${shown(second)} on ${table.where(secondRow)}`,
    'write every date of the column as YYYY-MM-DD',
    {
      file: table.file,
      column: name,
      lines: [table.lineOf(firstRow), table.lineOf(secondRow)],
      values: [first, second],
    },
  )
}

function ambiguous(table: SourceTable, column: number, row: number): Error {
  const name = table.headers[column]
  const text = table.text(column, row)
  return refusal(
    'DATE_AMBIGUOUS',
    `${table.file} ${table.where(row)}, column ${name}: no date of the column says whether ${shown(text)} begins with the month or the day`,
    'contango fetch csv FILE --date-format us (month first) or --date-format eu (day first)',
    { file: table.file, line: table.lineOf(row), column: name, value: text },
  )
}
