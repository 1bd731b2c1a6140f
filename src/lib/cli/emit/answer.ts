import type { Format } from '../formats.js'
import type { Report } from '../report.js'

/** The answer in one form: pieces of text, or the bytes of a binary one. */
export async function answerLines(
  report: Report,
  format: Format,
  document: () => Promise<string>,
  bold: (text: string) => string,
): Promise<Iterable<string> | Uint8Array> {
  if (report.printed !== undefined) return [report.printed]
  switch (format) {
    case 'json':
      return [await document()]
    case 'ndjson':
      return (await import('./ndjson.js')).ndjsonLines(report.rows)
    case 'csv':
      return (await import('./csv.js')).csvLines(report.rows)
    case 'arrow':
      return (await import('./arrow.js')).arrowStream(report.rows)
    case 'table':
      return [(await import('./terminal.js')).terminalText(report.view ?? [{ table: report.rows }], bold)]
  }
}
