import { contractMoves } from '../analytics/contract-moves.js'
import { unmeasured, type Measured } from '../analytics/measured.js'
import { priceChange } from '../analytics/price-change.js'
import { rangePosition } from '../analytics/range-position.js'
import { realisedVol } from '../analytics/realised-vol.js'
import type { PricePanel } from '../charts/specs/prices-chart.js'
import type { AnalyticsConfig } from '../config/sections/analytics.js'
import type { PriceRow, PricesData } from '../documents/prices.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { isoFromMonth } from '../market/contract-month.js'
import type { Product } from '../market/market.js'
import type { DeskContext } from './desk-context.js'
import {
  lastSettledIndex,
  loadCurve,
  noSettlement,
  productsInLake,
  staleReason,
  warnNotSettled,
  type SettledOn,
  type LoadedCurve,
} from './load-curve.js'
import { ROLL_RULE } from './roll-rule.js'

export interface PricesAnswer {
  readonly asOf: EpochDay
  readonly data: PricesData
  /** One year of front-month settlements for each row of `data.prices`. */
  readonly panels: readonly PricePanel[]
  /** csv, eia, sim: those that were read. */
  readonly sources: readonly string[]
  readonly simulated: boolean
}

/**
 * Front-month prices on `ctx.asOf` of `products`, by default of every product that the market knows. A product
 * without settlements is in `data.missing`; without any at all this is noData.
 */
export async function pricesOn(
  ctx: DeskContext,
  products: readonly Product[] = ctx.market.products,
): Promise<PricesAnswer> {
  const there = productsInLake(ctx, products)
  const asOf = ctx.asOf(there.length > 0 ? there : products)
  const conventions = ctx.config.analytics
  const from = asOf - readBackDays(conventions)
  const prices: PriceRow[] = []
  const panels: PricePanel[] = []
  const missing: { product: string; name: string; reason: string }[] = []
  const sources = new Set<string>()
  const settled: SettledOn[] = []
  for (const product of products) {
    const { name } = ctx.market.instrument(product)
    const stale = staleReason(ctx, product, asOf)
    const loaded = stale === null ? await loadCurve(ctx, product, { asOf, from, maxRank: 2 }) : null
    const at = loaded === null ? null : lastSettledIndex(ctx, loaded.index, asOf)
    const row = loaded === null || at === null ? null : priceRow(ctx, product, loaded, at)
    if (loaded === null || at === null || row === null) {
      missing.push({ product, name, reason: stale ?? frontMissing(ctx, product, asOf, loaded, at) })
      continue
    }
    settled.push({ what: product, day: loaded.index.days[at] })
    prices.push(row.row)
    panels.push(row.panel)
    sources.add(loaded.source)
  }
  warnNotSettled(ctx, asOf, settled)
  if (prices.length === 0) throw nothingSettled(ctx, products, asOf)
  return {
    asOf,
    data: {
      date: prices.map((row) => row.date).reduce((a, b) => (a > b ? a : b)),
      prices,
      missing,
      assumptions: {
        roll: ROLL_RULE,
        fiveDaySettlements: conventions.changes.fiveDaySettlements,
        oneMonthSettlements: conventions.changes.oneMonthSettlements,
        oneYearSettlements: conventions.changes.oneYearSettlements,
        volatilityWindow: conventions.volatility.window,
        volatilityMode: 'log returns of the contract held, mean removed, ddof 1',
        daysPerYear: conventions.volatility.daysPerYear,
        rangeWindow: conventions.rangeWindow,
        rangeBasis: 'rank-1 settlements as quoted, not adjusted for rolls',
      },
    },
    panels,
    sources: [...sources].sort(),
    simulated: prices.some((row) => row.simulated),
  }
}

function frontMissing(
  ctx: DeskContext,
  product: Product,
  asOf: EpochDay,
  loaded: LoadedCurve | null,
  at: number | null,
): string {
  return loaded === null || at === null
    ? noSettlement(ctx, product, asOf).message
    : `${product} rank 1 has no settlement on ${isoFromDay(loaded.index.days[at])}`
}

function nothingSettled(ctx: DeskContext, products: readonly Product[], asOf: EpochDay): ContangoError {
  if (products.length === 1) return noSettlement(ctx, products[0], asOf)
  const there = productsInLake(ctx, products)
  const spans = there.flatMap((product) => {
    const info = ctx.store.pick('curves', product)
    return info === null ? [] : [`${product} ${isoFromDay(info.first)} to ${isoFromDay(info.last)}`]
  })
  return new ContangoError(
    'noData',
    'NO_SETTLEMENT',
    `no product has a settlement on or shortly before ${isoFromDay(asOf)}; the lake has ${spans.join(', ') || 'none'}`,
    'contango data ls shows what is there',
    { asOf: isoFromDay(asOf) },
  )
}

/** Calendar days that hold the longest window: 252 settlements take 366 days, and holidays come in bunches. */
function readBackDays({ changes, volatility, rangeWindow }: AnalyticsConfig): number {
  const settlements = Math.max(changes.oneYearSettlements, changes.oneMonthSettlements, changes.fiveDaySettlements)
  return Math.ceil(Math.max(settlements + 1, volatility.window + 1, rangeWindow) * 1.5) + 30
}

function priceRow(
  ctx: DeskContext,
  product: Product,
  { index, simulated }: LoadedCurve,
  at: number,
): { row: PriceRow; panel: PricePanel } | null {
  const { market } = ctx
  const { changes, volatility, rangeWindow } = ctx.config.analytics
  const { name, unit } = market.instrument(product)
  const moves = contractMoves(index)
  const last = moves.settlement[at]
  if (Number.isNaN(last)) return null
  const day = index.days[at]
  const month = moves.month[at]
  const expiry = market.lastTradingDay(product, month)
  const reasons: Record<string, string> = {}
  const field = (name: string, { value, reason }: Measured, scale = 1): number | null => {
    if (value === null) reasons[name] = reason
    return value === null ? null : value * scale
  }
  const d1 = priceChange(moves, at, 1)
  const d5 = priceChange(moves, at, changes.fiveDaySettlements)
  const m1 = priceChange(moves, at, changes.oneMonthSettlements)
  const y1 = priceChange(moves, at, changes.oneYearSettlements)
  const vol = realisedVol(moves, at, volatility.window, volatility.daysPerYear)
  const range = rangePosition(index.days, moves.settlement, at, rangeWindow)
  const noRange = `${rangeWindow} settlement days are needed, the data has ${at + 1}`
  if (range === null)
    for (const field of ['rangeLow', 'rangeLowDate', 'rangeHigh', 'rangeHighDate']) reasons[field] = noRange
  if (at === 0) reasons['previousDate'] = 'the data starts on this day'
  const change = field('change', d1.change)
  const changePercent = field('changePercent', d1.fraction, 100)
  const row: PriceRow = {
    product,
    name,
    unit,
    contract: market.contractCode(product, month),
    deliveryMonth: isoFromMonth(month),
    expiry: isoFromDay(expiry),
    daysToExpiry: expiry - day,
    date: isoFromDay(day),
    previousDate: at > 0 ? isoFromDay(index.days[at - 1]) : null,
    simulated,
    last,
    change,
    changePercent,
    change5d: field('change5d', d5.change),
    change5dPercent: field('change5dPercent', d5.fraction, 100),
    change1m: field('change1m', m1.change),
    change1mPercent: field('change1mPercent', m1.fraction, 100),
    change1y: field('change1y', y1.change),
    change1yPercent: field('change1yPercent', y1.fraction, 100),
    realisedVolPercent: field('realisedVolPercent', vol.logFraction, 100),
    realisedVolPrice: field('realisedVolPrice', vol.price),
    rangeLow: range?.low ?? null,
    rangeLowDate: range ? isoFromDay(range.lowDay) : null,
    rangeHigh: range?.high ?? null,
    rangeHighDate: range ? isoFromDay(range.highDay) : null,
    rangePositionPercent: field('rangePositionPercent', range?.position ?? unmeasured(noRange), 100),
    reasons,
  }
  const first = Math.max(0, at + 1 - rangeWindow)
  const panel: PricePanel = {
    product,
    name,
    unit,
    contract: row.contract,
    last,
    change,
    changePercent,
    days: index.days.slice(first, at + 1),
    values: moves.settlement.slice(first, at + 1),
  }
  return { row, panel }
}
