import { dayFromCivil, daysInMonth } from '../../kernel/day.js'
import { findCsvCells } from './csv-cells.js'
import { parsePlainNumber } from './parse-number.js'
import type { SourceTable } from './source-table.js'

const QUOTE = 0x22
const DASH = 0x2d
const COLON = 0x3a
const SPACE = 0x20
const LETTER_T = 0x54
const LETTER_Z = 0x5a

function digitsAt(bytes: Uint8Array, from: number, count: number): number {
  let value = 0
  for (let i = from; i < from + count; i++) {
    const digit = bytes[i] - 0x30
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** `YYYY-MM-DD` at a place; NaN where there is none. */
function isoDayAt(bytes: Uint8Array, from: number): number {
  if (bytes[from + 4] !== DASH || bytes[from + 7] !== DASH) return Number.NaN
  const year = digitsAt(bytes, from, 4)
  const month = digitsAt(bytes, from + 5, 2)
  const dayOfMonth = digitsAt(bytes, from + 8, 2)
  if (!(month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month))) return Number.NaN
  return dayFromCivil(year, month, dayOfMonth)
}

/** Reads days at places; a day in the month of the one before costs two digits. */
function isoDayReader(bytes: Uint8Array): (from: number) => number {
  let month = -1
  let monthStart = 0
  let monthDays = 0
  const isSameMonth = (from: number): boolean => {
    for (let i = 7; i >= 0; i--) if (bytes[from + i] !== bytes[month + i]) return false
    return true
  }
  return (from) => {
    const dayOfMonth = (bytes[from + 8] - 0x30) * 10 + bytes[from + 9] - 0x30
    const isTwoDigits = bytes[from + 8] >= 0x30 && bytes[from + 9] >= 0x30 && bytes[from + 9] <= 0x39
    if (month >= 0 && isTwoDigits && dayOfMonth >= 1 && dayOfMonth <= monthDays && isSameMonth(from))
      return monthStart + dayOfMonth
    const day = isoDayAt(bytes, from)
    if (day === day) {
      month = from
      monthStart = day - dayOfMonth
      monthDays = daysInMonth(digitsAt(bytes, from, 4), digitsAt(bytes, from + 5, 2))
    }
    return day
  }
}

/** `YYYY-MM-DDTHH:MM`, seconds and a Z if there are any; NaN where it is something else. */
function isoTimeMsAt(bytes: Uint8Array, from: number, end: number): number {
  const to = bytes[end - 1] === LETTER_Z ? end - 1 : end
  const separator = bytes[from + 10]
  const length = to - from
  if ((length !== 16 && length !== 19) || (separator !== LETTER_T && separator !== SPACE)) return Number.NaN
  if (bytes[from + 13] !== COLON || (length === 19 && bytes[from + 16] !== COLON)) return Number.NaN
  const hours = digitsAt(bytes, from + 11, 2)
  const minutes = digitsAt(bytes, from + 14, 2)
  const seconds = length === 19 ? digitsAt(bytes, from + 17, 2) : 0
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return Number.NaN
  return isoDayAt(bytes, from) * 86_400_000 + ((hours * 60 + minutes) * 60 + seconds) * 1000
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] > 0x7f) return false
  return true
}

/** A delimited text as a table; numbers and dates are read from the bytes, text is decoded only where it is asked for. */
export async function csvTable(file: string, bytes: Uint8Array, signal: AbortSignal): Promise<SourceTable> {
  const cells = await findCsvCells(file, bytes, signal)
  const { columns, start, end, line } = cells
  const decoder = new TextDecoder()
  const ascii = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const textAt = (cell: number): string => {
    const from = start[cell]
    const to = end[cell]
    // Nearly every cell is plain ASCII, which a decoder of UTF-8 takes ten times as long for.
    const text = isAscii(bytes, from, to)
      ? ascii.toString('latin1', from, to)
      : decoder.decode(bytes.subarray(from, to))
    return from > 0 && bytes[from - 1] === QUOTE ? text.replaceAll('""', '"').trim() : text.trim()
  }
  const dayReader = isoDayReader(bytes)
  return {
    file,
    headers: Array.from({ length: columns }, (_, column) => textAt(column)),
    rows: cells.rows,
    text: (column, row) => textAt((row + 1) * columns + column),
    plainNumber(column, row) {
      const cell = (row + 1) * columns + column
      return start[cell] === end[cell] ? Number.NaN : parsePlainNumber(bytes, start[cell], end[cell])
    },
    isBlank(column, row) {
      const cell = (row + 1) * columns + column
      return start[cell] === end[cell]
    },
    isoDay(column, row) {
      const cell = (row + 1) * columns + column
      return end[cell] - start[cell] === 10 ? dayReader(start[cell]) : Number.NaN
    },
    isoTimeMs(column, row) {
      const cell = (row + 1) * columns + column
      return isoTimeMsAt(bytes, start[cell], end[cell])
    },
    where: (row) => `line ${line[row + 1]}`,
    lineOf: (row) => line[row + 1],
  }
}
