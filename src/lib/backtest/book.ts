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
import { lastSessionOf, type TimeInForce } from '../execution/time-in-force.js'
import { isTouched, walkBar } from '../execution/walk-bar.js'
import { Holding } from './holding.js'
import type { Ledger } from './ledger.js'
import { decisionRules, namesEntry, type DecisionRules, type NamedOrders } from './named-orders.js'
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
  private guarded = false
  /** The entry waits for a price. */
  private waits = false
  /** Orders wait for the close of a session and not of a bar. */
  private waitsForSession = false
  /** Of the decision that was made last: those of the run, but for what the strategy said. */
  private terms: DecisionRules
  /** What the strategy says of its orders; null where it never does. */
  private readonly askOrders: (() => NamedOrders | null) | null
  private named: NamedOrders | null = null
  /** The strategy names its orders, or the rules renew them: otherwise nothing is placed while the target stands. */
  private readonly mayRenew: boolean
  /** A stop or a limit has taken the position out since the target changed. */
  private isOut = false
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
    this.holding = new Holding(index, instrument, ledger)
    this.terms = decisionRules(rules, null)
    this.askOrders = ask.orders ?? null
    this.mayRenew = this.askOrders !== null || rules.renew
    this.entry = newOrder('market')
    this.exit = newOrder('market')
    this.chooseKinds()
    this.guard()
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
    const again = this.mayRenew && this.isAgain(bar)
    if (wanted === this.target && !again && !this.isResized()) return
    const same = wanted === this.target
    if (!same) this.isOut = false
    this.target = wanted
    const goal = this.goalAt(bar, elsewhereUsd)
    if (goal === this.goal && !again) return
    this.goal = goal
    if (this.askOrders !== null) {
      this.terms = decisionRules(this.rules, this.named, same || goal === 0 ? this.terms : this.rules)
    }
    if (this.ask.tag !== undefined) this.holding.tag = this.ledger.tagNumber(this.ask.tag())
    this.place(bar, elsewhereUsd)
  }

  /** The kinds of the entry and of what takes a position out at the market, as the terms have them. */
  private chooseKinds(): void {
    const { entry, fill } = this.terms
    this.waits = entry === 'limit' || entry === 'stop' || entry === 'stop-limit'
    this.waitsForSession = entry === 'market-on-close' && this.instrument.bars.sessionEnd !== undefined
    const atMarket = fill !== 'next-open' || entry === 'market-on-close' ? 'market-on-close' : 'market'
    this.entry.kind = this.waits ? entry : atMarket
    this.exit.kind = atMarket
  }

  /** What guards a position from now on, as the terms have it. */
  private guard(): void {
    const { stopLoss, takeProfit, trailingStop } = this.terms
    this.guarded = stopLoss !== null || takeProfit !== null || trailingStop !== null
    this.trail.trail = trailingStop ?? Number.NaN
  }

  /** An order is placed although the target stands as it stood. */
  private isAgain(bar: number): boolean {
    if (this.askOrders !== null && this.hear(this.askOrders(), bar)) return true
    if (!this.rules.renew || this.isOut || this.goal === 0 || this.holding.trip.lots === this.goal) return false
    const { entry } = this
    const { bars } = this.instrument
    // An order of the trading day is over at its last close: the next order works on the next one.
    if (bar + 1 < bars.timeMs.length && expireOrder(entry, sessionDayOf(bars, bar + 1))) this.ledger.totals.expired++
    return entry.state === 'expired'
  }

  /**
   * Takes what the strategy said of the orders of its decision; true where an order that is named again replaces one that waits at
   * another price, has expired, or was stopped out.
   */
  private hear(named: NamedOrders | null, bar: number): boolean {
    this.named = named
    if (named === null) return false
    const again = namesEntry(named) && this.holding.trip.lots !== this.goal && !this.waitsAs(named, bar)
    this.nameGuards(named, bar)
    return again
  }

  /** Moves what guards the position that is held, where the strategy says it anew. */
  private nameGuards({ stopLoss, takeProfit, trailingStop }: NamedOrders, bar: number): void {
    const said = { stopLoss, takeProfit, trailingStop }
    const changed = (['stopLoss', 'takeProfit', 'trailingStop'] as const).some(
      (name) => said[name] !== undefined && said[name] !== this.terms[name],
    )
    if (!changed) return
    this.terms = {
      ...this.terms,
      stopLoss: stopLoss === undefined ? this.terms.stopLoss : stopLoss,
      takeProfit: takeProfit === undefined ? this.terms.takeProfit : takeProfit,
      trailingStop: trailingStop === undefined ? this.terms.trailingStop : trailingStop,
    }
    this.guard()
    if (this.holding.trip.lots === 0) return
    this.placeBracket()
    if (isLive(this.trail)) trailOrder(this.trail, this.instrument.bars.close[bar])
    this.live = this.orders.some(isLive)
  }

  /** The entry works at the prices that are named, for as long. */
  private waitsAs(named: NamedOrders, bar: number): boolean {
    const { entry } = this
    const { limit = Number.NaN, stop = Number.NaN } = named
    return (
      isLive(entry) &&
      named.entry === undefined &&
      Object.is(entry.limitPrice, limit) &&
      Object.is(entry.stopPrice, stop) &&
      entry.lastSession === this.lastSession(bar, named.timeInForce ?? this.rules.timeInForce)
    )
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
    const { entry, exit, goal, terms, ledger } = this
    this.cancel(entry)
    this.cancel(exit)
    if (this.askOrders !== null) {
      this.chooseKinds()
      this.guard()
    }
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
    const last = this.lastSession(bar, terms.timeInForce)
    if (!this.waits) {
      this.send(entry, order, Number.NaN, Number.NaN, closing === Math.abs(order) ? Infinity : last)
    } else {
      const sign = Math.sign(order)
      const { limitPrice, stopPrice } = terms
      if (!(Number.isNaN(limitPrice) && Number.isNaN(stopPrice))) {
        // What the strategy priced itself waits whole, also where it takes a position out.
        this.send(entry, order, limitPrice, stopPrice, last)
      } else {
        if (closing > 0) this.send(exit, sign * closing, Number.NaN, Number.NaN, Infinity)
        if (closing < Math.abs(order)) {
          const close = this.instrument.bars.close[bar]
          const stop = close + sign * terms.entryOffset
          const limit = entry.kind === 'limit' ? close - sign * terms.entryOffset : stop + sign * terms.entryLimitOffset
          this.send(entry, order - sign * closing, limit, stop, last)
        }
      }
    }
    if (terms.fill === 'same-close') this.workAtClose(bar)
  }

  /** Last session in which an order works that is decided at the close of `bar` and first meets the next one. */
  private lastSession(bar: number, timeInForce: TimeInForce): number {
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
      if (this.guarded || this.askOrders !== null) this.placeBracket()
    } else {
      reduceOthers(this.bracket, order)
      if (order.lots === 0) this.isOut = true
      // What a stop or a limit has taken out stays out until the target changes.
      if (order.lots === 0 && isLive(entry) && entry.lots * lots < 0) this.cancel(entry)
      else if (isLive(entry) && entry.lots * lots > 0) this.shorten(entry)
    }
    return this.volumeLeft > 0
  }

  /** Leaves an order that was to take out what a stop has taken out the lots that are still to be traded. */
  private shorten(order: Order): void {
    const left = this.aim - this.holding.trip.lots
    if (left * order.lots <= 0) this.cancel(order)
    else if (Math.abs(left) < Math.abs(order.lots)) order.lots = left
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
    const { stop, trail, profit, holding, terms } = this
    const { lots, entryPrice } = holding.trip
    const followed = isLive(trail) && trail.lots * lots < 0 ? trail.stopPrice : Number.NaN
    for (const order of this.bracket) cancelOrder(order)
    if (lots === 0) return
    const sign = lots > 0 ? 1 : -1
    const entry = entryPrice + holding.levelOffset(this.bar)
    if (terms.stopLoss !== null) placeOrder(stop, -lots, Number.NaN, entry - sign * terms.stopLoss, Infinity)
    if (terms.takeProfit !== null) placeOrder(profit, -lots, entry + sign * terms.takeProfit, Number.NaN, Infinity)
    if (terms.trailingStop !== null) {
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
