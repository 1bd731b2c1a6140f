import type { Product } from '../../market/market.js'
import { limitStatus, type LimitLevels, type LimitStatus } from './limit-status.js'

/** What a book may not exceed; a limit that is absent is not checked. */
export interface RiskLimits extends LimitLevels {
  readonly varUsd?: number
  readonly grossExposureUsd?: number
  readonly netExposureUsd?: number
  readonly leverage?: number
  readonly marginToCapital?: number
  readonly drawdown: { readonly daily?: number; readonly weekly?: number; readonly monthly?: number }
  readonly concentration: { readonly instrument?: number; readonly crudeGroup?: number; readonly strategy?: number }
  readonly instruments: Readonly<Partial<Record<Product, { readonly lots?: number; readonly notionalUsd?: number }>>>
}

export interface LimitedPosition {
  readonly product: Product
  readonly contract: string
  readonly strategy: string
  readonly lots: number
  /** USD, signed. */
  readonly notionalUsd: number
  /** null where no margin is known. */
  readonly marginUsd: number | null
  /** The exchange's limit on this contract now, net lots; null outside the delivery window. */
  readonly spotMonthLimitLots: number | null
}

/** A figure that may be unknown, with the reason. */
export interface Known {
  readonly value: number | null
  readonly reason?: string
}

export interface LimitedBook {
  readonly positions: readonly LimitedPosition[]
  readonly capitalUsd: number | null
  /** 95 %, one day. */
  readonly varUsd: Known
  /** Fall from the highest point within the days, USD ≥ 0. */
  readonly drawdownUsd: { readonly daily: Known; readonly weekly: Known; readonly monthly: Known }
}

export interface CheckedLimit {
  readonly name: string
  /** Key of `config/risk_limits.yaml`, dotted; null for a limit of the exchange. */
  readonly key: string | null
  readonly unit: 'USD' | 'lots' | 'fraction'
  readonly value: number | null
  readonly limit: number
  readonly utilisation: number | null
  readonly status: LimitStatus
  /** Why `value` is null, or what it is the value of. */
  readonly about: string | null
}

const CRUDE: ReadonlySet<Product> = new Set(['CL', 'BRN', 'BZ', 'DBI'])
const NO_CAPITAL = 'the book has no capitalUsd'

/**
 * Every configured limit against the book. Gross = Σ|notional|, net = |Σ notional|; leverage = gross ÷ capital;
 * drawdown, as a fraction of capital; lots and notional of an instrument are net over its months; concentration = the
 * largest member's Σ|notional| ÷ gross.
 */
export function checkLimits(book: LimitedBook, limits: RiskLimits): CheckedLimit[] {
  const { positions, capitalUsd } = book
  const gross = sum(positions.map(({ notionalUsd }) => Math.abs(notionalUsd)))
  const net = Math.abs(sum(positions.map(({ notionalUsd }) => notionalUsd)))
  const perCapital = ({ value, reason }: Known): Known =>
    capitalUsd === null ? unknown(NO_CAPITAL) : { value: value === null ? null : value / capitalUsd, reason }
  const marginless = positions.find(({ marginUsd }) => marginUsd === null)
  const margin: Known = marginless
    ? unknown(`no margin of ${marginless.product} is configured`)
    : { value: sum(positions.map(({ marginUsd }) => marginUsd ?? 0)) }
  const checked: CheckedLimit[] = []
  const check = (
    name: string,
    key: string | null,
    unit: CheckedLimit['unit'],
    limit: number | undefined,
    { value, reason }: Known,
  ): void => {
    if (limit === undefined) return
    const { utilisation, status } = limitStatus(value, limit, limits)
    checked.push({ name, key, unit, value, limit, utilisation, status, about: reason ?? null })
  }
  check('var95OneDay', 'varUsd', 'USD', limits.varUsd, book.varUsd)
  check('grossExposure', 'grossExposureUsd', 'USD', limits.grossExposureUsd, { value: gross })
  check('netExposure', 'netExposureUsd', 'USD', limits.netExposureUsd, { value: net })
  check('leverage', 'leverage', 'fraction', limits.leverage, perCapital({ value: gross }))
  check('marginToCapital', 'marginToCapital', 'fraction', limits.marginToCapital, perCapital(margin))
  for (const [period, title] of [
    ['daily', 'drawdownDaily'],
    ['weekly', 'drawdownWeekly'],
    ['monthly', 'drawdownMonthly'],
  ] as const) {
    const drawdown = perCapital(book.drawdownUsd[period])
    check(title, `drawdown.${period}`, 'fraction', limits.drawdown[period], drawdown)
  }
  const concentration = (name: string, key: keyof RiskLimits['concentration'], largest: Largest): void =>
    check(name, `concentration.${key}`, 'fraction', limits.concentration[key], {
      value: gross > 0 ? largest.grossUsd / gross : null,
      reason: gross > 0 ? largest.name : 'the book has no gross exposure',
    })
  const crude = positions.filter(({ product }) => CRUDE.has(product))
  concentration(
    'concentrationInstrument',
    'instrument',
    largestOf(positions, ({ product }) => product),
  )
  concentration(
    'concentrationCrudeGroup',
    'crudeGroup',
    largestOf(crude, () => 'crude'),
  )
  concentration(
    'concentrationStrategy',
    'strategy',
    largestOf(positions, ({ strategy }) => strategy),
  )
  for (const [product, own] of Object.entries(limits.instruments)) {
    const held = positions.filter((position) => position.product === product)
    const lots = Math.abs(sum(held.map((position) => position.lots)))
    const notional = Math.abs(sum(held.map(({ notionalUsd }) => notionalUsd)))
    check(`lots${product}`, `instruments.${product}.lots`, 'lots', own.lots, { value: lots })
    check(`notional${product}`, `instruments.${product}.notionalUsd`, 'USD', own.notionalUsd, { value: notional })
  }
  const flagged = positions.filter(({ spotMonthLimitLots }) => spotMonthLimitLots !== null)
  for (const contract of new Set(flagged.map((position) => position.contract))) {
    const held = positions.filter((position) => position.contract === contract)
    const lots = Math.abs(sum(held.map((position) => position.lots)))
    check(`spotMonth${contract}`, null, 'lots', held[0].spotMonthLimitLots ?? undefined, { value: lots })
  }
  return checked
}

interface Largest {
  readonly name: string
  readonly grossUsd: number
}

function largestOf(positions: readonly LimitedPosition[], nameOf: (position: LimitedPosition) => string): Largest {
  const gross = new Map<string, number>()
  for (const position of positions) {
    const name = nameOf(position)
    gross.set(name, (gross.get(name) ?? 0) + Math.abs(position.notionalUsd))
  }
  let largest: Largest = { name: 'none', grossUsd: 0 }
  for (const [name, grossUsd] of gross) if (grossUsd > largest.grossUsd) largest = { name, grossUsd }
  return largest
}

function unknown(reason: string): Known {
  return { value: null, reason }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/**
 * Fall of cumulative P&L over the last `days` values, from the highest point (the start included) to the end, USD ≥ 0.
 * @returns null for fewer values than days
 */
export function recentDrawdownUsd(pnlUsd: Float64Array, days: number): number | null {
  if (pnlUsd.length < days) return null
  let level = 0
  let peak = 0
  for (let i = pnlUsd.length - days; i < pnlUsd.length; i++) {
    level += pnlUsd[i]
    peak = Math.max(peak, level)
  }
  return peak - level
}
