import type { EpochDay } from '../kernel/day.js'
import type { BarColumns, CurveColumns, DatasetColumns, Provenance, SeriesColumns } from '../market/dataset.js'
import type { Product } from '../market/instrument.js'

/** A dataset of the lake: one file or, where `kind` is long, several. */
export interface DatasetInfo {
  readonly kind: DatasetColumns['kind']
  readonly name: string
  readonly source: string
  readonly simulated: boolean
  readonly unit: string
  readonly rows: number
  readonly first: EpochDay
  /** Last settlement or session day; for series the last period. */
  readonly last: EpochDay
  /** Of several files: of their fingerprints, one a line in the order of `files`. */
  readonly sha256: string
  /** Relative to the data folder; of several files their folder. */
  readonly path: string
  /** Every file, ascending by part. */
  readonly files: readonly LakeFileInfo[]
}

/** A catalogue row: one file of the lake. */
export interface LakeFileInfo extends Omit<DatasetInfo, 'files'> {
  /** Empty where the dataset is this one file; `2024-01-02.001` of ticks, `2024-01` of intraday bars. */
  readonly part: string
}

export interface ReadOptions {
  readonly from?: EpochDay
  readonly to?: EpochDay
  /** Nothing that became known after this day is returned. */
  readonly asOf?: EpochDay
  /** One source; by default the first of `sources.priority` that has the dataset. */
  readonly source?: string
}

export interface ReadCurvesOptions extends ReadOptions {
  /** Only ranks 1 … maxRank. */
  readonly maxRank?: number
  /** Read open interest and volume too. */
  readonly activity?: boolean
}

export interface Read<T> {
  readonly columns: T
  readonly provenance: Provenance
}

export interface DatasetWrite {
  readonly columns: DatasetColumns
  readonly source: string
  readonly simulated: boolean
  /**
   * The merge starts from nothing: rows of this (dataset, source) that the write does not carry are gone, and a series
   * keeps no older vintages. For the simulator, where another seed is another world, and for a table that its keeper
   * rewrites whole and that carries its own known-on dates; the receipt still counts
   * `added` and `revised` against what was there.
   */
  readonly replace?: boolean
}

export interface WriteOptions {
  /**
   * A file, relative to the data folder, whose content the datasets are: it is deleted with the write, or stays with a
   * write that fails. Where it is gone already somebody else has written it, and nothing is written.
   */
  readonly consumes?: string
  /** Datasets that are no longer there once the write has happened; one that is not there is no mistake. */
  readonly removes?: readonly DatasetKey[]
}

/** Which dataset. */
export type DatasetKey = Pick<DatasetInfo, 'kind' | 'name' | 'source'>

export interface WriteReceipt {
  readonly kind: DatasetColumns['kind']
  readonly name: string
  readonly source: string
  /** Rows that were not there before. */
  readonly added: number
  /** Rows whose value differs from what was there (curves and bars: replaced; series: a new vintage). */
  readonly revised: number
  readonly rows: number
  readonly first: EpochDay
  readonly last: EpochDay
  readonly sha256: string
}

/** A finished (or interrupted) command in the run ledger. */
export interface RunRecord {
  readonly id: string
  readonly command: string
  readonly argv: readonly string[]
  readonly startedAtMs: number
  readonly durationMs: number
  readonly exitCode: number
  readonly errorCode: string | null
  readonly asOf: string | null
  readonly schema: string | null
  /** sha256 of the document that was printed. */
  readonly outputSha256: string | null
  readonly inputs: readonly Provenance[]
  readonly version: string
  readonly host: string
  readonly pid: number
}

/** A file of the lake that the catalogue knows and that is sound. */
export interface CheckedDataset {
  readonly info: LakeFileInfo
  readonly columns: DatasetColumns
}

/** Something in the lake that is not as it should be. */
export interface LakeProblem {
  /** Relative to the data folder. */
  readonly path: string
  /**
   * missing: listed and not there; damaged: cannot be decoded; changed: not what the catalogue knows; misplaced: another
   * dataset's file; orphan: a lake file that the catalogue does not know; foreign: no lake file; interrupted: a killed
   * write waits to be put right.
   */
  readonly problem: 'missing' | 'damaged' | 'changed' | 'misplaced' | 'orphan' | 'foreign' | 'interrupted'
  readonly message: string
}

export interface LakeCheck {
  readonly datasets: readonly CheckedDataset[]
  readonly problems: readonly LakeProblem[]
}

export interface Rebuilt {
  /** Files that the new catalogue lists. */
  readonly datasets: number
  /** Files under lake/ that are no sound lake files; they were left alone. */
  readonly skipped: readonly string[]
}

/** Reads are for everyone; a write holds the one lock of the workspace. */
export interface Store {
  datasets(filter?: { kind?: DatasetColumns['kind']; name?: string; source?: string }): DatasetInfo[]
  /** The dataset that a read of this name would take, by `sources.priority`; null if there is none. */
  pick(kind: DatasetColumns['kind'], name: string, source?: string): DatasetInfo | null
  /** Throws noData with the fetch command to type. */
  readCurves(product: Product, options?: ReadCurvesOptions): Promise<Read<CurveColumns>>
  readBars(symbol: string, options?: ReadOptions): Promise<Read<BarColumns>>
  readSeries(id: string, options?: ReadOptions): Promise<Read<SeriesColumns>>
  /** All stored columns of one file; with `vintages`, every vintage of a series and not only the one in force. */
  readDataset(info: DatasetInfo, options?: ReadOptions & { vintages?: boolean }): Promise<Read<DatasetColumns>>
  /** All or nothing: waits for the lock, merges, stages, journals, renames, updates the catalogue. */
  write(datasets: readonly DatasetWrite[], signal: AbortSignal, options?: WriteOptions): Promise<WriteReceipt[]>
  /** Holds the catalogue against the files, of the named datasets or of all. */
  check(names: readonly string[] | null, signal: AbortSignal): Promise<LakeCheck>
  /** The catalogue made anew from the files; what is not a lake file is left alone and named. */
  rebuild(signal: AbortSignal): Promise<Rebuilt>
  close(): void
}

/** The run ledger; a failure to write it is the caller's warning. */
export interface RunLedger {
  append(run: RunRecord): void
  list(options: { limit: number; command?: string }): RunRecord[]
  get(id: string): RunRecord | null
}
