import { ContangoError } from '../kernel/errors.js'
import type { ChartFormat } from '../charts/chart.js'

export const FORMATS = ['table', 'json', 'ndjson', 'csv', 'arrow'] as const
export type Format = (typeof FORMATS)[number]

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.arrow': 'arrow',
  '.txt': 'table',
}
const CHART_BY_EXTENSION: Readonly<Record<string, ChartFormat>> = {
  '.svg': 'svg',
  '.png': 'png',
  '.html': 'html',
  '.vl.json': 'vl.json',
}

/** Where the answer goes and in which form. */
export interface OutputTarget {
  readonly format: Format
  /** The answer's file as typed; null is stdout. */
  readonly file: string | null
  /** False where only a chart was asked for. */
  readonly printAnswer: boolean
  readonly chart: { readonly file: string; readonly format: ChartFormat } | null
}

interface OutputFlags {
  readonly format?: string
  readonly json: boolean
  readonly output?: string
  readonly chart: boolean
}

function endingOf<T>(file: string, table: Readonly<Record<string, T>>): T | undefined {
  const lower = file.toLowerCase()
  const ending = Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .find((extension) => lower.endsWith(extension))
  return ending === undefined ? undefined : table[ending]
}

/**
 * `-f` and `--json` pick the form, else the ending of `-o FILE`, else a table. Under `--chart`, `-o` names the
 * picture, and the answer itself is printed only where `-f` or `--json` asks for it.
 * @param ownEndings endings that the command writes by itself (`report market -o x.html`)
 */
export function outputTarget(flags: OutputFlags, ownEndings: readonly string[] = []): OutputTarget {
  if (flags.json && flags.format !== undefined && flags.format !== 'json') {
    throw new ContangoError(
      'usage',
      'FORMAT_CONFLICT',
      `--json and --format ${flags.format} contradict each other`,
      'give one of them',
    )
  }
  const asked = flags.json ? 'json' : (flags.format as Format | undefined)
  const { output } = flags
  if (flags.chart) {
    const format = output === undefined ? undefined : endingOf(output, CHART_BY_EXTENSION)
    if (output === undefined || format === undefined) {
      throw new ContangoError(
        'usage',
        'CHART_FILE',
        `--chart needs a file to draw into${output === undefined ? '' : `, not "${output}"`}`,
        'give -o NAME.svg, NAME.png, NAME.html or NAME.vl.json',
      )
    }
    return { format: asked ?? 'table', file: null, printAnswer: asked !== undefined, chart: { file: output, format } }
  }
  if (output === undefined || output === '-')
    return { format: asked ?? 'table', file: null, printAnswer: true, chart: null }
  if (ownEndings.some((ending) => output.toLowerCase().endsWith(ending))) {
    return { format: asked ?? 'table', file: null, printAnswer: true, chart: null }
  }
  const byEnding = endingOf(output, BY_EXTENSION)
  if (asked === undefined && byEnding === undefined) {
    const isChart = endingOf(output, CHART_BY_EXTENSION) !== undefined
    throw new ContangoError(
      'usage',
      'OUTPUT_ENDING',
      `"${output}" does not say which form to write`,
      isChart ? 'add --chart for a picture' : `end the name in ${Object.keys(BY_EXTENSION).join(' ')}, or give -f`,
    )
  }
  if (asked !== undefined && byEnding !== undefined && asked !== byEnding) {
    throw new ContangoError(
      'usage',
      'FORMAT_CONFLICT',
      `-f ${asked} and the ending of "${output}" contradict each other`,
      'give one of them',
    )
  }
  return { format: asked ?? byEnding ?? 'table', file: output, printAnswer: true, chart: null }
}
