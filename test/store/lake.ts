import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BarColumns, CurveColumns, SeriesColumns } from '../../src/lib/market/dataset.js'
import type { Product } from '../../src/lib/market/instrument.js'
import { clock } from '../../src/lib/runtime/clock.js'
import { openStore, type OpenStore, type StoreOptions } from '../../src/lib/store/open-store.js'
import type { DatasetWrite } from '../../src/lib/store/types.js'
import { day } from '../market/market.js'

export { day }

export const never = new AbortController().signal

export interface TestLake {
  readonly dataDir: string
  /** A store of its own on the same folder, as another process would open it. */
  open(options?: Partial<StoreOptions>): OpenStore
  remove(): void
}

/** A data folder that does not exist yet, inside a folder of its own. */
export function testLake(): TestLake {
  const folder = mkdtempSync(join(tmpdir(), 'contango-store-'))
  const dataDir = join(folder, 'data')
  const opened: OpenStore[] = []
  return {
    dataDir,
    open(options = {}) {
      const store = openStore({ dataDir, priority: ['csv', 'eia', 'sim'], lockWaitMs: 0, clock, ...options })
      opened.push(store)
      return store
    },
    remove() {
      for (const store of opened) store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One settlement as a test writes it. */
export type CurveRow = readonly [date: string, month: number, rank: number, settlement: number, openInterest?: number]

export function curves(product: Product, rows: readonly CurveRow[]): CurveColumns {
  return {
    kind: 'curves',
    product,
    unit: product === 'CL' || product === 'BRN' ? 'USD/bbl' : 'USD/gal',
    day: Int32Array.from(rows, ([date]) => day(date)),
    month: Int32Array.from(rows, ([, month]) => month),
    rank: Int32Array.from(rows, ([, , rank]) => rank),
    settlement: Float64Array.from(rows, ([, , , settlement]) => settlement),
    ...(rows.some((row) => row.length > 4)
      ? { openInterest: Float64Array.from(rows, (row) => row[4] ?? Number.NaN) }
      : {}),
  }
}

export type BarRow = readonly [date: string, open: number, high: number, low: number, close: number, volume: number]

export function bars(symbol: string, rows: readonly BarRow[], unit = 'USD/bbl'): BarColumns {
  const column = (at: 1 | 2 | 3 | 4 | 5): Float64Array => Float64Array.from(rows, (row) => row[at])
  return {
    kind: 'bars',
    symbol,
    unit,
    sessionDay: Int32Array.from(rows, ([date]) => day(date)),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  }
}

export type SeriesRow = readonly [period: string, knownOn: string, value: number]

export function series(id: string, rows: readonly SeriesRow[], more: Partial<SeriesColumns> = {}): SeriesColumns {
  return {
    kind: 'series',
    id,
    unit: 'kbbl',
    frequency: 'weekly',
    knownOnFrom: 'vendor',
    period: Int32Array.from(rows, ([period]) => day(period)),
    knownOn: Int32Array.from(rows, ([, knownOn]) => day(knownOn)),
    value: Float64Array.from(rows, ([, , value]) => value),
    ...more,
  }
}

export const from = (source: string, columns: DatasetWrite['columns']): DatasetWrite => ({
  columns,
  source,
  simulated: source === 'sim',
})
