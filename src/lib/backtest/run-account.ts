import { cashUsd } from '../execution/account.js'
import { Book } from './book.js'
import { Ledger, type OrderCounts } from './ledger.js'
import type { OrderRules } from './order-rules.js'
import { sessionDayOf } from './price-bars.js'
import { prepareSizer, resolveSizing, type SizingSettings } from './prepare-sizing.js'
import type { FillRows, TradeRows } from './records.js'
import type { ParameterValues, Strategy } from './strategy.js'
import type { TradedInstrument } from './traded-instrument.js'

/** How an account trades. */
export interface AccountSettings extends OrderRules {
  /** Lots of a target of 1, where no other rule of sizing stands. */
  readonly lots: number
  /** null where nothing was said: the strategy's own rule, else `lots`. */
  readonly sizing: SizingSettings | null
  readonly initialCapitalUsd: number
}

/** What is still held after the last bar. */
export interface OpenPosition {
  readonly lots: number
  /** Average price paid, in the contracts that were entered. */
  readonly entryPrice: number
  readonly entryBar: number
  /** At the last close, over all contracts that it was rolled through, before commission. */
  readonly profitUsd: number
}

/** One instrument of an account after the run. */
export interface InstrumentRun {
  readonly name: string
  /** Lots held at the close of each bar of the account. */
  readonly lots: Float64Array
  /** Lots decided at the close of each bar, to be held from the next one on. */
  readonly wantedLots: Float64Array
  readonly open: OpenPosition | null
}

export interface BacktestRun {
  /**
   * Milliseconds since 1970-01-01 UTC of each bar of the account: every time at which some instrument has a bar, also after the
   * end of the run.
   */
  readonly timeMs: Float64Array
  /** Session date of each bar as an epoch day; absent where it is the date of its label. */
  readonly sessionDay?: Int32Array
  /** By which figures are annualised; 252 where it is absent. */
  readonly barsPerYear?: number
  /** At the close of each bar. */
  readonly equityUsd: Float64Array
  /** Lots held at the close of each bar; of several instruments the sum of their sizes. */
  readonly lots: Float64Array
  /** Lots decided at the close of each bar, in the same way. */
  readonly wantedLots: Float64Array
  readonly instruments: readonly InstrumentRun[]
  /** Bars are those of the account. */
  readonly fills: FillRows
  readonly trades: TradeRows
  /** What the strategy called its decisions, by the number in `trades.tag`; the first is '', no name. */
  readonly tags: readonly string[]
  /** Of the first instrument. */
  readonly open: OpenPosition | null
  readonly commissionUsd: number
  readonly slippageUsd: number
  readonly impactUsd: number
  /** Commission, slippage and impact of the two fills a lot of each roll. The gap between the contracts is no profit. */
  readonly rollUsd: number
  /** Times that a position moved to the next contract. */
  readonly rollsHeld: number
  /** −Σ gap × lots × multiplier over the rolls: the part of the profit that the front price did not make. */
  readonly rollYieldUsd: number
  /** Profit at the prices before slippage and without commission: gross − net is the cost. */
  readonly grossUsd: number
  /** Bars on which the path inside the bar decided what was filled. */
  readonly ambiguousBars: number
  /** Bar on whose close equity was no longer enough: the run ends there. null otherwise. */
  readonly ruinBar: number | null
  readonly orders: OrderCounts
  /** Decisions whose size a cap (lots, leverage, margin) cut. */
  readonly cappedDecisions: number
}

/** Bars of the account and, by instrument, which of its bars each of them is (−1 where it has none). */
interface Timeline {
  readonly timeMs: Float64Array
  readonly barOf: readonly Int32Array[]
}

/**
 * One strategy over the instruments of one account, in a loop that decides at each close and fills afterwards. An instrument
 * without a bar at some time trades nothing then and keeps its last mark.
 */
export function runAccount(
  instruments: readonly TradedInstrument[],
  strategy: Strategy,
  values: ParameterValues,
  settings: AccountSettings,
): BacktestRun {
  const ledger = new Ledger(settings.initialCapitalUsd)
  const firstDecision = strategy.firstDecisionBar(values)
  const sizing = resolveSizing(settings.sizing, () => strategy.sizing?.(values), settings.lots)
  const fullLots = sizing.rule.kind === 'fixed' ? sizing.rule.lots : settings.lots
  const books = instruments.map((instrument, i) => {
    const sizer = prepareSizer(instrument, sizing, settings.stopLoss)
    const ask = strategy.prepare(instrument.bars, values)
    return new Book(i, instrument, ask, firstDecision, fullLots, sizer, settings, ledger)
  })
  const single = books.length === 1 ? books[0] : null
  const { timeMs, barOf } = single ? { timeMs: single.instrument.bars.timeMs, barOf: [] } : timelineOf(instruments)
  const equityUsd = new Float64Array(timeMs.length)
  const held = books.map(() => new Float64Array(timeMs.length))
  const wanted = books.map(() => new Float64Array(timeMs.length))
  const end = single
    ? runAlone(single, ledger, equityUsd, held[0], wanted[0])
    : runTogether(books, ledger, barOf, equityUsd, held, wanted)
  const { bars, ruined } = end
  const last = bars - 1
  if (!single) renumber(ledger, barOf)
  const { totals } = ledger
  const runs = books.map(({ instrument, holding }, i): InstrumentRun => {
    const { lots, entryPrice, entryBar, carriedUsd } = holding.trip
    const at = single ? entryBar : timeOf(barOf[i], entryBar)
    return {
      name: instrument.name,
      lots: held[i].subarray(0, bars),
      wantedLots: wanted[i].subarray(0, bars),
      open: lots === 0 ? null : { lots, entryPrice, entryBar: at, profitUsd: carriedUsd + holding.openUsd },
    }
  })
  const valueUsd = books.reduce((sum, { holding }, i) => {
    const bar = single ? last : lastBarAt(barOf[i], last)
    return bar < 0 ? sum : sum + holding.valueAt(bar)
  }, 0)
  return {
    timeMs,
    sessionDay: single ? single.instrument.bars.sessionDay : sessionsOf(instruments, timeMs, barOf),
    barsPerYear: instruments[0].bars.barsPerYear,
    equityUsd: equityUsd.subarray(0, bars),
    lots: single
      ? runs[0].lots
      : sizeOf(
          runs.map(({ lots }) => lots),
          bars,
        ),
    wantedLots: single
      ? runs[0].wantedLots
      : sizeOf(
          runs.map(({ wantedLots }) => wantedLots),
          bars,
        ),
    instruments: runs,
    fills: ledger.fills.rows(),
    trades: ledger.trades.rows(),
    tags: ledger.tags,
    open: runs[0]?.open ?? null,
    commissionUsd: totals.commissionUsd,
    slippageUsd: totals.slippageUsd,
    impactUsd: totals.impactUsd,
    rollUsd: totals.rollUsd,
    rollsHeld: totals.rolls,
    rollYieldUsd: totals.rollYieldUsd,
    grossUsd: cashUsd(ledger.flow) + valueUsd,
    ambiguousBars: books.reduce((sum, { ambiguousBars }) => sum + ambiguousBars, 0),
    ruinBar: ruined ? last : null,
    orders: {
      placed: totals.placed,
      filled: totals.filled,
      partialFills: totals.partialFills,
      cancelled: totals.cancelled,
      expired: totals.expired,
      rejected: totals.rejected,
      rejectedExpired: totals.rejectedExpired,
    },
    cappedDecisions: books.reduce((sum, { cappedDecisions }) => sum + cappedDecisions, 0),
  }
}

/** The loop of one instrument: nothing is looked up and nothing is allocated. */
function runAlone(
  book: Book,
  ledger: Ledger,
  equityUsd: Float64Array,
  held: Float64Array,
  wanted: Float64Array,
): { bars: number; ruined: boolean } {
  const { cash } = ledger
  const { trip } = book.holding
  for (let bar = 0; bar < equityUsd.length; bar++) {
    book.trade(bar)
    const openUsd = book.mark(bar)
    const value = cash.sumUsd + cash.lostUsd + openUsd
    equityUsd[bar] = value
    held[bar] = trip.lots
    if (value <= 0 || value < book.maintenanceUsd(bar)) return { bars: bar + 1, ruined: true }
    ledger.equityUsd = value
    book.decide(bar, 0)
    wanted[bar] = book.goal
    // A fill at the very close that was decided on.
    if (held[bar] !== trip.lots) {
      held[bar] = trip.lots
      equityUsd[bar] = cash.sumUsd + cash.lostUsd + book.holding.openUsd
    }
  }
  return { bars: equityUsd.length, ruined: false }
}

function runTogether(
  books: readonly Book[],
  ledger: Ledger,
  barOf: readonly Int32Array[],
  equityUsd: Float64Array,
  held: readonly Float64Array[],
  wanted: readonly Float64Array[],
): { bars: number; ruined: boolean } {
  const marked = new Int32Array(books.length).fill(-1)
  const worth = (): number => books.reduce((sum, { holding }) => sum + holding.openUsd, cashUsd(ledger.cash))
  for (let t = 0; t < equityUsd.length; t++) {
    for (let i = 0; i < books.length; i++) {
      const bar = barOf[i][t]
      if (bar < 0) continue
      books[i].trade(bar)
      books[i].mark(bar)
      marked[i] = bar
    }
    let value = worth()
    let neededUsd = 0
    for (let i = 0; i < books.length; i++) if (marked[i] >= 0) neededUsd += books[i].maintenanceUsd(marked[i])
    const ruined = value <= 0 || value < neededUsd
    ledger.equityUsd = value
    for (let i = 0; !ruined && i < books.length; i++) {
      const bar = barOf[i][t]
      if (bar < 0) continue
      let elsewhereUsd = 0
      for (let j = 0; j < books.length; j++) {
        if (j !== i && marked[j] >= 0) elsewhereUsd += books[j].committedUsd(marked[j])
      }
      books[i].decide(bar, elsewhereUsd)
    }
    value = worth()
    equityUsd[t] = value
    for (let i = 0; i < books.length; i++) {
      held[i][t] = books[i].holding.trip.lots
      wanted[i][t] = books[i].goal
    }
    if (ruined) return { bars: t + 1, ruined }
  }
  return { bars: equityUsd.length, ruined: false }
}

/** Every time at which some instrument has a bar, ascending. */
function timelineOf(instruments: readonly TradedInstrument[]): Timeline {
  const times = new Set<number>()
  for (const { bars } of instruments) for (const time of bars.timeMs) times.add(time)
  const timeMs = Float64Array.from(times).sort()
  return {
    timeMs,
    barOf: instruments.map(({ bars }) => {
      let next = 0
      return Int32Array.from(timeMs, (time) => (bars.timeMs[next] === time ? next++ : -1))
    }),
  }
}

/** Session date of each time: that of the first instrument which has a bar then; absent where no instrument has its own. */
function sessionsOf(
  instruments: readonly TradedInstrument[],
  timeMs: Float64Array,
  barOf: readonly Int32Array[],
): Int32Array | undefined {
  if (instruments.every(({ bars }) => bars.sessionDay === undefined)) return undefined
  return Int32Array.from(timeMs, (_, t) => {
    const i = barOf.findIndex((bars) => bars[t] >= 0)
    return sessionDayOf(instruments[i].bars, barOf[i][t])
  })
}

/** Bars of an instrument in the records become bars of the account. */
function renumber(ledger: Ledger, barOf: readonly Int32Array[]): void {
  const accountBar = barOf.map((bars) => {
    const at = new Int32Array(bars.length)
    bars.forEach((bar, t) => {
      if (bar >= 0) at[bar] = t
    })
    return at
  })
  const fills = ledger.fills.rows()
  fills.bar.forEach((bar, f) => (fills.bar[f] = accountBar[fills.instrument[f]][bar]))
  const trades = ledger.trades.rows()
  trades.entryBar.forEach((bar, t) => (trades.entryBar[t] = accountBar[trades.instrument[t]][bar]))
  trades.exitBar.forEach((bar, t) => (trades.exitBar[t] = accountBar[trades.instrument[t]][bar]))
}

function timeOf(barOf: Int32Array, bar: number): number {
  return barOf.indexOf(bar)
}

function lastBarAt(barOf: Int32Array, t: number): number {
  for (let i = t; i >= 0; i--) if (barOf[i] >= 0) return barOf[i]
  return -1
}

function sizeOf(columns: readonly Float64Array[], bars: number): Float64Array {
  const size = new Float64Array(bars)
  for (const lots of columns) lots.forEach((held, t) => (size[t] += Math.abs(held)))
  return size
}
