import type { Chart } from '../charts/chart.js'
import type { EpochDay } from '../kernel/day.js'
import type { ContangoError } from '../kernel/errors.js'
import type { Table } from './table.js'

/** What a person sees on the terminal: sections of text and tables. */
export interface Section {
  readonly title?: string
  readonly table?: Table
  readonly lines?: readonly string[]
}

/** A check that said no: exit 10, and still `ok: true`. */
export interface Trip {
  readonly code: string
  readonly message: string
}

/** A command's answer; the base command prints it in whatever form was asked for. */
export interface Report<Data = unknown> {
  /** The date that the answer is about; null where there is none (`contracts`, `ticker`). */
  readonly asOf: EpochDay | null
  /** The document's `data`, as declared by the zod schema in `documents/`. */
  readonly data: Data
  /** The rows of csv, ndjson and arrow. */
  readonly rows: Table
  /** The terminal view; by default `rows`. */
  readonly view?: readonly Section[]
  /** Called with the whole document, whichever form was asked for, before anything is printed: to keep it. */
  readonly onDocument?: (document: string) => Promise<void>
  /** Only called under `--chart`. */
  readonly chart?: () => Chart
  readonly trip?: Trip
  /** Part of the question got no answer: the rest is printed, and the exit code is this error's. A trip goes before it. */
  readonly incomplete?: ContangoError
  /**
   * A command that goes on answering: its rows in batches, printed as NDJSON on stdout while they come; `rows` then only
   * names the columns. It begins when it is first asked, ends with the run's signal, and puts away what it holds.
   */
  readonly stream?: AsyncIterable<Table>
  /** What another command printed in the form that was asked for: printed as it is, and nothing else. */
  readonly printed?: string
}
