import type { BarContext, ParameterValue, StrategyModule } from '../../../../types/strategy.js'
import { ContangoError } from '../../kernel/errors.js'
import { isoFromDay } from '../../kernel/day.js'
import { computeIndicator } from '../../signals/indicators/compute-indicator.js'
import { parseIndicator } from '../../signals/indicators/parse-indicator.js'
import { barTimeText, sessionDayOf, type PriceBars } from '../price-bars.js'
import type { Decide, ParameterValues, Strategy } from '../strategy.js'
import { declaredParameters, isBarCount, isTextList } from './module-shape.js'
import { pastOf, type Cursor } from './past-of.js'
import { ReturnedTarget } from './returned-target.js'

/** Where in the user's file an error was thrown: `mine.ts:12`; null where its stack does not say. */
export type LocateError = (error: unknown) => string | null

type Values = Readonly<Record<string, ParameterValue>>

/**
 * A strategy out of a user's module. Whatever the module throws, or returns that is no number, refuses the run with the bar on
 * which it happened. `init` is called anew for each run over bars.
 */
export function userStrategy(module: StrategyModule, file: string, locate: LocateError): Strategy {
  const name = module.name ?? nameOfFile(file)
  const parameters = declaredParameters(module, file)
  const called = <Result>(what: string, call: () => Result): Result => {
    try {
      return call()
    } catch (error) {
      throw refusalOf(error, `${name}: ${what}`, locate, { strategy: name })
    }
  }
  const warmUpOf = (values: ParameterValues): number => {
    const { warmUp = 0 } = module
    const bars = typeof warmUp === 'function' ? called('warmUp', () => warmUp(values)) : warmUp
    if (isBarCount(bars)) return bars
    throw new ContangoError(
      'refused',
      'BAD_WARM_UP',
      `${name}: warmUp returned ${String(bars)}`,
      'a whole number of bars, 0 or more',
      { strategy: name },
    )
  }
  return {
    name,
    summary: module.summary ?? '',
    rule: module.rule ?? `onBar of ${file}`,
    parameters,
    outside: true,
    namesOrders: module.orders,
    firstDecisionBar: warmUpOf,
    columns: (values) => {
      const { columns = [] } = module
      const names = typeof columns === 'function' ? called('columns', () => columns(values)) : columns
      if (isTextList(names)) return names
      throw new ContangoError('refused', 'BAD_COLUMNS', `${name}: columns returned no list of names`, undefined, {
        strategy: name,
      })
    },
    prepare: (bars, given) => {
      const values = Object.freeze({ ...given })
      const state = called('init', () => module.init?.({ parameters: values }))
      const cursor: Cursor = { bar: -1 }
      const context = contextOf(bars, values, state, cursor)
      const reader = new ReturnedTarget(name, module.orders === true)
      const decide: Decide = (bar, held) => {
        cursor.bar = bar
        context.target = held
        let wanted: unknown
        try {
          wanted = module.onBar(context)
        } catch (error) {
          const date = barTimeText(bars.timeMs[bar])
          throw refusalOf(error, `${name}: onBar at the close of ${date} (bar ${bar})`, locate, {
            strategy: name,
            bar,
            date,
          })
        }
        return reader.read(wanted, held, bar, bars.timeMs[bar])
      }
      const tag = (): string => reader.tag
      return Object.assign(decide, module.orders === true ? { tag, orders: () => reader.orders } : { tag })
    },
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

function contextOf(
  bars: PriceBars,
  values: Values,
  state: unknown,
  cursor: Cursor,
): Writable<BarContext<Values, unknown>> {
  const { timeMs, close } = bars
  const indicators = new Map<string, ReadonlyMap<string, (offset?: number) => number>>()
  const columns = new Map(
    Object.entries(bars.extra ?? {}).map(([name, column]) => [name, pastOf(column, cursor, `column ${name} `)]),
  )
  return {
    parameters: values,
    state,
    target: 0,
    get bar() {
      return cursor.bar
    },
    get timeMs() {
      return timeMs[cursor.bar]
    },
    get date() {
      return barTimeText(timeMs[cursor.bar])
    },
    get session() {
      return isoFromDay(sessionDayOf(bars, cursor.bar))
    },
    open: pastOf(bars.open, cursor, 'open'),
    high: pastOf(bars.high, cursor, 'high'),
    low: pastOf(bars.low, cursor, 'low'),
    close: pastOf(close, cursor, 'close'),
    price: pastOf(bars.price ?? close, cursor, 'price'),
    volume: pastOf(bars.volume ?? new Float64Array(close.length).fill(Number.NaN), cursor, 'volume'),
    closes: (count) => [...close.subarray(Math.max(0, cursor.bar + 1 - count), cursor.bar + 1)],
    indicator(spec, offset = 0, column) {
      let columnsOf = indicators.get(spec)
      if (columnsOf === undefined) {
        columnsOf = indicatorColumns(bars, spec, cursor)
        indicators.set(spec, columnsOf)
      }
      const past = column === undefined ? columnsOf.values().next().value : columnsOf.get(column)
      if (past !== undefined) return past(offset)
      throw new Error(`indicator ${spec} has no column ${column}; it has ${[...columnsOf.keys()].join(', ')}`)
    },
    column(name, offset = 0) {
      const past = columns.get(name)
      if (past !== undefined) return past(offset)
      const there = columns.size === 0 ? 'none' : [...columns.keys()].join(', ')
      throw new Error(`there is no column ${name}: columns of the module asks for ${there}`)
    },
  }
}

/** Indicators use a bar and earlier ones only, so that computing them over all the bars at once shows no future. */
function indicatorColumns(
  { open, high, low, close, volume }: PriceBars,
  spec: string,
  cursor: Cursor,
): ReadonlyMap<string, (offset?: number) => number> {
  const { indicator, params, columns } = parseIndicator(spec)
  const fields = { open, high, low, close, volume: volume ?? new Float64Array(close.length).fill(Number.NaN) }
  const outputs = computeIndicator(indicator, fields, params)
  return new Map(columns.map((name, i) => [name, pastOf(outputs[i], cursor, `indicator ${spec} `)]))
}

function refusalOf(
  error: unknown,
  where: string,
  locate: LocateError,
  details: Readonly<Record<string, unknown>>,
): ContangoError {
  const at = locate(error)
  const place = at === null ? '' : ` (${at})`
  if (error instanceof ContangoError) {
    return new ContangoError('refused', error.code, `${where}: ${error.message}${place}`, error.hint, details, {
      cause: error,
    })
  }
  const said = error instanceof Error ? `${error.name}: ${error.message}` : `threw ${String(error)}`
  return new ContangoError(
    'refused',
    'STRATEGY_THREW',
    `${where}: ${said}${place}`,
    'the error is in the strategy’s own file',
    details,
    { cause: error },
  )
}

function nameOfFile(file: string): string {
  const name = file
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
  return name === '' ? 'strategy' : name
}
