import { curveSlopePerMonth } from '../analytics/curve-slope.js'
import { curveStructure } from '../analytics/curve-structure.js'
import { fullCarryFraction, fullCarryUsdPerBbl } from '../analytics/full-carry.js'
import { rankBand } from '../analytics/rank-band.js'
import { rollYield } from '../analytics/roll-yield.js'
import type { CurveChartBandPoint } from '../charts/specs/curve-chart.js'
import type { CalendarSpread, CurveAgainst, CurveData, CurveHistory, CurvePoint } from '../documents/curve.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { isoFromMonth, type ContractMonth } from '../market/contract-month.js'
import { rowOfMonth, rowOfRank, type CurveIndex } from '../market/curve-index.js'
import type { Product } from '../market/market.js'
import type { DeskContext } from './desk-context.js'
import {
  lastSettledIndex,
  loadCurve,
  noSettlement,
  staleReason,
  warnNotSettled,
  type LoadedCurve,
} from './load-curve.js'
import { ROLL_RULE } from './roll-rule.js'

export interface CurveRequest {
  readonly product: Product
  /** The day of an earlier curve. */
  readonly against?: EpochDay
  /** Ranks in `points`; all by default. Structure and slope look at their own ranks in any case. */
  readonly ranks?: number
  readonly history?: { readonly rank: number; readonly from?: EpochDay; readonly to?: EpochDay }
  /** Read a year of curves for the grey band of a picture. */
  readonly band?: boolean
}

export interface CurveAnswer {
  readonly asOf: EpochDay
  readonly data: CurveData
  /** What each rank settled at over the last year; null where it was not asked for. */
  readonly band: { readonly label: string; readonly points: readonly CurveChartBandPoint[] } | null
  /** Days and settlements of `data.history`. */
  readonly history: { readonly days: Int32Array; readonly values: Float64Array } | null
  readonly source: string
  readonly simulated: boolean
}

/** One contract of a curve. */
interface Settled {
  readonly rank: number
  readonly month: ContractMonth
  readonly expiry: EpochDay
  readonly settlement: number
}

/** The futures curve of one product on `ctx.asOf`. */
export async function curveOn(ctx: DeskContext, request: CurveRequest): Promise<CurveAnswer> {
  const { product } = request
  const { analytics } = ctx.config
  const asOf = ctx.asOf([product])
  if (staleReason(ctx, product, asOf) !== null) throw noSettlement(ctx, product, asOf)
  // one extra rank: after a roll the last rank's contract was one rank further out the day before
  const maxRank = request.ranks === undefined ? undefined : Math.max(request.ranks, analytics.curveRanks, 12) + 1
  const from = asOf - (request.band === true ? bandDays(analytics.rangeWindow) : recentDays(analytics.maxStaleDays))
  const loaded = await loadCurve(ctx, product, { asOf, from, maxRank })
  const { index } = loaded
  const at = lastSettledIndex(ctx, index, asOf)
  if (at === null) throw noSettlement(ctx, product, asOf)
  warnNotSettled(ctx, asOf, [{ what: product, day: index.days[at] }])
  const against = request.against === undefined ? null : await earlierCurve(ctx, request, request.against, asOf)
  const history = request.history ? await rankHistory(ctx, request, request.history, asOf) : null
  return {
    asOf,
    data: curveData(ctx, request, loaded, at, against, history?.document ?? null),
    band: request.band === true ? band(index, at, analytics.rangeWindow, request.ranks) : null,
    history,
    source: loaded.source,
    simulated: loaded.simulated,
  }
}

/** Two settlement days with the longest closure between them and one before. */
function recentDays(maxStaleDays: number): number {
  return 2 * maxStaleDays + 1
}

function bandDays(settlements: number): number {
  return Math.ceil(settlements * 1.5) + 30
}

function settledOn(ctx: DeskContext, product: Product, index: CurveIndex, at: number): Settled[] {
  const { columns, offsets } = index
  const curve: Settled[] = []
  for (let row = offsets[at]; row < offsets[at + 1]; row++) {
    const month = columns.month[row]
    curve.push({
      rank: columns.rank[row],
      month,
      expiry: ctx.market.lastTradingDay(product, month),
      settlement: columns.settlement[row],
    })
  }
  return curve
}

/** Rank 1 − rank `far`; null where either did not settle. */
function frontMinus(curve: readonly Settled[], far: number): number | null {
  const near = curve.find(({ rank }) => rank === 1)
  const other = curve.find(({ rank }) => rank === far)
  return near && other ? near.settlement - other.settlement : null
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function curveData(
  ctx: DeskContext,
  { product, ranks = Infinity }: CurveRequest,
  { index }: LoadedCurve,
  at: number,
  against: EarlierCurve | null,
  history: CurveHistory | null,
): CurveData {
  const { market } = ctx
  const { carry, curveRanks } = ctx.config.analytics
  const { name, unit } = market.instrument(product)
  const day = index.days[at]
  const before = at > 0 ? at - 1 : -1
  const curve = settledOn(ctx, product, index, at)
  const deciding = curve.filter(({ rank }) => rank <= curveRanks)
  const shown = curve.filter(({ rank }) => rank <= ranks)
  const code = (month: ContractMonth): string => market.contractCode(product, month)
  const settledBefore = (month: ContractMonth): number | null => {
    const row = before < 0 ? -1 : rowOfMonth(index, before, month)
    return row < 0 ? null : index.columns.settlement[row]
  }
  const difference = (now: number, then: number | null | undefined): number | null => (then == null ? null : now - then)

  const points: CurvePoint[] = shown.map(({ rank, month, expiry, settlement }) => ({
    rank,
    contract: code(month),
    deliveryMonth: isoFromMonth(month),
    expiry: isoFromDay(expiry),
    daysToExpiry: expiry - day,
    settlement,
    change: difference(settlement, settledBefore(month)),
    changeAgainst: difference(settlement, against?.settlements.get(month)),
  }))
  const carryOf = (near: Settled, far: Settled): { usdPerBbl: number; percent: number } => {
    const nearUsd = market.usdPerBbl(product, near.settlement) ?? Number.NaN
    const farUsd = market.usdPerBbl(product, far.settlement) ?? Number.NaN
    const days = far.expiry - near.expiry
    return {
      usdPerBbl: fullCarryUsdPerBbl(nearUsd, days, carry),
      percent: 100 * fullCarryFraction(nearUsd, farUsd, days, carry),
    }
  }
  const calendarSpreads: CalendarSpread[] = []
  for (let i = 1; i < shown.length; i++) {
    const near = shown[i - 1]
    const far = shown[i]
    const value = near.settlement - far.settlement
    const nearBefore = settledBefore(near.month)
    const farBefore = settledBefore(far.month)
    calendarSpreads.push({
      near: code(near.month),
      far: code(far.month),
      value,
      change: nearBefore === null || farBefore === null ? null : value - (nearBefore - farBefore),
      days: far.expiry - near.expiry,
      rollYield: finite(rollYield(near.settlement, far.settlement, far.expiry - near.expiry)),
      fullCarryPercent: finite(carryOf(near, far).percent),
    })
  }

  const front = curve.find(({ rank }) => rank === 1)
  const second = curve.find(({ rank }) => rank === 2)
  const reasons: Record<string, string> = {}
  const lacksPair =
    !front || !second ? `${product} rank ${front ? 2 : 1} has no settlement on ${isoFromDay(day)}` : null
  const bad = [front, second].find((contract) => contract && !(contract.settlement > 0))
  const belowZero = bad ? `${code(bad.month)} settled at ${bad.settlement} on ${isoFromDay(day)}` : null
  const roll =
    front && second ? finite(rollYield(front.settlement, second.settlement, second.expiry - front.expiry)) : null
  const rollReason = roll !== null ? null : (lacksPair ?? `${belowZero}: a logarithm needs prices above zero`)
  const cost = front && second ? carryOf(front, second) : null
  const fullCarryPercent = cost ? finite(cost.percent) : null
  const fullCarryUsd = cost ? finite(cost.usdPerBbl) : null
  if (rollReason !== null) reasons['rollYield'] = rollReason
  if (fullCarryPercent === null) {
    reasons['fullCarryPercent'] =
      lacksPair ??
      (market.usdPerBbl(product, 1) === null
        ? `storage is a cost of a barrel: ${name} has none`
        : `${belowZero ?? 'full carry is not above zero'}: nobody finances a barrel at that price`)
    if (fullCarryUsd === null) reasons['fullCarryUsdPerBbl'] = reasons['fullCarryPercent']
  }
  const structure = curveStructure(deciding.map(({ settlement }) => settlement))
  if (structure === null) reasons['structure'] = 'fewer than two contracts settled'
  for (const [field, far] of [
    ['m1m2', 2],
    ['m1m6', 6],
    ['m1m12', 12],
  ] as const) {
    if (frontMinus(curve, far) === null)
      reasons[field] = `rank 1 or rank ${far} has no settlement on ${isoFromDay(day)}`
  }
  if (before < 0) reasons['previousDate'] = 'the data starts on this day'
  const slope = finite(
    curveSlopePerMonth(
      deciding.map(({ month }) => month),
      deciding.map(({ settlement }) => settlement),
    ),
  )
  if (slope === null) reasons['slopePerMonth'] = 'fewer than two contracts settled'
  return {
    product,
    name,
    unit,
    date: isoFromDay(day),
    previousDate: before < 0 ? null : isoFromDay(index.days[before]),
    points,
    structure,
    structureRanks: deciding.length,
    slopePerMonth: slope,
    m1m2: frontMinus(curve, 2),
    m1m6: frontMinus(curve, 6),
    m1m12: frontMinus(curve, 12),
    calendarSpreads,
    rollYield: {
      value: roll,
      reason: rollReason,
      near: front ? code(front.month) : null,
      far: second ? code(second.month) : null,
      days: front && second ? second.expiry - front.expiry : null,
    },
    fullCarryPercent,
    fullCarryUsdPerBbl: fullCarryUsd,
    assumptions: {
      financingRate: carry.financingRate,
      financingDayCount: 'simple/365',
      storageUsdPerBbl: carry.storageUsdPerBbl,
      storagePeriodDays: carry.storagePeriodDays,
      rollYieldDays: 365,
      structureRanks: curveRanks,
      roll: ROLL_RULE,
    },
    against: against?.document ?? null,
    history,
    band: null,
    reasons,
  }
}

interface EarlierCurve {
  readonly document: CurveAgainst
  readonly settlements: ReadonlyMap<ContractMonth, number>
}

async function earlierCurve(
  ctx: DeskContext,
  { product, ranks = Infinity }: CurveRequest,
  requested: EpochDay,
  asOf: EpochDay,
): Promise<EarlierCurve> {
  if (requested >= asOf) {
    throw new ContangoError(
      'usage',
      'AGAINST_NOT_EARLIER',
      `--against ${isoFromDay(requested)} is not before the curve's own date ${isoFromDay(asOf)}`,
      'give an earlier day, or a later --as-of',
    )
  }
  if (staleReason(ctx, product, requested) !== null) throw noSettlement(ctx, product, requested)
  const from = requested - ctx.config.analytics.maxStaleDays
  const { index } = await loadCurve(ctx, product, { asOf: requested, from })
  const at = lastSettledIndex(ctx, index, requested)
  if (at === null) throw noSettlement(ctx, product, requested)
  if (index.days[at] !== requested) {
    ctx.warn(
      'AGAINST_NOT_SETTLED',
      `no settlement on ${isoFromDay(requested)} of ${product}: compared with ${isoFromDay(index.days[at])}`,
      { requested: isoFromDay(requested), date: isoFromDay(index.days[at]), what: product },
    )
  }
  const curve = settledOn(ctx, product, index, at)
  const deciding = curve.filter(({ rank }) => rank <= ctx.config.analytics.curveRanks)
  return {
    settlements: new Map(curve.map(({ month, settlement }) => [month, settlement])),
    document: {
      requested: isoFromDay(requested),
      date: isoFromDay(index.days[at]),
      structure: curveStructure(deciding.map(({ settlement }) => settlement)),
      m1m2: frontMinus(curve, 2),
      m1m6: frontMinus(curve, 6),
      m1m12: frontMinus(curve, 12),
      points: curve
        .filter(({ rank }) => rank <= ranks)
        .map(({ rank, month, settlement }) => ({
          rank,
          contract: ctx.market.contractCode(product, month),
          deliveryMonth: isoFromMonth(month),
          settlement,
        })),
    },
  }
}

async function rankHistory(
  ctx: DeskContext,
  { product }: CurveRequest,
  { rank, from, to = Infinity }: { rank: number; from?: EpochDay; to?: EpochDay },
  asOf: EpochDay,
): Promise<{ document: CurveHistory; days: Int32Array; values: Float64Array }> {
  const last = Math.min(to, asOf)
  if (from !== undefined && from > last) {
    throw new ContangoError(
      'usage',
      'EMPTY_PERIOD',
      `--from ${isoFromDay(from)} is after ${isoFromDay(last)}`,
      'give an earlier --from, or a later --to or --as-of',
    )
  }
  const { index } = await loadCurve(ctx, product, { asOf: last, from, maxRank: rank })
  const days: number[] = []
  const values: number[] = []
  const points: CurveHistory['points'] = []
  for (let i = 0; i < index.days.length; i++) {
    const row = rowOfRank(index, i, rank)
    if (row < 0) continue
    days.push(index.days[i])
    values.push(index.columns.settlement[row])
    points.push({
      date: isoFromDay(index.days[i]),
      contract: ctx.market.contractCode(product, index.columns.month[row]),
      settlement: index.columns.settlement[row],
    })
  }
  if (points.length === 0) {
    throw new ContangoError(
      'noData',
      'RANK_NOT_LISTED',
      `${product} rank ${rank} has no settlement${from === undefined ? '' : ` from ${isoFromDay(from)}`} to ${isoFromDay(last)}`,
      `contango curve ${product} shows the ranks that are listed`,
      { product, rank },
    )
  }
  return {
    document: {
      rank,
      basis: 'The contract that holds the rank on each day, as quoted, not adjusted for rolls',
      from: points[0].date,
      to: points[points.length - 1].date,
      points,
    },
    days: Int32Array.from(days),
    values: Float64Array.from(values),
  }
}

function band(index: CurveIndex, at: number, window: number, ranks = Infinity): CurveAnswer['band'] {
  const first = Math.max(0, at + 1 - window)
  return { label: `last ${at + 1 - first} settlements`, points: rankBand(index, first, at + 1, ranks) }
}
