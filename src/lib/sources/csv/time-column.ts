import { dayColumn } from './day-column.js'
import { refusal } from './refusals.js'
import type { SourceTable } from './source-table.js'

const DAY_MS = 86_400_000
const WITH_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/

/** A column of dates, or of ISO times (UTC where they name no zone), in milliseconds since 1970-01-01 UTC. */
export function timeColumn(table: SourceTable, column: number): Float64Array {
  const timeMs = new Float64Array(table.rows)
  for (let row = 0; row < table.rows; row++) {
    const day = table.isoDay(column, row)
    if (day === day) {
      timeMs[row] = day * DAY_MS
      continue
    }
    const time = table.isoTimeMs(column, row)
    if (time === time) {
      timeMs[row] = time
      continue
    }
    const text = table.text(column, row)
    if (!WITH_TIME.test(text)) return Float64Array.from(dayColumn(table, column), (each) => each * DAY_MS)
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`
    timeMs[row] = Date.parse(zoned.replace(' ', 'T'))
    if (Number.isNaN(timeMs[row])) {
      throw refusal('DATE_UNPARSABLE', `${table.file} ${table.where(row)}: ${text} is not a time`, 'write ISO times', {
        file: table.file,
        line: table.lineOf(row),
      })
    }
  }
  return timeMs
}
