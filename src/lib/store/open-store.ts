import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { BarColumns, CurveColumns, DatasetColumns, Provenance, SeriesColumns } from '../market/dataset.js'
import type { Clock } from '../runtime/clock.js'
import { datasetsOf, listDatasets, pendingWrites } from './catalogue.js'
import { checkLake } from './check.js'
import { openForReading, openForWriting } from './database.js'
import { fingerprint } from './fingerprint.js'
import { jobLedger, type JobLedger } from './job-ledger.js'
import { signalLog, type SignalLog } from './signal-log.js'
import { isParted } from './lake-path.js'
import { dayColumnOf, datasetOf, lakeColumn, type LakeColumn, type LakeMeta } from './layout.js'
import { acquireLock, type WorkspaceLock } from './lock.js'
import { inTimeOrder } from './merge.js'
import { openLakeFile, readLakeColumns, type LakeFile } from './parquet-read.js'
import { rebuildCatalogue } from './rebuild.js'
import { runLedger } from './run-ledger.js'
import { dayRange, joinRows, pickRows, sliceColumns } from './slice.js'
import { bySourcePriority } from './source-priority.js'
import type {
  DatasetInfo,
  DatasetWrite,
  LakeFileInfo,
  Read,
  ReadOptions,
  RunLedger,
  Store,
  WriteReceipt,
} from './types.js'
import { hasLeftovers, recover, writeDatasets, type WriteStep } from './write.js'

export interface StoreOptions {
  readonly dataDir: string
  /** `sources.priority`: which source a reader takes. */
  readonly priority: readonly string[]
  readonly lockWaitMs: number
  readonly clock: Clock
  /** Every read is reported: it becomes an entry of `inputs[]`. */
  readonly onRead?: (provenance: Provenance) => void
  readonly warn?: (code: string, message: string) => void
  /** Called after each step of a write; a test kills the process there. */
  readonly onWriteStep?: (step: WriteStep) => void
}

export interface OpenStore extends Store {
  readonly runs: RunLedger
  readonly jobs: JobLedger
  readonly issuedSignals: SignalLog
}

const HINT_BY_KIND = {
  curves: 'contango fetch sim (simulated) or contango fetch csv FILE (your own)',
  bars: 'contango fetch csv FILE',
  series: 'contango fetch eia --preset weekly, or contango fetch csv FILE',
  ticks: 'contango quotes --watch --record',
  intraday: 'contango fetch bloomberg --what intraday',
} as const

/** Files held in memory, of some MB each: as many as there are products. */
const KEPT_FILES = 8

/** Opens nothing until something is read or written; a missing data folder is an empty lake. */
export function openStore(options: StoreOptions): OpenStore {
  const { dataDir, clock } = options
  let reader: Database.Database | null = null
  let writer: Database.Database | null = null
  let looked = false

  const reading = (): Database.Database | null => {
    if (writer) return writer
    if (!looked) {
      reader = openForReading(dataDir)
      looked = reader !== null
    }
    return reader
  }
  const writing = (): Database.Database => {
    if (writer) return writer
    reader?.close()
    reader = null
    return (writer = openForWriting(dataDir))
  }

  const pick = (kind: DatasetColumns['kind'], name: string, source?: string): DatasetInfo | null => {
    const db = reading()
    if (!db) return null
    const found = datasetsOf(db, kind, name).sort(bySourcePriority(options.priority))
    return (source === undefined ? found[0] : found.find((info) => info.source === source)) ?? null
  }

  const need = (kind: DatasetColumns['kind'], name: string, source?: string): DatasetInfo => {
    const info = pick(kind, name, source)
    if (info) return info
    const elsewhere = reading() ? listDatasets(reading()!).filter((one) => one.name === name) : []
    const known = elsewhere.map((one) => `${one.kind} from ${one.source}`).join(', ')
    throw new ContangoError(
      'noData',
      'NO_DATA',
      `the lake has no ${kind} of ${name}${source === undefined ? '' : ` from ${source}`}${known === '' ? '' : `; it has ${known}`}`,
      HINT_BY_KIND[kind],
      { kind, name, source: source ?? null },
    )
  }

  /** A question often reads several slices of one dataset: its file is read once as long as the catalogue names the same bytes. */
  const kept = new Map<string, { readonly sha256: string; readonly file: LakeFile }>()
  async function opened({ path, sha256 }: LakeFileInfo, staged: string | undefined): Promise<LakeFile> {
    const before = kept.get(path)
    if (before?.sha256 === sha256) return before.file
    const file = await openLakeFile(dataDir, path, staged)
    if (kept.size >= KEPT_FILES) kept.clear()
    kept.set(path, { sha256, file })
    return file
  }

  /** Reads the rows of [from, min(to, asOf)] and reports the slice; `refine` narrows it further first. */
  async function read<T extends DatasetColumns>(
    info: DatasetInfo,
    readOptions: ReadOptions,
    wanted: (names: readonly string[]) => readonly string[],
    refine: (columns: LakeColumn[]) => LakeColumn[],
  ): Promise<Read<T>> {
    const from = readOptions.from ?? -Infinity
    // A settlement is known on its day; a series says itself when: a forecast is known before its period.
    const knownThrough = info.kind === 'series' ? Infinity : (readOptions.asOf ?? Infinity)
    const to = Math.min(readOptions.to ?? Infinity, knownThrough)
    const within = info.files.filter((file) => file.last >= from && file.first <= to)
    // one file at least, so that an empty answer has columns and a description
    const files = within.length > 0 ? within : info.files.slice(0, 1)
    const slices: LakeColumn[][] = []
    let meta: LakeMeta | null = null
    for (const one of files) {
      const staged = pendingWrites(reading()!).find((write) => write.info.path === one.path)?.staged
      const file = await opened(one, staged)
      const names = wanted(file.columnNames)
      const map = await readLakeColumns(one.path, file, names, from, to)
      const { start, end } = dayRange(map.get(dayColumnOf(info.kind)) as Int32Array, from, to)
      const all = names.map((name) => lakeColumn(name, map.get(name)!))
      slices.push(sliceColumns(all, start, end))
      meta ??= file.meta
    }
    const joined = joinRows(slices)
    const columns = refine(isParted(info.kind) ? inTimeOrder(joined) : joined)
    const days = columns[0].values
    const provenance: Provenance = {
      series: info.name,
      kind: info.kind,
      source: info.source,
      simulated: meta!.simulated,
      sha256: fingerprint(columns),
      rows: days.length,
      first: days.length > 0 ? isoFromDay(days[0]) : null,
      last: days.length > 0 ? isoFromDay(days[days.length - 1]) : null,
    }
    options.onRead?.(provenance)
    const byName = new Map(columns.map((column) => [column.name, column.values]))
    return { columns: datasetOf(meta!, byName) as T, provenance }
  }

  return {
    datasets(filter = {}) {
      const db = reading()
      if (!db) return []
      return listDatasets(db).filter(
        (info) =>
          (filter.kind === undefined || info.kind === filter.kind) &&
          (filter.name === undefined || info.name === filter.name) &&
          (filter.source === undefined || info.source === filter.source),
      )
    },
    pick,
    readCurves(product, readOptions = {}) {
      const { maxRank = Infinity, activity = false } = readOptions
      return read<CurveColumns>(
        need('curves', product, readOptions.source),
        readOptions,
        (names) => (activity ? names : ['date', 'contract_month', 'rank', 'settlement']),
        (columns) => {
          const rank = columns[2].values
          return maxRank === Infinity ? columns : pickRows(columns, (row) => rank[row] <= maxRank)
        },
      )
    },
    readBars(symbol, readOptions = {}) {
      return read<BarColumns>(
        need('bars', symbol, readOptions.source),
        readOptions,
        (names) => names,
        (columns) => columns,
      )
    },
    readSeries(id, readOptions = {}) {
      const asOf = readOptions.asOf ?? Infinity
      return read<SeriesColumns>(
        need('series', id, readOptions.source),
        readOptions,
        (names) => names,
        (columns) => inForce(columns, asOf),
      )
    },
    readDataset(info, readOptions = {}) {
      const asOf = readOptions.asOf ?? Infinity
      return read<DatasetColumns>(
        info,
        readOptions,
        (names) => names,
        (columns) => {
          if (info.kind !== 'series') return columns
          if (readOptions.vintages !== true) return inForce(columns, asOf)
          return pickRows(columns, (row) => columns[1].values[row] <= asOf)
        },
      )
    },
    async write(datasets: readonly DatasetWrite[], signal: AbortSignal, writeOptions = {}): Promise<WriteReceipt[]> {
      const lock = await acquireLock(dataDir, options.lockWaitMs, clock, signal)
      try {
        const env = { dataDir, db: writing(), signal, onStep: options.onWriteStep }
        if (hasLeftovers(dataDir, env.db)) {
          await recover(env)
          options.warn?.('WRITE_RECOVERED', 'an earlier write was interrupted; it has been put right')
        }
        return await writeDatasets(datasets, env, writeOptions)
      } finally {
        lock.release()
      }
    },
    async check(names, signal) {
      // Under the lock nobody is at work, so what looks unfinished is; a folder that may not be written has no writer.
      let lock: WorkspaceLock | null = null
      try {
        if (existsSync(dataDir)) lock = await acquireLock(dataDir, options.lockWaitMs, clock, signal)
      } catch (error) {
        if (!(error instanceof ContangoError && error.kind === 'config')) throw error
      }
      try {
        const db = reading()
        const interrupted = db !== null && hasLeftovers(dataDir, db)
        return await checkLake(dataDir, db, interrupted, (name) => names === null || names.includes(name), signal)
      } finally {
        lock?.release()
      }
    },
    async rebuild(signal) {
      const lock = await acquireLock(dataDir, options.lockWaitMs, clock, signal)
      try {
        const env = { dataDir, db: writing(), signal }
        if (hasLeftovers(dataDir, env.db)) await recover(env)
        return await rebuildCatalogue(dataDir, env.db, signal)
      } finally {
        lock.release()
      }
    },
    runs: runLedger(reading, writing),
    jobs: jobLedger(dataDir, reading, writing),
    issuedSignals: signalLog(reading, writing),
    close() {
      reader?.close()
      writer?.close()
      reader = null
      writer = null
      looked = false
      kept.clear()
    },
  }
}

/** Per period the last vintage that was known on the day: a series as it was seen then. */
function inForce([period, knownOn, value]: LakeColumn[], asOf: EpochDay): LakeColumn[] {
  const length = period.values.length
  return pickRows([period, knownOn, value], (row) => {
    if (knownOn.values[row] > asOf) return false
    return row + 1 === length || period.values[row + 1] !== period.values[row] || knownOn.values[row + 1] > asOf
  })
}
