import { addCash, bookFill, closingLots, newPosition, openProfitUsd, type Position } from '../execution/account.js'
import { priceFill, type FillFacts, type PricedFill } from '../execution/price-fill.js'
import { civilFromDay } from '../kernel/day.js'
import type { Ledger } from './ledger.js'
import { volatilityBefore, volumeBefore } from './leg-facts.js'
import { sessionDayOf } from './price-bars.js'
import { FILL_REASONS, type FillReason } from './records.js'
import type { LegRoll, TradedInstrument, TradedLeg } from './traded-instrument.js'

/** The open round trip in plain fields, so that it can be kept and put back. */
interface RoundTrip {
  /** Lots of the instrument, negative short. */
  lots: number
  /** Average price paid, in the contracts that were entered; NaN when flat. */
  entryPrice: number
  entryBar: number
  entryMonth: number
  /** Commission paid for the lots held, which belongs to the trades that will close them. */
  commissionUsd: number
  /** Profit of the lots held in contracts that they were rolled out of. */
  carriedUsd: number
  worstUsd: number
  bestUsd: number
  rolls: number
  /** Of the decision that opened it. */
  tag: number
  /** Bar inside which it was entered: what that bar did before is no excursion; −1 where it was entered at an open. */
  insideBar: number
}

/** Where the holding is in the calendar of its rolls. */
interface RollState {
  /** Bar of the next roll of some leg; Infinity where there is none. */
  next: number
  /** Last bar at whose close legs have moved on: from then on that close is the next contract's. */
  done: number
}

interface LegHolding {
  readonly leg: TradedLeg
  readonly position: Position
  readonly kept: Position
  readonly volatility: Float64Array | null
  readonly dailyVolume: Float64Array | null
  nextRoll: number
  keptRoll: number
}

/** The position in an instrument: lots become contracts of its legs, at their real prices and costs, and are rolled. */
export class Holding {
  readonly trip: RoundTrip = {
    lots: 0,
    entryPrice: Number.NaN,
    entryBar: -1,
    entryMonth: 0,
    commissionUsd: 0,
    carriedUsd: 0,
    worstUsd: 0,
    bestUsd: 0,
    rolls: 0,
    tag: 0,
    insideBar: -1,
  }
  /** Profit of the contracts held at the last mark, USD before commission. */
  openUsd = 0
  /** Tag of the decision whose orders are at work. */
  tag = 0
  private readonly legs: readonly LegHolding[]
  private readonly keptTrip: RoundTrip = { ...this.trip }
  private readonly rolls: RollState = { next: Infinity, done: -1 }
  private readonly keptRolls: RollState = { ...this.rolls }
  private readonly priced: PricedFill = { price: 0, commissionUsd: 0, slippageUsd: 0, impactUsd: 0 }
  private readonly facts: FillFacts = { volatility: 0, dailyVolume: 0, lotsBefore: 0 }

  constructor(
    private readonly index: number,
    private readonly instrument: TradedInstrument,
    private readonly ledger: Ledger,
  ) {
    this.legs = instrument.legs.map((leg) => {
      const { costs, volume } = leg
      return {
        leg,
        position: newPosition(leg.multiplier),
        kept: newPosition(leg.multiplier),
        volatility: costs.slippageVolatility > 0 || costs.impact > 0 ? volatilityBefore(leg) : null,
        dailyVolume: costs.impact > 0 && volume !== undefined ? volumeBefore(volume) : null,
        nextRoll: 0,
        keptRoll: 0,
      }
    })
    this.findRollBar()
  }

  /** Whether some leg moves to its next contract at the close of this bar. */
  rollsAt(bar: number): boolean {
    return bar === this.rolls.next
  }

  /**
   * Trades lots of the instrument inside or at an end of a bar.
   * @param level in the instrument's bars, before slippage
   */
  trade(bar: number, lots: number, level: number, reason: FillReason, isLimit: boolean): void {
    const rolls = this.instrument.settles === true && bar === this.rolls.next
    if (!rolls) return this.book(bar, lots, level, reason, isLimit)
    // What is opened at the settlement of the roll is opened in the next contract.
    const closing = Math.sign(lots) * closingLots(this.trip.lots, lots)
    if (closing !== 0) this.book(bar, closing, level, reason, isLimit)
    if (closing === lots) return
    this.roll(bar)
    this.book(bar, lots - closing, level, reason, isLimit)
  }

  /** Moves the position to the next contracts at their settlements: two fills a leg, and no profit of the gap. */
  roll(bar: number): void {
    const { ledger, trip, legs } = this
    this.rolls.done = bar
    for (let i = 0; i < legs.length; i++) {
      const each = legs[i]
      const { leg, position } = each
      while (each.nextRoll < leg.rolls.length && leg.rolls[each.nextRoll].bar === bar) {
        const roll = leg.rolls[each.nextRoll++]
        const { lots } = position
        if (lots === 0) continue
        const profitUsd = this.fillLeg(bar, i, -lots, roll.fromPrice, roll.from, 'roll', false)
        const leaveUsd = this.priced.commissionUsd
        this.fillLeg(bar, i, lots, roll.toPrice, roll.to, 'roll', false)
        const commissionUsd = leaveUsd + this.priced.commissionUsd
        ledger.pay(profitUsd - commissionUsd)
        ledger.totals.rollYieldUsd -= (roll.toPrice - roll.fromPrice) * lots * leg.multiplier
        trip.carriedUsd += profitUsd
        trip.commissionUsd += commissionUsd
      }
    }
    if (trip.lots !== 0) {
      trip.rolls++
      ledger.totals.rolls++
    }
    this.findRollBar()
  }

  /** Marks the position at the close, follows the farthest profit and loss of the trip, and returns the open profit in USD. */
  mark(bar: number): number {
    const { trip, legs, instrument } = this
    const { lots } = trip
    if (lots === 0) return (this.openUsd = 0)
    let openUsd = 0
    for (let i = 0; i < legs.length; i++) openUsd += openProfitUsd(legs[i].position, this.closeOf(i, bar))
    this.openUsd = openUsd
    const earnedUsd = trip.carriedUsd + openUsd
    let atHighUsd = earnedUsd
    let atLowUsd = earnedUsd
    if (trip.insideBar !== bar) {
      const { high, low, close } = instrument.bars
      const size = lots * instrument.multiplier
      atHighUsd += (high[bar] - close[bar]) * size
      atLowUsd += (low[bar] - close[bar]) * size
    }
    trip.worstUsd = Math.min(trip.worstUsd, atHighUsd, atLowUsd)
    trip.bestUsd = Math.max(trip.bestUsd, atHighUsd, atLowUsd)
    return openUsd
  }

  /** Profit of the contracts held if they were closed at the close of a bar without costs. */
  openProfitAt(bar: number): number {
    let usd = 0
    for (let i = 0; i < this.legs.length; i++) usd += openProfitUsd(this.legs[i].position, this.closeOf(i, bar))
    return usd
  }

  /** Σ lots × close × multiplier of what is held: what the flow of money lacks to be the gross profit. */
  valueAt(bar: number): number {
    let usd = 0
    this.legs.forEach(({ position: { lots, multiplier } }, i) => {
      if (lots !== 0) usd += lots * this.closeOf(i, bar) * multiplier
    })
    return usd
  }

  /** Level that orders look at − price that is paid: 0 where the bars are prices. */
  levelOffset(bar: number): number {
    const { bars } = this.instrument
    if (bars.price === undefined) return 0
    let price = 0
    this.legs.forEach(({ leg }, i) => (price += leg.weight * this.closeOf(i, bar)))
    return bars.close[bar] - price
  }

  /** Lots of the instrument that are a share of the bar's volume, whole and of the leg that allows the fewest. */
  lotsOfVolume(bar: number, share: number): number {
    let most = Infinity
    for (const { leg } of this.legs) {
      const lots = Math.floor((share * (leg.volume?.[bar] ?? 0)) / Math.abs(leg.lots))
      most = Math.min(most, lots > 0 ? lots : 0)
    }
    return most
  }

  keep(): void {
    Object.assign(this.keptTrip, this.trip)
    Object.assign(this.keptRolls, this.rolls)
    for (const leg of this.legs) {
      Object.assign(leg.kept, leg.position)
      leg.keptRoll = leg.nextRoll
    }
  }

  putBack(): void {
    Object.assign(this.trip, this.keptTrip)
    Object.assign(this.rolls, this.keptRolls)
    for (const leg of this.legs) {
      Object.assign(leg.position, leg.kept)
      leg.nextRoll = leg.keptRoll
    }
  }

  private book(bar: number, lots: number, level: number, reason: FillReason, isLimit: boolean): void {
    const { trip, ledger, legs } = this
    const before = trip.lots
    const closed = closingLots(before, lots)
    let profitUsd = 0
    let commissionUsd = 0
    let paid = 0
    for (let i = 0; i < legs.length; i++) {
      const { leg } = legs[i]
      profitUsd += this.fillLeg(
        bar,
        i,
        lots * leg.lots,
        this.priceOf(i, bar, level),
        this.monthOf(i, bar),
        reason,
        isLimit,
      )
      commissionUsd += this.priced.commissionUsd
      paid += leg.weight * this.priced.price
    }
    ledger.pay(profitUsd - commissionUsd)
    const size = Math.abs(lots)
    if (closed > 0) {
      // Commission of the entry goes with the lots that close, that of this fill with its closing part.
      const entryUsd = (trip.commissionUsd * closed) / Math.abs(before)
      const carriedUsd = (trip.carriedUsd * closed) / Math.abs(before)
      trip.commissionUsd -= entryUsd
      trip.carriedUsd -= carriedUsd
      this.record(
        bar,
        before > 0 ? closed : -closed,
        paid,
        profitUsd + carriedUsd,
        entryUsd + (commissionUsd * closed) / size,
      )
    }
    trip.lots = before + lots
    const opened = size - closed
    if (opened === 0) {
      if (trip.lots === 0) trip.entryPrice = Number.NaN
      return
    }
    trip.commissionUsd += (commissionUsd * opened) / size
    if (before !== 0 && closed === 0) {
      trip.entryPrice = (trip.entryPrice * before + paid * lots) / trip.lots
      return
    }
    trip.entryPrice = paid
    trip.entryBar = bar
    trip.entryMonth = this.monthOf(0, bar)
    trip.rolls = 0
    trip.tag = this.tag
    trip.insideBar = level === this.instrument.bars.open[bar] ? -1 : bar
    trip.worstUsd = 0
    trip.bestUsd = 0
  }

  private record(bar: number, lots: number, paid: number, grossUsd: number, commissionUsd: number): void {
    const { trip, ledger } = this
    const trade = ledger.trades.grow()
    const t = ledger.trades.length - 1
    trade.lots[t] = lots
    trade.entryBar[t] = trip.entryBar
    trade.exitBar[t] = bar
    trade.entryPrice[t] = trip.entryPrice
    trade.exitPrice[t] = paid
    trade.grossUsd[t] = grossUsd
    trade.commissionUsd[t] = commissionUsd
    trade.netUsd[t] = grossUsd - commissionUsd
    trade.worstUsd[t] = Math.min(trip.worstUsd, grossUsd)
    trade.bestUsd[t] = Math.max(trip.bestUsd, grossUsd)
    trade.instrument[t] = this.index
    trade.entryMonth[t] = trip.entryMonth
    trade.exitMonth[t] = this.monthOf(0, bar)
    trade.rolls[t] = trip.rolls
    trade.tag[t] = trip.tag
  }

  /** Fills one leg: prices it, books its lots, records it; returns the profit of what it closed. `priced` has what it cost. */
  private fillLeg(
    bar: number,
    i: number,
    lots: number,
    touched: number,
    month: number,
    reason: FillReason,
    isLimit: boolean,
  ): number {
    const { ledger, priced, facts } = this
    const { leg, position, volatility, dailyVolume } = this.legs[i]
    const { costs, multiplier } = leg
    facts.volatility = volatility === null ? 0 : volatility[bar]
    facts.dailyVolume = dailyVolume === null ? 0 : dailyVolume[bar]
    facts.lotsBefore =
      costs.tiers.length === 0 ? 0 : ledger.tierLots(this.tierPeriod(bar, costs.tierReset), Math.abs(lots))
    priceFill(priced, lots, touched, multiplier, costs, facts, isLimit)
    const { price, commissionUsd, slippageUsd, impactUsd } = priced
    const { totals } = ledger
    if (reason === 'roll') totals.rollUsd += commissionUsd + slippageUsd + impactUsd
    else {
      totals.commissionUsd += commissionUsd
      totals.slippageUsd += slippageUsd
      totals.impactUsd += impactUsd
    }
    addCash(ledger.flow, -lots * touched * multiplier)
    const fill = ledger.fills.grow()
    const f = ledger.fills.length - 1
    fill.bar[f] = bar
    fill.lots[f] = lots
    fill.price[f] = price
    fill.commissionUsd[f] = commissionUsd
    fill.slippageUsd[f] = slippageUsd
    fill.impactUsd[f] = impactUsd
    fill.instrument[f] = this.index
    fill.leg[f] = i
    fill.month[f] = month
    fill.reason[f] = FILL_REASONS.indexOf(reason)
    return bookFill(position, lots, price)
  }

  private tierPeriod(bar: number, reset: 'day' | 'month'): number {
    const day = sessionDayOf(this.instrument.bars, bar)
    if (reset === 'day') return day
    const { year, month } = civilFromDay(day)
    return year * 100 + month
  }

  /** Price of a leg where the instrument is at `level`. */
  private priceOf(i: number, bar: number, level: number): number {
    const { bars } = this.instrument
    if (bars.price === undefined) return level
    const { leg } = this.legs[i]
    if (level === bars.close[bar]) return this.closeOf(i, bar)
    if (level === bars.open[bar] && this.rolls.done !== bar) return leg.open[bar]
    return this.closeOf(i, bar) + (level - bars.close[bar]) / leg.weight
  }

  /** On the day of a roll, once it is done, the settlement of the next contract. */
  private closeOf(i: number, bar: number): number {
    const roll = this.rolls.done === bar ? this.rollOn(i, bar) : null
    return roll === null ? this.legs[i].leg.close[bar] : roll.toPrice
  }

  private monthOf(i: number, bar: number): number {
    const roll = this.rolls.done === bar ? this.rollOn(i, bar) : null
    return roll === null ? (this.legs[i].leg.month?.[bar] ?? 0) : roll.to
  }

  private rollOn(i: number, bar: number): LegRoll | null {
    const { leg, nextRoll } = this.legs[i]
    const roll = nextRoll === 0 ? null : leg.rolls[nextRoll - 1]
    return roll?.bar === bar ? roll : null
  }

  private findRollBar(): void {
    this.rolls.next = Infinity
    for (const { leg, nextRoll } of this.legs) {
      if (nextRoll < leg.rolls.length) this.rolls.next = Math.min(this.rolls.next, leg.rolls[nextRoll].bar)
    }
  }
}
