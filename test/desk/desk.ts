import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { section as analyticsSection } from '../../src/lib/config/sections/analytics.js'
import { section as calendarsSection } from '../../src/lib/config/sections/calendars.js'
import { section as instrumentsSection } from '../../src/lib/config/sections/instruments.js'
import { section as spreadsSection } from '../../src/lib/config/sections/spreads.js'
import type { DeskContext } from '../../src/lib/desk/desk-context.js'
import { dayFromIso, isoFromDay, type EpochDay } from '../../src/lib/kernel/day.js'
import { ContangoError } from '../../src/lib/kernel/errors.js'
import { createMarket } from '../../src/lib/market/create-market.js'
import type { CurveColumns } from '../../src/lib/market/dataset.js'
import type { Market, Product } from '../../src/lib/market/market.js'

export const builtIn = (file: string): unknown =>
  parse(readFileSync(new URL(`../../config/${file}`, import.meta.url), 'utf8'))

export const analytics = analyticsSection.schema.parse(builtIn('analytics.yaml'))
export const spreads = spreadsSection.schema.parse(builtIn('spreads.yaml'))
export const market: Market = createMarket(
  instrumentsSection.schema.parse(builtIn('instruments.yaml')),
  calendarsSection.schema.parse(builtIn('calendars.yaml')),
)

export const day = (iso: string): EpochDay => {
  const found = dayFromIso(iso)
  if (found === null) throw new RangeError(iso)
  return found
}

/** One settlement as a test writes it: day, delivery month, price. */
export type Row = readonly [date: string, month: number, settlement: number]

/** Long columns of a few settlements; ranks by the exchange's rule. */
export function curveOf(product: Product, rows: readonly Row[]): CurveColumns {
  const sorted = [...rows].sort((a, b) => day(a[0]) - day(b[0]) || a[1] - b[1])
  return {
    kind: 'curves',
    product,
    unit: market.instrument(product).unit,
    day: Int32Array.from(sorted, ([date]) => day(date)),
    month: Int32Array.from(sorted, ([, month]) => month),
    rank: Int32Array.from(sorted, ([date, month]) => market.rankOfMonth(product, day(date), month)),
    settlement: Float64Array.from(sorted, ([, , settlement]) => settlement),
  }
}

/**
 * The products of the wide file of real settlements, by rank → contract. Days without a settlement (the Sunday of
 * 2017-08-27 with its zero) are left out, as the quality gate does.
 */
export function realCurves(path: string, products: readonly Product[]): Map<Product, CurveColumns> {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n')
  const names = header.split(',')
  const rows = lines.map((line) => line.split(','))
  return new Map(
    products.map((product) => {
      const columns = names.flatMap((name, i) => (new RegExp(`^${product}\\d\\d$`).test(name) ? [i] : []))
      const out = { day: [] as number[], month: [] as number[], rank: [] as number[], settlement: [] as number[] }
      for (const row of rows) {
        const at = day(row[0])
        if (!market.settlementCalendar(product).isBusinessDay(at)) continue
        columns.forEach((column, k) => {
          if (row[column] === '' || row[column] === undefined) return
          out.day.push(at)
          out.month.push(market.monthAtRank(product, at, k + 1))
          out.rank.push(k + 1)
          out.settlement.push(Number(row[column]))
        })
      }
      const columnsOf = {
        kind: 'curves' as const,
        product,
        unit: market.instrument(product).unit,
        day: Int32Array.from(out.day),
        month: Int32Array.from(out.month),
        rank: Int32Array.from(out.rank),
        settlement: Float64Array.from(out.settlement),
      }
      return [product, columnsOf]
    }),
  )
}

export interface FakeDesk extends DeskContext {
  readonly warnings: { code: string; message: string }[]
  /** Every read, as the lake would see it. */
  readonly reads: { product: Product; from?: EpochDay; to?: EpochDay; maxRank?: number }[]
}

/** A desk on curves in memory. */
export function deskOn(
  curves: ReadonlyMap<Product, CurveColumns>,
  options: { asOf?: string; simulated?: readonly Product[]; spreads?: unknown } = {},
): FakeDesk {
  const warnings: FakeDesk['warnings'] = []
  const reads: FakeDesk['reads'] = []
  const requestedAsOf = options.asOf === undefined ? null : day(options.asOf)
  const isSimulated = (product: Product): boolean => options.simulated?.includes(product) ?? false
  const pick: DeskContext['store']['pick'] = (_kind, name) => {
    const columns = curves.get(name as Product)
    if (!columns || columns.day.length === 0) return null
    const info = {
      kind: 'curves',
      name,
      source: 'csv',
      simulated: isSimulated(columns.product),
      unit: columns.unit,
      rows: columns.day.length,
      first: columns.day[0],
      last: columns.day[columns.day.length - 1],
      sha256: '',
      path: '',
    } as const
    return { ...info, files: [{ ...info, part: '' }] }
  }
  return {
    warnings,
    reads,
    market,
    config: {
      analytics,
      spreads: options.spreads === undefined ? spreads : spreadsSection.schema.parse(options.spreads),
    },
    requestedAsOf,
    asOf(products) {
      const lasts = products.flatMap((product) => pick('curves', product)?.last ?? [])
      if (lasts.length === 0) throw new ContangoError('noData', 'NO_DATA', `no settlements of ${products.join(', ')}`)
      return requestedAsOf ?? Math.min(...lasts)
    },
    warn: (code, message) => void warnings.push({ code, message }),
    store: {
      pick,
      readCurves: async (product, { from = -Infinity, to = Infinity, asOf = Infinity, maxRank = Infinity } = {}) => {
        reads.push({ product, from, to, maxRank })
        const columns = curves.get(product)
        if (!columns) throw new ContangoError('noData', 'NO_DATA', `no settlements of ${product}`)
        const rows: number[] = []
        for (let row = 0; row < columns.day.length; row++) {
          const at = columns.day[row]
          if (at >= from && at <= Math.min(to, asOf) && columns.rank[row] <= maxRank) rows.push(row)
        }
        const taken = <T extends Int32Array | Float64Array>(values: T): T =>
          values.constructor === Int32Array
            ? (Int32Array.from(rows, (row) => values[row]) as T)
            : (Float64Array.from(rows, (row) => values[row]) as T)
        return {
          columns: {
            ...columns,
            day: taken(columns.day),
            month: taken(columns.month),
            rank: taken(columns.rank),
            settlement: taken(columns.settlement),
          },
          provenance: {
            series: product,
            kind: 'curves',
            source: 'csv',
            simulated: isSimulated(product),
            sha256: '',
            rows: rows.length,
            first: rows.length > 0 ? isoFromDay(columns.day[rows[0]]) : null,
            last: rows.length > 0 ? isoFromDay(columns.day[rows[rows.length - 1]]) : null,
          },
        }
      },
    },
  }
}
