import type { LimitRow, LimitsCheckData } from '../documents/limits-check.js'
import type { LimitsWhatIfData } from '../documents/limits-what-if.js'
import { isoFromDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { checkLimits, recentDrawdownUsd, type Known, type LimitedBook } from '../risk/limits/check-limits.js'
import { RISK_METHODS } from '../risk/methods.js'
import { RISK_DEFAULTS } from '../risk/methods/risk-method.js'
import { grossNotionalUsd, totalPnl } from '../risk/pnl-matrix.js'
import { inForce } from '../risk/portfolio/in-force.js'
import type { WrittenLine } from '../risk/portfolio/resolve-book.js'
import { bookOn, bookPnl, notionalUsd, type Book, type BookContext, type ValuedPosition } from './book-on.js'
import { businessDaysToExpiry, DELIVERY_WINDOW_DAYS, marginOf } from './positions-on.js'

const CONFIDENCE = 0.95
const DRAWDOWN_DAYS = { daily: 1, weekly: 5, monthly: 21 } as const

/** What limits look at beside the positions: measured once, and unknown with a reason where it cannot be. */
export interface MeasuredRisk {
  readonly varUsd: Known
  readonly drawdownUsd: LimitedBook['drawdownUsd']
  readonly observations: number
}

/** 95 % one-day VaR and recent drawdowns of today's positions on their own past. */
export async function measuredRisk(ctx: BookContext, book: Book): Promise<MeasuredRisk> {
  const { varMethod, varWindow } = ctx.config.riskLimits
  const unknown = (reason: string, observations: number): MeasuredRisk => {
    const none: Known = { value: null, reason }
    return { varUsd: none, drawdownUsd: { daily: none, weekly: none, monthly: none }, observations }
  }
  let matrix
  try {
    ;({ matrix } = await bookPnl(ctx, book, { window: varWindow, mode: 'diff', history: 'rank' }))
  } catch (error) {
    if (error instanceof ContangoError && error.kind === 'noData') return unknown(error.message, 0)
    throw error
  }
  const pnlUsd = totalPnl(matrix)
  const gross = grossNotionalUsd(matrix)
  const method = RISK_METHODS[varMethod]
  const enough = pnlUsd.length >= method.minObservations
  const sample = {
    pnlUsd,
    percent: pnlUsd.map((pnl) => (100 * pnl) / gross),
    usdPerPercent: gross / 100,
    logarithmic: false,
  }
  const varUsd: Known = enough
    ? { value: method.fit(sample, RISK_DEFAULTS).at(CONFIDENCE).varUsd }
    : { value: null, reason: `${varMethod} needs ${method.minObservations} days, the book has ${pnlUsd.length}` }
  const drawdown = (days: number): Known => {
    const value = recentDrawdownUsd(pnlUsd, days)
    return value === null ? { value, reason: `the book has ${pnlUsd.length} days of history` } : { value }
  }
  return {
    varUsd,
    drawdownUsd: {
      daily: drawdown(DRAWDOWN_DAYS.daily),
      weekly: drawdown(DRAWDOWN_DAYS.weekly),
      monthly: drawdown(DRAWDOWN_DAYS.monthly),
    },
    observations: pnlUsd.length,
  }
}

/** The book as limits see it, at these prices. */
export function limitedBook(
  ctx: BookContext,
  { asOf, capitalUsd, positions }: Book,
  risk: Pick<MeasuredRisk, 'varUsd' | 'drawdownUsd'>,
  priceOf: (position: ValuedPosition) => number = ({ settlement }) => settlement,
): LimitedBook {
  return {
    capitalUsd,
    varUsd: risk.varUsd,
    drawdownUsd: risk.drawdownUsd,
    positions: positions.map((position) => {
      const margin = marginOf(ctx, asOf, position)
      const limits = ctx.config.margins.products[position.product]?.spotMonthLimits ?? []
      const flagged = businessDaysToExpiry(ctx, asOf, position) <= DELIVERY_WINDOW_DAYS
      return {
        product: position.product,
        contract: position.contract,
        strategy: position.strategy,
        lots: position.lots,
        notionalUsd: notionalUsd({ ...position, settlement: priceOf(position) }),
        marginUsd: margin === null ? null : Math.abs(position.lots) * margin.initialUsd,
        spotMonthLimitLots: flagged ? (inForce(limits, asOf)?.lots ?? null) : null,
      }
    }),
  }
}

/** Every configured limit of a book on its date. */
export async function limitsOn(ctx: BookContext, book: Book): Promise<LimitsCheckData> {
  const risk = await measuredRisk(ctx, book)
  const { riskLimits } = ctx.config
  const origins = new Map(ctx.config.entries('riskLimits').map(({ key, origin }) => [key, origin]))
  const limits = checkLimits(limitedBook(ctx, book, risk), riskLimits).map(({ key, ...limit }): LimitRow => ({
    ...limit,
    origin: key === null ? 'config/margins.yaml, the exchange' : (origins.get(`riskLimits.${key}`) ?? 'default'),
  }))
  return {
    book: book.name,
    date: isoFromDay(book.asOf),
    capitalUsd: book.capitalUsd,
    limits,
    breaches: namesOf(limits, 'breach'),
    unknown: namesOf(limits, 'unknown'),
    stalePositions: [...book.stalePositions],
    assumptions: {
      varMethod: riskLimits.varMethod,
      varConfidence: CONFIDENCE,
      varHorizonDays: 1,
      varObservations: risk.observations,
      history: 'rank',
      drawdown: 'today’s positions on the last 1, 5 and 21 days of their own past, from the highest point, ÷ capital',
      warningFraction: riskLimits.warningFraction,
      criticalFraction: riskLimits.criticalFraction,
      breachFraction: riskLimits.breachFraction,
    },
  }
}

/** Names of the limits with a status, in the order of the file. */
export function namesOf(limits: readonly Pick<LimitRow, 'name' | 'status'>[], status: LimitRow['status']): string[] {
  return limits.filter((limit) => limit.status === status).map(({ name }) => name)
}

/** The sentence of a breach: every one of them, with value and limit. */
export function breachText(limits: readonly LimitRow[]): string {
  const breaches = limits.filter(({ status }) => status === 'breach')
  const texts = breaches.map(({ name, value, limit, unit, utilisation }) => {
    const number = (x: number | null): string =>
      x === null ? '–' : unit === 'fraction' ? x.toFixed(4) : Math.round(x).toString()
    const used = utilisation === null ? '' : ` (${Math.round(100 * utilisation)} %)`
    return `${name} ${number(value)} of ${number(limit)}${unit === 'fraction' ? '' : ` ${unit}`}${used}`
  })
  return `${breaches.length} ${breaches.length === 1 ? 'limit' : 'limits'} breached: ${texts.join('; ')}`
}

/** `buy 10 CLZ6`, `sell 5 BRN1 @ 77.2`. */
export function tradeOf(text: string, strategy: string): WrittenLine {
  const match = /^\s*(buy|sell)\s+(\d+)\s+(\S+)(?:\s*@\s*(-?\d+(?:\.\d+)?))?\s*$/i.exec(text)
  if (!match) {
    throw new ContangoError(
      'usage',
      'BAD_TRADE',
      `"${text}" is no trade`,
      '--trade "buy 10 CLZ6" or --trade "sell 5 BRN1 @ 77.20"',
      { trade: text },
    )
  }
  return {
    place: `--trade "${text.trim()}":`,
    contract: match[3],
    product: null,
    rank: null,
    lots: (match[1].toLowerCase() === 'buy' ? 1 : -1) * Number(match[2]),
    entryPrice: match[4] === undefined ? null : Number(match[4]),
    strategy,
    spread: null,
    type: null,
    strike: null,
  }
}

/** The limits with trades that are not done yet, beside those without them. */
export async function limitsWhatIf(
  ctx: BookContext,
  reference: string,
  trades: readonly WrittenLine[],
): Promise<{ readonly book: Book; readonly data: LimitsWhatIfData }> {
  const after = await bookOn(ctx, reference, { trades })
  const held = after.positions.length - trades.length
  const before: Book = { ...after, positions: after.positions.slice(0, held) }
  const [was, is] = [await limitsOn(ctx, before), await limitsOn(ctx, after)]
  const earlier = new Map(was.limits.map((limit) => [limit.name, limit]))
  return {
    book: after,
    data: {
      ...is,
      trades: after.positions.slice(held).map((position) => ({
        position: position.id,
        contract: position.contract,
        lots: position.lots,
        settlement: position.settlement,
        notionalUsd: notionalUsd(position),
      })),
      limits: is.limits.map((limit) => {
        const old = earlier.get(limit.name)
        return {
          ...limit,
          valueBefore: old?.value ?? null,
          utilisationBefore: old?.utilisation ?? null,
          statusBefore: old?.status ?? null,
        }
      }),
      newBreaches: is.breaches.filter((name) => earlier.get(name)?.status !== 'breach'),
    },
  }
}
