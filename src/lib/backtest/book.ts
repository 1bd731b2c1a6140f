import { cashUsd, closingLots } from '../execution/account.js'
import {
  cancelOrder,
  expireOrder,
  fillOrder,
  isLive,
  newOrder,
  placeOrder,
  reduceOthers,
  rejectOrder,
  trailOrder,
  type Order,
} from '../execution/order.js'
import { wholeLots } from '../execution/sizing.js'
import { lastSessionOf } from '../execution/time-in-force.js'
import { isTouched, walkBar } from '../execution/walk-bar.js'
import { Holding } from './holding.js'
import type { Ledger } from './ledger.js'
import type { OrderRules } from './order-rules.js'
import type { Sizer } from './prepare-sizing.js'
import { sessionDayOf } from './price-bars.js'
import type { FillReason } from './records.js'
import type { Decide, Target } from './strategy.js'
import type { TradedInstrument } from './traded-instrument.js'

/** One instrument in an account: what the strategy decides becomes orders, and orders meet the bars. */
export class Book {
  readonly holding: Holding
  /** Bars on which the path inside the bar decided what was filled. */
  ambiguousBars = 0
  private target: Target = 0
  /** Lots that the target stands for: decided at the close, whatever a stop does to the position afterwards. */
  goal = 0
  /** The target waits for a size that is not known yet. */
  private unsized = false
  /** Lots to hold once the entry is filled: the goal, or less where an order was rejected. */
  private aim = 0
  /** Opens or adds; a market order also closes and reverses. */
  private readonly entry: Order
  /** Takes lots out at the market where the entry waits for its price. */
  private readonly exit: Order
  private readonly stop = newOrder('stop')
  private readonly trail = newOrder('trailing-stop')
  private readonly profit = newOrder('limit')
  private readonly bracket: readonly Order[] = [this.stop, this.trail, this.profit]
  private readonly orders: readonly Order[]
  private readonly keptOrders: readonly Order[]
  /** Some order works: a bar without one costs nothing. */
  private live = false
  private readonly guarded: boolean
  /** The entry waits for a price. */
  private readonly waits: boolean
  /** Orders wait for the close of a session and not of a bar. */
  private readonly waitsForSession: boolean
  private bar = 0
  /** Lots that the volume of the bar still allows. */
  private volumeLeft = Infinity
  private keptVolumeLeft = Infinity
  /** One closure for all bars. */
  private readonly execute = (order: Order, level: number): boolean => this.fill(order, level)

  constructor(
    index: number,
    readonly instrument: TradedInstrument,
    private readonly ask: Decide,
    private readonly firstDecision: number,
    /** Lots of a target of 1 where no sizer stands. */
    private readonly lots: number,
    private readonly sizer: Sizer | null,
    private readonly rules: OrderRules,
    private readonly ledger: Ledger,
  ) {
    const { stopLoss, takeProfit, trailingStop, entry, fill } = rules
    this.holding = new Holding(index, instrument, ledger)
    this.guarded = stopLoss !== null || takeProfit !== null || trailingStop !== null
    this.waits = entry === 'limit' || entry === 'stop' || entry === 'stop-limit'
    this.waitsForSession = entry === 'market-on-close' && instrument.bars.sessionEnd !== undefined
    const atMarket = fill !== 'next-open' || entry === 'market-on-close' ? 'market-on-close' : 'market'
    this.entry = newOrder(this.waits ? entry : atMarket)
    this.exit = newOrder(atMarket)
    this.trail.trail = trailingStop ?? Number.NaN
    // At one price what takes the position out comes first, and a stop before a limit.
    this.orders = [this.exit, ...this.bracket, this.entry]
    this.keptOrders = this.orders.map((order) => ({ ...order }))
  }

  /** Fills, rolls and settles what a bar brings. */
  trade(bar: number): void {
    this.bar = bar
    if (this.live) this.work(bar)
    if (this.holding.rollsAt(bar)) this.holding.roll(bar)
    if (bar === this.instrument.expiry?.bar) this.settle(bar)
  }

  /** Marks the position at the close and returns its open profit in USD. */
  mark(bar: number): number {
    return this.holding.mark(bar)
  }

  /** USD that the position needs at the close of a bar so that it is not closed out. */
  maintenanceUsd(bar: number): number {
    return marginUsd(this.instrument.maintenanceMarginUsd, this.holding.trip.lots, bar)
  }

  /** Initial margin of the position, or of what its orders will make it where that is more. */
  committedUsd(bar: number): number {
    const held = Math.abs(this.holding.trip.lots)
    return marginUsd(this.instrument.initialMarginUsd, this.live ? Math.max(held, Math.abs(this.aim)) : held, bar)
  }

  /**
   * Asks the strategy at the close of a bar and places what it wants.
   * @param elsewhereUsd initial margin of the account's other positions
   */
  decide(bar: number, elsewhereUsd: number): void {
    if (this.guarded && isLive(this.trail)) trailOrder(this.trail, this.instrument.bars.close[bar])
    if (bar < this.firstDecision) return
    const wanted = this.ask(bar, this.target)
    if (wanted === this.target && !this.isResized()) return
    this.target = wanted
    const goal = this.goalAt(bar, elsewhereUsd)
    if (goal === this.goal) return
    this.goal = goal
    if (this.ask.tag !== undefined) this.holding.tag = this.ledger.tagNumber(this.ask.tag())
    this.place(bar, elsewhereUsd)
  }

  get cappedDecisions(): number {
    return this.sizer?.cappedDecisions ?? 0
  }

  /** What a stop took out stays out until the target changes; what was too small for a lot may grow into one. */
  private isResized(): boolean {
    const { sizer, holding, goal } = this
    return sizer !== null && (this.unsized || (sizer.eachBar && (holding.trip.lots !== 0 || goal === 0)))
  }

  private goalAt(bar: number, elsewhereUsd: number): number {
    const { sizer, target, goal, ledger } = this
    if (sizer === null) return wholeLots(target * this.lots)
    const lots = sizer.lotsAt(bar, target, ledger.equityUsd, goal, elsewhereUsd)
    this.unsized = lots !== lots
    return this.unsized ? (target * goal > 0 ? goal : 0) : lots
  }

  private place(bar: number, elsewhereUsd: number): void {
    const { entry, exit, goal, rules, ledger } = this
    this.cancel(entry)
    this.cancel(exit)
    const { lots } = this.holding.trip
    this.aim = goal
    if (!this.isAccepted(bar, elsewhereUsd)) {
      rejectOrder(entry)
      ledger.totals.rejected++
      if (this.isExpired(bar)) ledger.totals.rejectedExpired++
      // What closes is taken all the same.
      this.aim = this.isExpired(bar) ? lots : lots - Math.sign(lots) * closingLots(lots, goal - lots)
    }
    const order = this.aim - lots
    if (order === 0) return
    const closing = closingLots(lots, order)
    const last = this.lastSession(bar)
    if (!this.waits) {
      this.send(entry, order, Number.NaN, Number.NaN, closing === Math.abs(order) ? Infinity : last)
    } else {
      const sign = Math.sign(order)
      if (closing > 0) this.send(exit, sign * closing, Number.NaN, Number.NaN, Infinity)
      if (closing < Math.abs(order)) {
        const close = this.instrument.bars.close[bar]
        const stop = close + sign * rules.entryOffset
        const limit = entry.kind === 'limit' ? close - sign * rules.entryOffset : stop + sign * rules.entryLimitOffset
        this.send(entry, order - sign * closing, limit, stop, last)
      }
    }
    if (rules.fill === 'same-close') this.workAtClose(bar)
  }

  /** Last session in which an order works that is decided at the close of `bar` and first meets the next one. */
  private lastSession(bar: number): number {
    const { timeInForce } = this.rules
    if (timeInForce.kind === 'gtc') return Infinity
    const { bars } = this.instrument
    const decided = sessionDayOf(bars, bar)
    const first = bar + 1 < bars.timeMs.length ? sessionDayOf(bars, bar + 1) : decided
    return lastSessionOf(timeInForce, decided, first)
  }

  private isExpired(bar: number): boolean {
    const { expiry } = this.instrument
    return expiry !== undefined && bar >= expiry.bar
  }

  /** False where the contract has stopped trading, or equity does not cover the initial margin of what would be held. */
  private isAccepted(bar: number, elsewhereUsd: number): boolean {
    if (this.isExpired(bar)) return false
    const perLot = this.instrument.initialMarginUsd
    const { lots } = this.holding.trip
    if (perLot === undefined || closingLots(lots, this.goal - lots) === Math.abs(this.goal - lots)) return true
    return marginUsd(perLot, this.goal, bar) + elsewhereUsd <= this.ledger.equityUsd
  }

  private send(order: Order, lots: number, limit: number, stop: number, lastSession: number): void {
    placeOrder(order, lots, limit, stop, lastSession)
    this.ledger.totals.placed++
    this.live = true
  }

  private cancel(order: Order): void {
    if (cancelOrder(order)) this.ledger.totals.cancelled++
  }

  /** Lets the working orders meet a bar. */
  private work(bar: number): void {
    const { entry, exit, rules, instrument } = this
    const { open, close } = instrument.bars
    if (entry.lastSession !== Infinity && expireOrder(entry, sessionDayOf(instrument.bars, bar))) {
      this.ledger.totals.expired++
    }
    if (rules.maxVolumeShare !== null) this.volumeLeft = this.holding.lotsOfVolume(bar, rules.maxVolumeShare)
    if (exit.kind === 'market') {
      this.fillAtMarket(exit, open[bar])
      if (!this.waits) this.fillAtMarket(entry, open[bar])
    }
    if (this.guarded || this.waits) this.workResting(bar)
    if (exit.kind === 'market-on-close' && (!this.waitsForSession || instrument.bars.sessionEnd?.[bar] === 1)) {
      this.fillAtMarket(exit, close[bar])
      if (!this.waits) this.fillAtMarket(entry, close[bar])
    }
    this.live = this.orders.some(isLive)
  }

  /** The fill that no trader gets: at the close that was decided on. */
  private workAtClose(bar: number): void {
    this.fillAtMarket(this.exit, this.instrument.bars.close[bar])
    if (!this.waits) this.fillAtMarket(this.entry, this.instrument.bars.close[bar])
    this.holding.mark(bar)
    this.live = this.orders.some(isLive)
  }

  /** Fills a market order; since it was placed a stop may have taken out what it was to close. */
  private fillAtMarket(order: Order, level: number): void {
    if (!isLive(order)) return
    const { lots } = this.holding.trip
    const left =
      order === this.exit
        ? Math.sign(order.lots) * Math.min(Math.abs(order.lots), closingLots(lots, order.lots))
        : this.aim - lots
    if (left === 0) {
      this.cancel(order)
      return
    }
    order.lots = left
    this.fill(order, level)
  }

  private workResting(bar: number): void {
    const { open, high, low } = this.instrument.bars
    let touched = 0
    let entryTouched = false
    for (const order of this.orders) {
      if (!isTouched(order, open[bar], high[bar], low[bar])) continue
      touched++
      if (order === this.entry) entryTouched = true
    }
    if (touched === 0) return
    // One order alone is filled on either path, unless its fill brings others or it waits twice; a settlement is no path.
    const alone = touched === 1 && !(entryTouched && (this.guarded || this.entry.kind === 'stop-limit'))
    if (alone || (high[bar] === low[bar] && open[bar] === low[bar])) {
      this.walk(bar, true)
      return
    }
    this.keep()
    const before = this.ledger.fills.length
    this.walk(bar, true)
    const highFirst = this.outcome(bar, before)
    this.putBack()
    this.walk(bar, false)
    const lowFirst = this.outcome(bar, before)
    if (highFirst.fills === lowFirst.fills) return
    this.ambiguousBars++
    const better = highFirst.worthUsd > lowFirst.worthUsd
    if (better !== (this.rules.intrabar === 'best')) return
    this.putBack()
    this.walk(bar, true)
  }

  private walk(bar: number, highFirst: boolean): void {
    const { open, high, low, close } = this.instrument.bars
    walkBar(this.orders, open[bar], high[bar], low[bar], close[bar], highFirst, this.execute)
  }

  /** What a path has filled, as text, and what cash and position are worth at the close after it. */
  private outcome(bar: number, before: number): { readonly fills: string; readonly worthUsd: number } {
    const { ledger, holding } = this
    const { lots, price } = ledger.fills.rows()
    let fills = ''
    for (let i = before; i < ledger.fills.length; i++) fills += `${lots[i]}@${price[i]} `
    return { fills, worthUsd: cashUsd(ledger.cash) + holding.openProfitAt(bar) }
  }

  private keep(): void {
    this.ledger.keep()
    this.holding.keep()
    this.keptVolumeLeft = this.volumeLeft
    this.orders.forEach((order, i) => Object.assign(this.keptOrders[i], order))
  }

  private putBack(): void {
    this.ledger.putBack()
    this.holding.putBack()
    this.volumeLeft = this.keptVolumeLeft
    this.orders.forEach((order, i) => Object.assign(order, this.keptOrders[i]))
  }

  /** Fills as much of an order as the bar's volume allows; false where nothing more can be filled in this bar. */
  private fill(order: Order, level: number): boolean {
    const { entry, exit, ledger, holding } = this
    const size = Math.min(Math.abs(order.lots), this.volumeLeft)
    if (size === 0) return false
    const lots = order.lots > 0 ? size : -size
    this.volumeLeft -= size
    const isLimit = order.kind === 'limit' || order.kind === 'stop-limit'
    holding.trade(this.bar, lots, level, this.reasonOf(order), isLimit)
    fillOrder(order, lots)
    if (order === entry || order === exit) {
      if (order.state === 'filled') ledger.totals.filled++
      else ledger.totals.partialFills++
      if (this.guarded) this.placeBracket()
    } else {
      reduceOthers(this.bracket, order)
      // What a stop or a limit has taken out stays out until the target changes.
      if (order.lots === 0 && isLive(entry) && entry.lots * lots < 0) this.cancel(entry)
    }
    return this.volumeLeft > 0
  }

  private reasonOf(order: Order): FillReason {
    switch (order) {
      case this.stop:
        return 'stop-loss'
      case this.trail:
        return 'trailing-stop'
      case this.profit:
        return 'take-profit'
      default:
        return 'decision'
    }
  }

  /** Guards the whole position anew after it has changed, at distances from its average price. */
  private placeBracket(): void {
    const { stop, trail, profit, holding, rules } = this
    const { lots, entryPrice } = holding.trip
    const followed = isLive(trail) && trail.lots * lots < 0 ? trail.stopPrice : Number.NaN
    for (const order of this.bracket) cancelOrder(order)
    if (lots === 0) return
    const sign = lots > 0 ? 1 : -1
    const entry = entryPrice + holding.levelOffset(this.bar)
    if (rules.stopLoss !== null) placeOrder(stop, -lots, Number.NaN, entry - sign * rules.stopLoss, Infinity)
    if (rules.takeProfit !== null) placeOrder(profit, -lots, entry + sign * rules.takeProfit, Number.NaN, Infinity)
    if (rules.trailingStop !== null) {
      placeOrder(trail, -lots, Number.NaN, followed, Infinity)
      trailOrder(trail, entry)
    }
  }

  /** The last trading day: what is held is settled at its price, and nothing works any more. */
  private settle(bar: number): void {
    const { holding, ledger } = this
    for (const order of this.orders) {
      if (isLive(order) && (order === this.entry || order === this.exit)) ledger.totals.expired++
      if (isLive(order)) order.state = 'expired'
    }
    this.live = false
    const { lots } = holding.trip
    if (lots !== 0) holding.trade(bar, -lots, this.instrument.bars.close[bar], 'expiry', true)
  }
}

function marginUsd(perLotUsd: Float64Array | undefined, lots: number, bar: number): number {
  return perLotUsd === undefined || lots === 0 ? 0 : Math.abs(lots) * perLotUsd[bar]
}
