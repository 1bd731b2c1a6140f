import { ContangoError } from '../../kernel/errors.js'
import type { DateFormat } from './day-column.js'
import type { ImportRequest, Layout } from './import-request.js'

/** What `fetch csv` was given, as typed. */
export interface ImportFlags {
  readonly layout?: string
  readonly map?: readonly string[]
  readonly unit?: readonly string[]
  readonly symbol?: string
  readonly series?: string
  readonly 'date-format'?: string
}

/** The flags in the terms of the readers; a pair that is none is a usage error. */
export function importRequest(flags: ImportFlags): ImportRequest {
  return {
    layout: flags.layout as Layout | undefined,
    renames: new Map((flags.map ?? []).map((pair) => splitPair('map', pair, 'FROM=TO, such as Settle=close'))),
    units: new Map(
      (flags.unit ?? []).map((text) =>
        text.includes('=') ? splitPair('unit', text, 'USD/bbl or NAME=USD/bbl') : (['', text] as const),
      ),
    ),
    symbol: flags.symbol,
    series: flags.series,
    dateFormat: flags['date-format'] as DateFormat | undefined,
  }
}

/** `BZ=F=close` splits at the last sign: vendors' columns may hold one, contango's names never do. */
function splitPair(flag: string, text: string, expected: string): readonly [string, string] {
  const at = text.lastIndexOf('=')
  if (at > 0 && at < text.length - 1) return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  throw new ContangoError('usage', 'BAD_FLAG_VALUE', `--${flag} takes ${expected}, not "${text}"`, undefined, {
    flag,
    value: text,
  })
}

/** A name for what is imported that a reader can trust: `sim` is the simulator's alone. */
export function checkedSourceName(name: string): string {
  if (name !== 'sim') return name
  throw new ContangoError(
    'usage',
    'SOURCE_RESERVED',
    '--source-name sim: that name marks simulated data and belongs to the simulator',
    'choose another name, or leave it out for csv',
    { flag: 'source-name', value: name },
  )
}
