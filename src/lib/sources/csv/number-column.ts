import { yieldNow } from '../../runtime/yield-now.js'
import { parseNumberText } from './parse-number.js'
import { refusal, shown } from './refusals.js'
import type { SourceTable } from './source-table.js'

/** A parsed column: NaN is missing. */
export interface NumberColumn {
  readonly values: Float64Array
  /** Cells that held no number: blank, NaN, NA, `.` … */
  readonly missing: number
  /** Cells with thousands separators, read as such. */
  readonly grouped: number
}

/** Parses one column of numbers; a cell that is neither a number nor missing refuses the file with its line. */
export async function numberColumn(table: SourceTable, column: number, signal: AbortSignal): Promise<NumberColumn> {
  const { rows } = table
  const values = new Float64Array(rows)
  let missing = 0
  let grouped = 0
  let firstAmbiguous = -1
  let hasPoint = false
  for (let row = 0; row < rows; row++) {
    let value = table.plainNumber(column, row)
    if (value !== value) {
      if (table.isBlank(column, row)) missing++
      else {
        const text = table.text(column, row)
        const parsed = parseNumberText(text)
        if (parsed.kind === 'not-a-number') throw unparsable(table, column, row, text)
        if (parsed.kind === 'missing') missing++
        else value = parsed.value
        if (parsed.kind === 'grouped' || parsed.kind === 'ambiguous') grouped++
        if (parsed.kind === 'ambiguous' && firstAmbiguous < 0) firstAmbiguous = row
        if (parsed.kind === 'grouped' || (parsed.kind === 'number' && text.includes('.'))) hasPoint = true
      }
    } else if (!hasPoint && !Number.isInteger(value)) hasPoint = true
    values[row] = value
  }
  // A decimal point, or two commas in one number, anywhere in the column settles what its commas mean.
  if (firstAmbiguous >= 0 && !hasPoint) throw ambiguous(table, column, firstAmbiguous)
  await yieldNow(signal)
  return { values, missing, grouped }
}

function unparsable(table: SourceTable, column: number, row: number, text: string): Error {
  const name = table.headers[column]
  const decimalComma = /^[+-]?\d+(\.\d{3})*,\d+$/.test(text)
  return refusal(
    'NUMBER_UNPARSABLE',
    `${table.file} ${table.where(row)}, column ${name}: ${shown(text)} is not a number`,
    decimalComma
      ? 'write decimals with a point; a decimal comma is not read'
      : 'correct the cell, or leave it blank if the value is missing',
    { file: table.file, line: table.lineOf(row), column: name, value: text.slice(0, 80) },
  )
}

function ambiguous(table: SourceTable, column: number, row: number): Error {
  const name = table.headers[column]
  const text = table.text(column, row)
  return refusal(
    'NUMBER_AMBIGUOUS',
    `${table.file} ${table.where(row)}, column ${name}: ${shown(text)} may mean ${text.replace(',', '')} or ${text.replace(',', '.')}`,
    'write the number without a comma; nothing else in the column says which is meant',
    { file: table.file, line: table.lineOf(row), column: name, value: text },
  )
}
