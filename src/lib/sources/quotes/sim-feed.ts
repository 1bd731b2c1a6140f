import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Rng } from '../../kernel/rng.js'
import type { Market, Product } from '../../market/market.js'
import type { Clock } from '../../runtime/clock.js'
import { yieldNow } from '../../runtime/yield-now.js'
import { normalDraws } from '../../simulate/normal-draws.js'
import { DRIVERS, type Driver, type SimulatorParameters } from '../../simulate/parameters.js'
import { simulateTicks, type SimulatedTick } from '../../simulate/simulate-ticks.js'
import type { Store } from '../../store/types.js'
import { abortableSleep } from '../http/abortable-sleep.js'
import { SIM_SOURCE } from '../sim/generate.js'
import type { Quote, QuoteFeed } from './quote.js'
import type { QuotedTicker } from './quoted-tickers.js'

export interface SimFeedOptions {
  readonly tickers: readonly QuotedTicker[]
  readonly market: Market
  readonly store: Pick<Store, 'pick' | 'readCurves'>
  readonly parameters: SimulatorParameters
  /** Last day that may be seen; null for the last there is. */
  readonly asOf: EpochDay | null
  /** Ticks a second, all tickers together; 0 for as fast as they are taken. */
  readonly ticksPerSecond: number
  readonly rng: (stream: string) => Rng
  readonly clock: Pick<Clock, 'monotonicMs'>
}

/** Pause between two batches of a paced stream. */
const BEAT_MS = 40
const BATCH = 500
/** Seconds of a trading session of 23 hours. */
const SESSION_SECONDS = 23 * 3600
/** Simulated ticks a second where they are not paced. */
const UNPACED_PER_SECOND = 1000
/** The stored settlement is looked for in the last days alone. */
const LOOK_BACK_DAYS = 14
const SESSION_START = 'T14:00:00.000Z'

interface Line {
  readonly ticker: QuotedTicker
  readonly settlement: number
  readonly unit: string
  readonly next: () => SimulatedTick
}

/**
 * Ticks of the simulated market of the lake: they start at its last simulated settlements and run on a clock of their
 * own, the session after, so that one seed gives one stream. Never real prices, and marked so.
 */
export async function createSimFeed(options: SimFeedOptions): Promise<QuoteFeed> {
  const { market, ticksPerSecond, rng, clock } = options
  const pace = ticksPerSecond === 0 ? UNPACED_PER_SECOND : ticksPerSecond
  const { lines, day } = await openLines(options, pace)
  const startMs = Date.parse(`${isoFromDay(day)}${SESSION_START}`)
  const chooser = rng('quotes/which')
  let emitted = 0

  function quoteOf(line: Line): Quote {
    const { last, bid, ask } = line.next()
    const time = new Date(startMs + Math.floor((emitted++ * 1000) / pace)).toISOString()
    const { ticker, read } = line.ticker
    const product = read?.product ?? null
    const digits = product === null ? 2 : digitsOf(market, product)
    const change = Number((last - line.settlement).toFixed(digits))
    return { ticker, product, time, last, change, bid, ask, unit: line.unit, stale: false }
  }
  const some = (): Quote => quoteOf(lines[Math.floor(chooser.uniform() * lines.length)])

  return {
    source: 'sim',
    tickers: lines.map(({ ticker: { ticker } }) => ticker),
    snapshot: async () => lines.map(quoteOf),
    async *stream(signal) {
      const beganMs = clock.monotonicMs()
      for (let sent = 0; ;) {
        const due =
          ticksPerSecond === 0
            ? BATCH
            : Math.floor(((clock.monotonicMs() - beganMs) / 1000) * ticksPerSecond) + 1 - sent
        if (due > 0) {
          const size = Math.min(due, BATCH)
          sent += size
          yield Array.from({ length: size }, some)
        }
        if (ticksPerSecond === 0 || due > BATCH) await yieldNow(signal)
        else await abortableSleep(Math.max(BEAT_MS, Math.min(1000, 1000 / ticksPerSecond)), signal)
      }
    },
    close: () => Promise.resolve(),
  }
}

function digitsOf(market: Market, product: Product): number {
  return Math.max(0, Math.ceil(-Math.log10(tickOf(market, product)) - 1e-9))
}

function tickOf(market: Market, product: Product): number {
  return market.instrument(product).ticks.at(-1)!.tick
}

async function openLines(options: SimFeedOptions, pace: number): Promise<{ lines: Line[]; day: EpochDay }> {
  const { tickers, market, store, parameters, asOf, rng } = options
  const lines: Line[] = []
  let day: EpochDay = 0
  for (const one of tickers) {
    const { read } = one
    if (read === null) throw unknown(one.ticker)
    const { product } = read
    const info = store.pick('curves', product, SIM_SOURCE)
    if (info === null) throw noCurve(product)
    const to = Math.min(info.last, asOf ?? info.last)
    const { columns } = await store.readCurves(product, { source: SIM_SOURCE, from: to - LOOK_BACK_DAYS, to })
    const last = columns.day.at(-1)
    const row = columns.day.findIndex(
      (value, i) =>
        value === last && (read.rank === null ? columns.month[i] === read.month : columns.rank[i] === read.rank),
    )
    if (last === undefined || row < 0) throw unknown(one.ticker)
    day = Math.max(day, market.settlementCalendar(product).addBusinessDays(last, 1))
    const normal = rng(`quotes/${one.ticker}`)
    const { volatility, garch } = driverOf(parameters, product)
    const model = {
      startPrice: columns.settlement[row],
      dailyVolatility: volatility / Math.sqrt(parameters.tradingDaysPerYear),
      garch,
      tick: tickOf(market, product),
      ticksPerDay: Math.max(1, (SESSION_SECONDS * pace) / tickers.length),
    }
    const next = simulateTicks(model, normalDraws(normal), () => normal.uniform())
    lines.push({ ticker: one, settlement: columns.settlement[row], unit: columns.unit, next })
  }
  return { lines, day }
}

/** Front-month volatility per year: √(σχ² + σξ² + 2ρσχσξ), Schwartz & Smith (2000). */
function driverOf(parameters: SimulatorParameters, product: Product) {
  const driver: Driver = isDriver(product) ? product : parameters.tied[product].to
  const { sigmaChi, sigmaXi, garch } = parameters.drivers[driver]
  const variance = sigmaChi ** 2 + sigmaXi ** 2 + 2 * parameters.rho * sigmaChi * sigmaXi
  return { volatility: Math.sqrt(variance), garch }
}

function isDriver(product: Product): product is Driver {
  return (DRIVERS as readonly Product[]).includes(product)
}

function noCurve(product: Product): ContangoError {
  return new ContangoError(
    'noData',
    'NO_DATA',
    `the lake has no simulated curve of ${product} to start from`,
    'contango fetch sim; for real quotes choose a way to Bloomberg in config/sources.yaml',
    { product },
  )
}

function unknown(ticker: string): ContangoError {
  return new ContangoError(
    'noData',
    'NO_DATA',
    `the simulated market has no ${ticker}`,
    'contango ticker list; the simulator lists 12 to 36 months of the products here',
    { ticker },
  )
}
