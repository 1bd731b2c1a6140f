import { addCash, type Cash } from '../execution/account.js'
import { GrowingColumns } from './growing-columns.js'
import { FILL_COLUMNS, TRADE_COLUMNS } from './records.js'

/** What became of the orders that decisions made; those that guard a position are not counted. */
export interface OrderCounts {
  placed: number
  filled: number
  /** Fills of a part of an order. */
  partialFills: number
  cancelled: number
  expired: number
  /** Not accepted: margin that was not there, or a contract that had expired. */
  rejected: number
  /** Of those, orders of a contract that had stopped trading. */
  rejectedExpired: number
}

/** Sums over a run, USD and counts, as plain fields: they can be put back after a path inside a bar was only tried. */
export interface Totals extends OrderCounts {
  commissionUsd: number
  slippageUsd: number
  impactUsd: number
  rollUsd: number
  rollYieldUsd: number
  rolls: number
  /** Lots traded in the period of the commission's tiers, and which period that is. */
  tierLots: number
  tierPeriod: number
}

/** The books of an account: its cash, what was paid, and the records of fills and round trips. */
export class Ledger {
  readonly cash: Cash
  /** At the last close. A field and no argument, so that a million bars box no number. */
  equityUsd: number
  /** Σ −lots × price before slippage × multiplier: with the lots held at the end it is the gross profit. */
  readonly flow: Cash = { sumUsd: 0, lostUsd: 0 }
  readonly fills = new GrowingColumns(FILL_COLUMNS)
  readonly trades = new GrowingColumns(TRADE_COLUMNS)
  readonly totals: Totals = {
    placed: 0,
    filled: 0,
    partialFills: 0,
    cancelled: 0,
    expired: 0,
    rejected: 0,
    rejectedExpired: 0,
    commissionUsd: 0,
    slippageUsd: 0,
    impactUsd: 0,
    rollUsd: 0,
    rollYieldUsd: 0,
    rolls: 0,
    tierLots: 0,
    tierPeriod: -1,
  }
  /** What decisions were called, in the order in which they came; the first is no name. */
  readonly tags: string[] = ['']
  private readonly kept: { cash: Cash; flow: Cash; totals: Totals; fills: number; trades: number }

  constructor(initialCapitalUsd: number) {
    this.equityUsd = initialCapitalUsd
    this.cash = { sumUsd: initialCapitalUsd, lostUsd: 0 }
    this.kept = { cash: { ...this.cash }, flow: { ...this.flow }, totals: { ...this.totals }, fills: 0, trades: 0 }
  }

  pay(usd: number): void {
    addCash(this.cash, usd)
  }

  /** Counts lots of the period of the commission's tiers and returns those before. */
  tierLots(period: number, lots: number): number {
    const { totals } = this
    if (period !== totals.tierPeriod) {
      totals.tierPeriod = period
      totals.tierLots = 0
    }
    const before = totals.tierLots
    totals.tierLots += lots
    return before
  }

  /** Position of a tag in `tags`, where it is put if it is new. */
  tagNumber(tag: string): number {
    const at = this.tags.indexOf(tag)
    return at >= 0 ? at : this.tags.push(tag) - 1
  }

  keep(): void {
    Object.assign(this.kept.cash, this.cash)
    Object.assign(this.kept.flow, this.flow)
    Object.assign(this.kept.totals, this.totals)
    this.kept.fills = this.fills.length
    this.kept.trades = this.trades.length
  }

  putBack(): void {
    Object.assign(this.cash, this.kept.cash)
    Object.assign(this.flow, this.kept.flow)
    Object.assign(this.totals, this.kept.totals)
    this.fills.shrinkTo(this.kept.fills)
    this.trades.shrinkTo(this.kept.trades)
  }
}
