import { yieldNow } from '../../runtime/yield-now.js'
import { refusal } from './refusals.js'

/** Where each cell of a delimited text stands in its bytes. */
export interface CsvCells {
  readonly bytes: Uint8Array
  readonly delimiter: string
  readonly columns: number
  /** Rows under the header. */
  readonly rows: number
  /** First byte of cell (row, column) at `row * columns + column`; row 0 is the header. */
  readonly start: Int32Array
  readonly end: Int32Array
  /** Line of the file on which each row begins; row 0 is the header. */
  readonly line: Int32Array
}

const COMMA = 0x2c
const SEMICOLON = 0x3b
const TAB = 0x09
const PIPE = 0x7c
const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
/** Rows between two looks at signals and progress. */
const ROWS_PER_TURN = 4096

/** The delimiter that the first line uses most outside quotes; a comma where none occurs. */
function sniffDelimiter(bytes: Uint8Array, from: number): number {
  const counts = new Map([COMMA, SEMICOLON, TAB, PIPE].map((delimiter) => [delimiter, 0]))
  let quoted = false
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === QUOTE) quoted = !quoted
    else if (!quoted && (byte === LF || byte === CR)) break
    else if (!quoted && counts.has(byte)) counts.set(byte, counts.get(byte)! + 1)
  }
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

/** The delimiter, line end or end of the file behind a cell without quotes. A function of its own: it is compiled long before the loop over the file. */
function endOfPlainCell(bytes: Uint8Array, from: number, delimiter: number): number {
  let i = from
  while (i < bytes.length) {
    const byte = bytes[i]
    if (byte === delimiter || byte === LF || byte === CR) break
    i++
  }
  return i
}

/**
 * Finds the cells of a CSV text without decoding it: quotes with doubled quotes inside, delimiters and line ends
 * within quotes, CRLF, LF or CR, a byte-order mark, blank lines and lines of empty cells (which are skipped).
 * Every row must be as wide as the header. RFC 4180, and what spreadsheets really write.
 */
export async function findCsvCells(file: string, bytes: Uint8Array, signal: AbortSignal): Promise<CsvCells> {
  const size = bytes.length
  let i = size >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const delimiter = sniffDelimiter(bytes, i)
  // A cell of a price takes six bytes or more.
  let start: Int32Array = new Int32Array(Math.max(4096, Math.ceil(size / 6)))
  let end: Int32Array = new Int32Array(start.length)
  let line: Int32Array = new Int32Array(512)
  let cells = 0
  let rows = 0
  let columns = 0
  let lineNumber = 1
  while (i < size) {
    const rowLine = lineNumber
    const rowCells = cells
    let anything = false
    for (;;) {
      if (cells === start.length) {
        start = grown(start)
        end = grown(end)
      }
      while (i < size && (bytes[i] === SPACE || (bytes[i] === TAB && delimiter !== TAB))) i++
      if (bytes[i] === QUOTE) {
        const opened = lineNumber
        const from = ++i
        for (;;) {
          if (i >= size) throw unclosedQuote(file, opened)
          const byte = bytes[i]
          if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) lineNumber++
          if (byte === QUOTE) {
            if (bytes[i + 1] !== QUOTE) break
            i++
          }
          i++
        }
        start[cells] = from
        end[cells] = i++
        anything ||= end[cells] > from
        while (i < size && (bytes[i] === SPACE || (bytes[i] === TAB && delimiter !== TAB))) i++
        if (i < size && bytes[i] !== delimiter && bytes[i] !== LF && bytes[i] !== CR) throw strayQuote(file, lineNumber)
      } else {
        const from = i
        i = endOfPlainCell(bytes, i, delimiter)
        let to = i
        while (to > from && (bytes[to - 1] === SPACE || bytes[to - 1] === TAB)) to--
        start[cells] = from
        end[cells] = to
        anything ||= to > from
      }
      cells++
      if (bytes[i] === delimiter && i < size) i++
      else break
    }
    if (i < size) {
      i += bytes[i] === CR && bytes[i + 1] === LF ? 2 : 1
      lineNumber++
    }
    if (!anything) {
      cells = rowCells
      continue
    }
    const width = cells - rowCells
    if (rows === 0) columns = width
    else if (width !== columns) {
      // A trailing delimiter on every data row but not in the header is common; an extra cell with text is not.
      if (width === columns + 1 && start[cells - 1] === end[cells - 1]) cells--
      else throw rowWidth(file, rowLine, width, columns)
    }
    if (rows === line.length) line = grown(line)
    line[rows++] = rowLine
    if (rows % ROWS_PER_TURN === 0) await yieldNow(signal)
  }
  return { bytes, delimiter: String.fromCharCode(delimiter), columns, rows: Math.max(rows - 1, 0), start, end, line }
}

function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}

function unclosedQuote(file: string, line: number): Error {
  return refusal(
    'QUOTE_UNCLOSED',
    `${file} line ${line}: a quote is opened and never closed`,
    `close the quote on line ${line}, or double it if it belongs to the text`,
    { file, line },
  )
}

function strayQuote(file: string, line: number): Error {
  return refusal(
    'QUOTE_STRAY',
    `${file} line ${line}: text follows a closing quote`,
    `double the quotes that belong to the text of line ${line}`,
    { file, line },
  )
}

function rowWidth(file: string, line: number, found: number, expected: number): Error {
  return refusal(
    'ROW_WIDTH',
    `${file} line ${line} has ${found} ${found === 1 ? 'cell' : 'cells'}, the header has ${expected}`,
    `look at the line: sed -n '${line}p' ${file}`,
    { file, line, found, expected },
  )
}
