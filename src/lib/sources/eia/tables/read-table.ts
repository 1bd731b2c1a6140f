import { dayFromCivil, weekdayOf, type EpochDay } from '../../../kernel/day.js'
import { ContangoError } from '../../../kernel/errors.js'
import { parseNumberText } from '../../csv/parse-number.js'
import { shortText } from '../../http/short-text.js'

/** How a table is laid out. */
export interface TableForm {
  /** Name of the file, for messages. */
  readonly file: string
  /** Headings of the columns of labels: a table begins with a row that begins with the first. */
  readonly labelHeadings: readonly string[]
  /** Heading of the column after the week and the week before: one less the other. */
  readonly differenceHeading: string
  readonly missingValues: readonly string[]
}

/** One cell of a row: null where the table shows no number. */
export interface WeekValue {
  readonly week: EpochDay
  readonly value: number | null
}

interface Block {
  readonly labels: number
  /** Column of each week, and the week. */
  readonly weeks: readonly { readonly column: number; readonly week: EpochDay }[]
  readonly difference: number | null
  readonly width: number
}

interface TableRow {
  readonly block: Block
  readonly labels: readonly string[]
  readonly cells: readonly string[]
  readonly line: number
}

export interface ReportTable {
  /** Last week of the table. */
  readonly lastWeek: EpochDay
  /** The values of the row with these labels, ascending by week; throws where there is none, or more than one, or it is odd. */
  row(labels: readonly string[]): WeekValue[]
}

const FRIDAY = 5
/** `(17)   Crude Oil Input to Refineries`: EIA numbers the lines, and numbers them anew when one is added. */
const LINE_NUMBER = /^\(\d+\)\s*/

/**
 * A CSV table of the weekly report. It consists of blocks, each under a heading of its own: one or two columns of labels, then the
 * week, the week before, their difference, and the same week of earlier years; dates are M/D/YY. Averages of four weeks stand
 * further right under the same dates, so a date counts where it stands first. The file ends with a control character.
 */
export function readReportTable(text: string, form: TableForm): ReportTable {
  const rows: TableRow[] = []
  let block: Block | null = null
  let lastWeek: EpochDay | null = null
  for (const { cells, line } of csvRows(text, form.file)) {
    const [first] = cells
    if (first === form.labelHeadings[0]) {
      block = blockOf(cells, form, line)
      lastWeek = Math.max(lastWeek ?? 0, ...block.weeks.map(({ week }) => week))
    } else if (block === null) {
      throw layout(form.file, `line ${line} begins with ${quoted(first)}, not with ${quoted(form.labelHeadings[0])}`)
    } else {
      const labels = cells.slice(0, block.labels).map((label) => label.replace(LINE_NUMBER, '').trim())
      rows.push({ block, labels, cells, line })
    }
  }
  if (lastWeek === null) throw layout(form.file, 'it is empty')
  return {
    lastWeek,
    row(labels) {
      const name = labels.join(' / ')
      const found = rows.filter(
        (one) => one.labels.length === labels.length && one.labels.join('\0') === labels.join('\0'),
      )
      if (found.length !== 1)
        throw layout(form.file, `it has ${found.length === 0 ? 'no' : found.length} rows ${quoted(name)}`)
      return valuesOf(found[0], name, form)
    },
  }
}

function blockOf(cells: readonly string[], { file, labelHeadings, differenceHeading }: TableForm, line: number): Block {
  const labels = labelHeadings.filter((heading, i) => cells[i] === heading).length
  const weeks: { column: number; week: EpochDay }[] = []
  for (const [column, cell] of cells.entries()) {
    const week = weekOf(cell)
    if (week === null || weeks.some((one) => one.week === week)) continue
    if (weekdayOf(week) !== FRIDAY) throw layout(file, `line ${line}: ${quoted(cell)} is no Friday`)
    weeks.push({ column, week })
  }
  const [now, before] = weeks
  if (now?.column !== labels || before?.column !== labels + 1 || now.week - before.week !== 7) {
    throw layout(file, `line ${line} does not go on with a week and the week before`)
  }
  const difference = cells[labels + 2] === differenceHeading ? labels + 2 : null
  return { labels, weeks, difference, width: cells.length }
}

function valuesOf({ block, cells, line }: TableRow, name: string, form: TableForm): WeekValue[] {
  const { file } = form
  const where = `${file} line ${line}, ${quoted(name)}`
  if (cells.length !== block.width) throw layout(file, `${where} has ${cells.length} cells and not ${block.width}`)
  const numberAt = (column: number): number | null => {
    const cell = cells[column]
    if (form.missingValues.includes(cell)) return null
    const parsed = parseNumberText(cell)
    if (parsed.kind === 'missing') return null
    if (parsed.kind === 'not-a-number') throw layout(file, `${where}: ${quoted(cell)} is no number`)
    return parsed.value
  }
  const values = block.weeks.map(({ column, week }) => ({ week, value: numberAt(column) }))
  if (block.difference !== null) {
    const [now, before] = values
    const difference = numberAt(block.difference)
    // each of the three is rounded on its own
    const tolerance = 1.5 * 10 ** -decimals(cells[block.labels])
    if (
      now.value !== null &&
      before.value !== null &&
      difference !== null &&
      Math.abs(now.value - before.value - difference) > tolerance
    ) {
      throw layout(file, `${where}: ${now.value} less ${before.value} is not ${difference}`)
    }
  }
  return values.sort((a, b) => a.week - b.week)
}

function decimals(cell: string): number {
  const point = cell.indexOf('.')
  return point < 0 ? 0 : cell.length - point - 1
}

/** `9/18/26` as a day; null for any other text. */
function weekOf(cell: string): EpochDay | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(cell)
  if (!match) return null
  const [month, day, year] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  return dayFromCivil(year < 100 ? 2000 + year : year, month, day)
}

/** The rows of an RFC 4180 text that hold something, cells trimmed. */
function* csvRows(text: string, file: string): Generator<{ cells: string[]; line: number }> {
  let cells: string[] = []
  let cell = ''
  let quotes = 0
  let line = 1
  let began = 1
  const put = (): void => {
    cells.push(cell.trim())
    cell = ''
  }
  // a byte-order mark before, an end-of-file mark of old systems after
  const body = text.replace(/^\uFEFF/, '').replaceAll('\u001A', '')
  for (const char of body) {
    if (char === '"') {
      // two of them inside a quoted cell are one
      if (quotes % 2 === 0 && quotes > 0) cell += char
      quotes++
    } else if (quotes % 2 === 1) {
      cell += char
    } else if (char === ',') {
      put()
      quotes = 0
    } else if (char === '\n') {
      put()
      quotes = 0
      if (cells.some((one) => one !== '')) yield { cells, line: began }
      cells = []
      began = line + 1
    } else if (char !== '\r') cell += char
    if (char === '\n') line++
  }
  if (quotes % 2 === 1) throw layout(file, `line ${began} breaks off within a quote`)
  put()
  if (cells.some((one) => one !== '')) yield { cells, line: began }
}

function quoted(text: string): string {
  return `"${shortText(text, 60)}"`
}

function layout(file: string, what: string): ContangoError {
  return new ContangoError(
    'refused',
    'EIA_TABLE_LAYOUT',
    `EIA's ${file} is not laid out as it is known here: ${what}`,
    'nothing of it was stored; config/eia.yaml says under tables what is looked for where',
    { file },
  )
}
