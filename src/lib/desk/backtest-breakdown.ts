import { calendarReturns } from '../backtest/metrics/calendar-returns.js'
import { exitReasons } from '../backtest/metrics/exit-reasons.js'
import { groupReturns, type ReturnGroup } from '../backtest/metrics/group-returns.js'
import { returnsOf } from '../backtest/metrics/performance.js'
import { rollingSharpe } from '../backtest/metrics/rolling-sharpe.js'
import { tradeGroup } from '../backtest/metrics/trade-group.js'
import { sessionTimes } from '../backtest/price-bars.js'
import { FILL_REASONS } from '../backtest/records.js'
import type { BacktestRun } from '../backtest/run-account.js'
import type { BacktestBreakdown } from '../documents/parts/backtest-breakdown.js'
import { isoDays } from '../kernel/day.js'
import { CURVE_SHAPES } from './curve-shapes.js'
import { VOLATILITY_BARS, VOLATILITY_NAMES, type RunRegimes } from './trade-regimes.js'

const DAY_MS = 86_400_000
/** Bars of the rolling Sharpe ratio: a year, a quarter or a month, as the history allows. */
export function rollingBars(bars: number): number {
  return bars >= 504 ? 252 : bars >= 126 ? 63 : 21
}

const MOST_DAYS = 20_000

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/**
 * A run by month, year, regime, side, exit and tag.
 * @param legSign of the first leg of an instrument: −1 where it is sold when the instrument is bought
 */
export function backtestBreakdown(
  run: BacktestRun,
  regimes: RunRegimes,
  legSign: (instrument: number) => number,
): BacktestBreakdown {
  const { equityUsd, trades, barsPerYear } = run
  const timeMs = sessionTimes(run).subarray(0, equityUsd.length)
  const months = calendarReturns(timeMs, equityUsd, 'month')
  const exits = exitsByYear(timeMs, trades)
  return {
    monthly: months.map(({ year, month, value, pnlUsd, baseBar, lastBar }) => ({
      month: `${year}-${String(month).padStart(2, '0')}`,
      return: orNull(value),
      pnlUsd,
      bars: lastBar - baseBar,
    })),
    yearly: calendarReturns(timeMs, equityUsd, 'year').map(({ year, value, pnlUsd, baseBar, lastBar }) => {
      const within = equityUsd.subarray(baseBar, lastBar + 1)
      const [group] = groupReturns(
        within,
        run.lots.subarray(baseBar, lastBar + 1),
        new Uint8Array(within.length),
        1,
        barsPerYear,
      )
      const byMonth = new Map(months.filter((one) => one.year === year).map((one) => [one.month, one.value]))
      return {
        year,
        return: orNull(value),
        pnlUsd,
        bars: lastBar - baseBar,
        annualVol: orNull(group.annualVol),
        sharpe: orNull(group.sharpe),
        maxDrawdown: orNull(deepest(within)),
        trades: exits.get(year)?.count ?? 0,
        tradesNetUsd: exits.get(year)?.netUsd ?? 0,
        months: Array.from({ length: 12 }, (_, i) => orNull(byMonth.get(i + 1) ?? Number.NaN)),
      }
    }),
    rollingSharpe: rollingSummary(equityUsd, barsPerYear),
    regimes: {
      volatility: regimes.volatility && {
        windowBars: VOLATILITY_BARS,
        bounds: [...regimes.volatility.bounds],
        ...byRegime(run, regimes.volatility.regime, VOLATILITY_NAMES),
      },
      curve: regimes.shapes && byRegime(run, regimes.shapes, CURVE_SHAPES),
    },
    sides: (['long', 'short'] as const).map((name) => {
      const sign = name === 'long' ? 1 : -1
      const group = tradeGroup(trades, (t) => Math.sign(trades.lots[t]) === sign)
      return { name, ...nullable(group) }
    }),
    exits: byExit(run, legSign),
    tags: byTag(run),
    byInstrument: run.instruments.map(({ name }, i) => ({
      name,
      ...nullable(tradeGroup(trades, (t) => trades.instrument[t] === i)),
    })),
    equityByDay: equityByDay(timeMs, equityUsd),
  }
}

/** Groups with a trade, in the order of `FILL_REASONS`. */
function byExit({ trades, fills }: BacktestRun, legSign: (instrument: number) => number): BacktestBreakdown['exits'] {
  const reasons = exitReasons(trades, fills, legSign)
  return FILL_REASONS.flatMap((name, reason) =>
    reasons.includes(reason) ? [{ name, ...nullable(tradeGroup(trades, (t) => reasons[t] === reason)) }] : [],
  )
}

/** Round trips by the year of their exit, and what they netted. */
function exitsByYear(
  timeMs: Float64Array,
  { exitBar, netUsd }: BacktestRun['trades'],
): ReadonlyMap<number, { readonly count: number; readonly netUsd: number }> {
  const found = new Map<number, { count: number; netUsd: number }>()
  for (let t = 0; t < exitBar.length; t++) {
    const year = new Date(timeMs[exitBar[t]]).getUTCFullYear()
    const sums = found.get(year) ?? { count: 0, netUsd: 0 }
    sums.count++
    sums.netUsd += netUsd[t]
    found.set(year, sums)
  }
  return found
}

/** Groups with a trade, in the order in which the strategy first gave their tags, and last those that it gave none. */
function byTag({ trades, tags }: BacktestRun): BacktestBreakdown['tags'] {
  return [...tags.slice(1), ''].flatMap((tag) => {
    const number = tags.indexOf(tag)
    const group = tradeGroup(trades, (t) => trades.tag[t] === number)
    return group.trades === 0 ? [] : [{ name: tag === '' ? 'untagged' : tag, ...nullable(group) }]
  })
}

/** Bars by the regime in which they began, and trades by that in which they were entered. */
function byRegime(
  run: BacktestRun,
  regime: Int8Array,
  names: readonly string[],
): NonNullable<BacktestBreakdown['regimes']['curve']> {
  const { trades } = run
  return {
    groups: namedGroups(run, regime, names),
    trades: [...names, 'unknown'].flatMap((name, i) => {
      const number = i === names.length ? -1 : i
      const group = tradeGroup(trades, (t) => regime[trades.entryBar[t]] === number)
      return group.trades === 0 ? [] : [{ name, ...nullable(group) }]
    }),
  }
}

/** Lowest equity ÷ highest before it − 1. */
function deepest(equityUsd: Float64Array): number {
  let peak = -Infinity
  let depth = 0
  for (let bar = 0; bar < equityUsd.length; bar++) {
    const value = equityUsd[bar]
    if (value > peak) peak = value
    else if (value / peak - 1 < depth) depth = value / peak - 1
  }
  return depth
}

function rollingSummary(equityUsd: Float64Array, barsPerYear: number | undefined): BacktestBreakdown['rollingSharpe'] {
  const windowBars = rollingBars(equityUsd.length)
  const rolling = rollingSharpe(returnsOf(equityUsd), windowBars, barsPerYear)
  let count = 0
  let below = 0
  let [last, min, max] = [Number.NaN, Infinity, -Infinity]
  for (let i = 0; i < rolling.length; i++) {
    const value = rolling[i]
    if (!Number.isFinite(value)) continue
    count++
    if (value < 0) below++
    if (value < min) min = value
    if (value > max) max = value
    last = value
  }
  const orNone = (value: number): number | null => (count === 0 ? null : value)
  return {
    windowBars,
    last: orNone(last),
    min: orNone(min),
    max: orNone(max),
    belowZeroShare: orNone(below / count),
  }
}

/** Groups in the order of their names, and what belongs to none; those without a bar are left out. */
function namedGroups(
  { equityUsd, lots, barsPerYear }: BacktestRun,
  groupOf: Int8Array,
  names: readonly string[],
): ({ name: string } & Nullable<ReturnGroup>)[] {
  const all = [...names, 'unknown']
  const known = groupOf.slice()
  for (let bar = 0; bar < known.length; bar++) if (known[bar] < 0) known[bar] = names.length
  return groupReturns(equityUsd, lots, known, all.length, barsPerYear)
    .map((group, i) => ({ name: all[i], ...nullable(group) }))
    .filter(({ bars }) => bars > 0)
}

/** NaN becomes null in all but counts and sums, which are never NaN. */
type Nullable<Group> = {
  [Key in keyof Group]: Key extends
    'bars' | 'trades' | 'share' | `${string}nlUsd` | 'grossUsd' | 'commissionUsd' | 'netUsd'
    ? number
    : number | null
}

function nullable<Group extends object>(group: Group): Nullable<Group> {
  return Object.fromEntries(
    Object.entries(group).map(([name, value]) => [name, orNull(value as number)]),
  ) as Nullable<Group>
}

function equityByDay(timeMs: Float64Array, equityUsd: Float64Array): BacktestBreakdown['equityByDay'] {
  const days = new Int32Array(MOST_DAYS)
  const usd: number[] = []
  let day = equityUsd.length > 0 ? Math.floor(timeMs[0] / DAY_MS) : 0
  for (let bar = 0; bar < equityUsd.length; bar++) {
    const next = bar + 1 < equityUsd.length ? Math.floor(timeMs[bar + 1] / DAY_MS) : Infinity
    if (next === day) continue
    if (usd.length === MOST_DAYS) return null
    days[usd.length] = day
    usd.push(equityUsd[bar])
    day = next
  }
  return { dates: isoDays(days.subarray(0, usd.length)), usd }
}
