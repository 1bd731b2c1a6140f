import type {
  BarColumns,
  CurveColumns,
  DatasetColumns,
  IntradayColumns,
  SeriesColumns,
  TickColumns,
} from '../market/dataset.js'

/**
 * One column of a lake file. Dates are Parquet DATE, times TIMESTAMP in milliseconds, months, ranks and marks INT32, the
 * rest DOUBLE with NaN as null.
 */
export interface LakeColumn {
  readonly name: string
  readonly type: 'date' | 'timestamp' | 'int32' | 'double'
  readonly values: Int32Array | Float64Array
}

/** The columns of a dataset in the order in which they are stored and fingerprinted. */
export function lakeColumns(columns: DatasetColumns): LakeColumn[] {
  const date = (name: string, values: Int32Array): LakeColumn => ({ name, type: 'date', values })
  const time = (values: Float64Array): LakeColumn => ({ name: 'time', type: 'timestamp', values })
  const whole = (name: string, values: Int32Array): LakeColumn => ({ name, type: 'int32', values })
  const number = (name: string, values: Float64Array | undefined): LakeColumn[] =>
    values ? [{ name, type: 'double', values }] : []
  switch (columns.kind) {
    case 'curves':
      return [
        date('date', columns.day),
        whole('contract_month', columns.month),
        whole('rank', columns.rank),
        ...number('settlement', columns.settlement),
        ...number('open_interest', columns.openInterest),
        ...number('volume', columns.volume),
      ]
    case 'bars':
      return [
        date('date', columns.sessionDay),
        ...number('open', columns.open),
        ...number('high', columns.high),
        ...number('low', columns.low),
        ...number('close', columns.close),
        ...number('volume', columns.volume),
        ...number('open_interest', columns.openInterest),
      ]
    case 'series':
      return [date('period', columns.period), date('known_on', columns.knownOn), ...number('value', columns.value)]
    case 'ticks':
      return [
        date('date', columns.day),
        time(columns.timeMs),
        ...number('last', columns.last),
        ...number('change', columns.change),
        ...number('bid', columns.bid),
        ...number('ask', columns.ask),
        whole('stale', columns.stale),
      ]
    case 'intraday':
      return [
        date('date', columns.day),
        time(columns.timeMs),
        ...number('open', columns.open),
        ...number('high', columns.high),
        ...number('low', columns.low),
        ...number('close', columns.close),
        ...number('volume', columns.volume),
      ]
  }
}

/** What a lake file says of itself, so that the catalogue can be rebuilt from the files alone. */
export interface LakeMeta {
  readonly kind: DatasetColumns['kind']
  readonly name: string
  readonly source: string
  readonly simulated: boolean
  readonly unit: string
  readonly frequency: SeriesColumns['frequency'] | null
  readonly knownOnFrom: SeriesColumns['knownOnFrom'] | null
  /** Which of its dataset's files it is; absent where there is one alone. */
  readonly part?: string
}

/** The columns behind the names of a file, back as a dataset. */
export function datasetOf(meta: LakeMeta, read: ReadonlyMap<string, Int32Array | Float64Array>): DatasetColumns {
  const days = (name: string): Int32Array => read.get(name) as Int32Array
  const numbers = (name: string): Float64Array => read.get(name) as Float64Array
  const optional = (name: string): Float64Array | undefined => read.get(name) as Float64Array | undefined
  switch (meta.kind) {
    case 'curves':
      return {
        kind: 'curves',
        product: meta.name as CurveColumns['product'],
        unit: meta.unit as CurveColumns['unit'],
        day: days('date'),
        month: days('contract_month'),
        rank: days('rank'),
        settlement: numbers('settlement'),
        openInterest: optional('open_interest'),
        volume: optional('volume'),
      }
    case 'bars':
      return {
        kind: 'bars',
        symbol: meta.name,
        unit: meta.unit,
        sessionDay: days('date'),
        open: numbers('open'),
        high: numbers('high'),
        low: numbers('low'),
        close: numbers('close'),
        volume: numbers('volume'),
        openInterest: optional('open_interest'),
      } satisfies BarColumns
    case 'series':
      return {
        kind: 'series',
        id: meta.name,
        unit: meta.unit,
        frequency: meta.frequency ?? 'daily',
        period: days('period'),
        knownOn: days('known_on'),
        value: numbers('value'),
        knownOnFrom: meta.knownOnFrom ?? 'rule',
      }
    case 'ticks':
      return {
        kind: 'ticks',
        ticker: meta.name,
        unit: meta.unit,
        day: days('date'),
        timeMs: numbers('time'),
        last: numbers('last'),
        change: numbers('change'),
        bid: numbers('bid'),
        ask: numbers('ask'),
        stale: days('stale'),
      } satisfies TickColumns
    case 'intraday':
      return {
        kind: 'intraday',
        ticker: meta.name,
        unit: meta.unit,
        day: days('date'),
        timeMs: numbers('time'),
        open: numbers('open'),
        high: numbers('high'),
        low: numbers('low'),
        close: numbers('close'),
        volume: numbers('volume'),
      } satisfies IntradayColumns
  }
}

/** The column that orders a file and bounds a read. */
export function dayColumnOf(kind: DatasetColumns['kind']): 'date' | 'period' {
  return kind === 'series' ? 'period' : 'date'
}

/** The column of a lake file behind its values: INT32 columns that are no dates, and times, are known by name. */
export function lakeColumn(name: string, values: Int32Array | Float64Array): LakeColumn {
  if (values instanceof Float64Array) return { name, type: name === 'time' ? 'timestamp' : 'double', values }
  return { name, type: ['contract_month', 'rank', 'stale'].includes(name) ? 'int32' : 'date', values }
}
