import type { EpochDay } from '../kernel/day.js'

/** Canonical product keys: the exchange root as contract codes, lake partitions and JSON use it. */
export const PRODUCTS = ['CL', 'BRN', 'BZ', 'RB', 'HO', 'LGO', 'NG', 'DBI'] as const
export type Product = (typeof PRODUCTS)[number]

export type PriceUnit = 'USD/bbl' | 'USD/gal' | 'USD/t' | 'USD/MMBtu'

/** Which days have a settlement; see `docs/calendars.md`. */
export type SettlementCalendarName = 'NYMEX' | 'ICE'

/** Which rule gives the last trading day; the rules themselves are `market/last-trading-day.ts`. */
export type ExpiryRule = 'wti' | 'month-end-before' | 'natural-gas' | 'gasoil' | 'brent-ice' | 'brent-cme' | 'month-end'

export interface TickSize {
  /** First day on which this tick holds. */
  readonly from: EpochDay
  readonly tick: number
  readonly tickValueUsd: number
}

/** One futures product: a row of `config/instruments.yaml`. */
export interface Instrument {
  readonly product: Product
  /** As a desk says it: "WTI", "Brent (ICE)". */
  readonly name: string
  /** What users may type besides the key: wti, crude, cl … lower case. */
  readonly aliases: readonly string[]
  readonly exchange: string
  /** IANA zone of the exchange's clock. */
  readonly zone: string
  readonly session: { readonly open: string; readonly close: string; readonly settlement: string }
  readonly unit: PriceUnit
  /** Units of the quote in one contract: 1,000 bbl, 42,000 gal, 100 t. USD per point per lot. */
  readonly contractSize: number
  /** Effective-dated, ascending. */
  readonly ticks: readonly TickSize[]
  readonly expiryRule: ExpiryRule
  readonly settlementCalendar: SettlementCalendarName
  readonly codes: {
    readonly exchange: string
    readonly bloomberg: string | null
    /**
     * The first generic ticker that is a whole contract: 1, but 2 for Dubai, whose rank 1 is the month that is being
     * averaged and which DAT1 quotes as the balance of that month.
     */
    readonly bloombergFrontNumber: number
    /** The front-month symbol, `CL=F`; contracts are `CLZ26.NYM`. */
    readonly yahoo: string | null
    readonly eiaSpot: readonly string[]
    readonly eiaFutures: readonly string[]
    readonly cftc: string | null
  }
  /** Barrels in one lot, for exposure in bbl: 1,000, gasoil 745; null for natural gas. */
  readonly barrelsPerLot: number | null
  /** Real last trading days where the rule misses: contract month yyyymm → day. */
  readonly lastTradingDayOverrides: ReadonlyMap<number, EpochDay>
}
