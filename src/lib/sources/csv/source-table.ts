/** The rows of one file, whatever it was written in: CSV, NDJSON or Parquet. */
export interface SourceTable {
  /** Base name. */
  readonly file: string
  readonly headers: readonly string[]
  readonly rows: number
  /** Text of a cell, trimmed; '' where it is missing. */
  text(column: number, row: number): string
  /** The cell as a number without looking at text twice: NaN where it is missing or is no plain number. */
  plainNumber(column: number, row: number): number
  /** True where the cell holds nothing at all. */
  isBlank(column: number, row: number): boolean
  /** An ISO date straight from the cell as an epoch day; NaN for everything else, which then goes through its text. */
  isoDay(column: number, row: number): number
  /** An ISO date with a time to the second, UTC, straight from the cell as milliseconds since 1970; NaN for everything else. */
  isoTimeMs(column: number, row: number): number
  /** `line 5` of a text, `row 4` of a Parquet file. */
  where(row: number): string
  /** The number in {@link where}. */
  lineOf(row: number): number
}
