import type { ScenarioConfig } from '../config/sections/scenarios.js'
import type { StressData, StressPosition, StressReplay, StressReverse, StressScenario } from '../documents/stress.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { normalQuantile } from '../kernel/normal-distribution.js'
import type { Product } from '../market/market.js'
import { checkLimits, recentDrawdownUsd } from '../risk/limits/check-limits.js'
import { sampleCovariance } from '../risk/monte-carlo/covariance.js'
import { totalPnl } from '../risk/pnl-matrix.js'
import { brokenCovariance, deviationLoss } from '../risk/stress/broken-covariance.js'
import { shockedChange } from '../risk/stress/curve-shock.js'
import { reverseStress } from '../risk/stress/reverse-stress.js'
import { shockOfProduct } from '../risk/stress/shock-of-product.js'
import { bookPnl, type Book, type BookContext, type BookPnl, type ValuedPosition } from './book-on.js'
import { factorShocks, summedChange, type FactorScenario } from './factor-change.js'
import { limitedBook, measuredRisk, namesOf, type MeasuredRisk } from './limits-on.js'
import { businessDaysToExpiry, DELIVERY_WINDOW_DAYS } from './positions-on.js'

const CONFIDENCE = 0.95

export interface StressRequest {
  /** Ids of `config/scenarios.yaml`; all where empty. */
  readonly ids: readonly string[]
  readonly replay?: { readonly from: EpochDay; readonly to?: EpochDay }
  /** In place of the limits on losses. */
  readonly reverseLossUsd?: number
}

/** Every scenario on a book at its settlements, and what it takes to breach a limit. */
export async function stressOn(ctx: BookContext, book: Book, request: StressRequest): Promise<StressData> {
  const chosen = chosenScenarios(ctx.config.scenarios.scenarios, request.ids)
  const past = await pastOf(ctx, book)
  const risk = await measuredRisk(ctx, book)
  const scenarios = chosen.map((scenario) => stressed(ctx, book, scenario, past, risk))
  const losses = scenarios.filter(({ pnlUsd }) => pnlUsd !== null && pnlUsd < 0)
  const worst = losses.reduce<StressScenario | null>(
    (low, one) => (low === null || (one.pnlUsd ?? 0) < (low.pnlUsd ?? 0) ? one : low),
    null,
  )
  const { reverse, reverseReason } = reversed(ctx, book, past, request.reverseLossUsd)
  return {
    book: book.name,
    title: book.title,
    date: isoFromDay(book.asOf),
    capitalUsd: book.capitalUsd,
    scenarios,
    worst: worst?.id ?? null,
    replay: request.replay === undefined ? null : await replayed(ctx, book, request.replay),
    reverse,
    reverseReason,
    limitsBreachedNow: breachedNow(ctx, book, risk),
    stalePositions: [...book.stalePositions],
    source: ctx.config.scenarios.source,
  }
}

function chosenScenarios(all: readonly ScenarioConfig[], ids: readonly string[]): readonly ScenarioConfig[] {
  const unknown = ids.find((id) => !all.some((scenario) => scenario.id === id))
  if (unknown !== undefined) {
    throw new ContangoError(
      'usage',
      'UNKNOWN_SCENARIO',
      `there is no scenario "${unknown}" in config/scenarios.yaml`,
      `one of ${all.map(({ id }) => id).join(' ')}`,
      { scenario: unknown },
    )
  }
  return ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id))
}

/** The past of the positions, behind volatilities and correlations; a reason where they have none in common. */
type Past = { readonly pnl: BookPnl; readonly reason: null } | { readonly pnl: null; readonly reason: string }

async function pastOf(ctx: BookContext, book: Book): Promise<Past> {
  const { window } = ctx.config.scenarios
  try {
    const pnl = await bookPnl(ctx, book, { window, mode: 'diff', history: 'rank' })
    const days = pnl.matrix.days.length
    return days < 60 ? { pnl: null, reason: `${days} days of history, 60 are needed` } : { pnl, reason: null }
  } catch (error) {
    if (error instanceof ContangoError && error.kind === 'noData') return { pnl: null, reason: error.message }
    throw error
  }
}

function breachedNow(ctx: BookContext, book: Book, risk: MeasuredRisk): string[] {
  return namesOf(checkLimits(limitedBook(ctx, book, risk), ctx.config.riskLimits), 'breach')
}

function stressed(
  ctx: BookContext,
  book: Book,
  scenario: ScenarioConfig,
  past: Past,
  risk: MeasuredRisk,
): StressScenario {
  const positions = positionsUnder(ctx, book, scenario, past)
  const shocked = positions.filter(({ pnlUsd }) => pnlUsd !== null)
  const pnlUsd = shocked.length === 0 ? null : shocked.reduce((sum, row) => sum + (row.pnlUsd ?? 0), 0)
  const driver = driverOf(book, positions, pnlUsd)
  const isHistorical = scenario.kind === 'historical'
  const isLoss = scenario.kind === 'volatility' || scenario.kind === 'correlation'
  return {
    id: scenario.id,
    name: scenario.name,
    kind: scenario.kind,
    from: isHistorical ? isoFromDay(scenario.from) : null,
    to: isHistorical ? isoFromDay(scenario.to) : null,
    basis: isHistorical ? scenario.basis : null,
    measure: isLoss ? 'loss of a 95 % day, normal, split by Euler' : 'revaluation',
    pnlUsd,
    pnlToCapital: pnlUsd === null || book.capitalUsd === null ? null : pnlUsd / book.capitalUsd,
    complete: shocked.length === positions.length,
    proxied: positions.some(({ proxied }) => proxied),
    driver: driver?.product ?? null,
    driverPnlUsd: driver?.pnlUsd ?? null,
    limitsBreached: pnlUsd === null ? [] : breachedAfter(ctx, book, positions, pnlUsd, risk),
    source: isHistorical ? (scenario.source ?? ctx.config.scenarios.source) : null,
    positions,
  }
}

/** The product that adds most in the direction of the result. */
function driverOf(
  { positions }: Book,
  rows: readonly StressPosition[],
  total: number | null,
): { readonly product: Product; readonly pnlUsd: number } | null {
  if (total === null || total === 0) return null
  const byProduct = new Map<Product, number>()
  positions.forEach(({ product }, i) => byProduct.set(product, (byProduct.get(product) ?? 0) + (rows[i].pnlUsd ?? 0)))
  const [first] = [...byProduct].sort(([, a], [, b]) => Math.sign(total) * (b - a))
  return { product: first[0], pnlUsd: first[1] }
}

function breachedAfter(
  ctx: BookContext,
  book: Book,
  rows: readonly StressPosition[],
  pnlUsd: number,
  risk: MeasuredRisk,
): string[] {
  const prices = new Map(book.positions.map((position, i) => [position, rows[i].shockedPrice ?? position.settlement]))
  const daily = { value: Math.max(0, -pnlUsd) }
  const after = limitedBook(
    ctx,
    book,
    { varUsd: risk.varUsd, drawdownUsd: { ...risk.drawdownUsd, daily } },
    (position) => prices.get(position) ?? position.settlement,
  )
  return namesOf(checkLimits(after, ctx.config.riskLimits), 'breach')
}

function positionsUnder(ctx: BookContext, book: Book, scenario: ScenarioConfig, past: Past): StressPosition[] {
  switch (scenario.kind) {
    case 'historical':
      return book.positions.map((position) => measured(ctx, book, scenario, position))
    case 'factor':
      return underFactors(ctx, book, scenario)
    case 'delivery-window':
      return book.positions.map((position) => squeezed(ctx, book, scenario, position))
    case 'volatility':
      return lossOfDay(book, past, { multiplier: scenario.multiplier, correlation: null })
    case 'correlation':
      return lossOfDay(book, past, { multiplier: 1, correlation: scenario.correlation })
  }
}

function row(position: ValuedPosition, change: number, extra: Partial<StressPosition> = {}): StressPosition {
  const { id, contract, lots, multiplier, settlement } = position
  return {
    position: id,
    contract,
    lots,
    pnlUsd: lots * multiplier * change,
    priceChange: change,
    shockedPrice: settlement + change,
    proxied: false,
    proxy: null,
    notShocked: false,
    note: null,
    ...extra,
  }
}

function untouched(position: ValuedPosition, note: string): StressPosition {
  const nothing = { pnlUsd: null, priceChange: null, shockedPrice: null, notShocked: true, note }
  return row(position, 0, nothing)
}

function measured(
  ctx: BookContext,
  book: Book,
  scenario: Extract<ScenarioConfig, { kind: 'historical' }>,
  position: ValuedPosition,
): StressPosition {
  const { proxies, curveProxy } = ctx.config.scenarios
  const { product, rank, settlement } = position
  const shocks = { shocks: scenario.shocks, proxies: { ...proxies, ...scenario.proxies }, curveProxy }
  const found = shockOfProduct(product, shocks, (other) => ctx.market.usdPerBbl(other, 1))
  if (found === null) return untouched(position, `no shock of ${product} was measured and no proxy is declared`)
  const businessDays = businessDaysToExpiry(ctx, book.asOf, position)
  const change = shockedChange(found.shock, { rank, price: settlement, businessDaysToExpiry: businessDays })
  if (Number.isNaN(change)) {
    return untouched(position, `${position.contract} settled at ${settlement}: a fraction of it has no meaning`)
  }
  const window = found.shock.deliveryWindow
  const inWindow = window !== undefined && businessDays <= window.businessDays
  const borrowed = found.beyondFront !== null && rank > 1 && !inWindow
  const curve = found.beyondFront === 'flat' ? 'flat along the curve' : `along the curve as ${found.beyondFront} decays`
  const notes = [
    ...(found.proxy === null ? [] : [`shock of ${found.proxy}`]),
    ...(borrowed ? [curve] : []),
    ...(inWindow ? ['delivery window'] : []),
    ...(scenario.shocks[found.proxy ?? product]?.basis === 'spot' ? ['spot price'] : []),
  ]
  return row(position, change, {
    proxied: found.proxy !== null || borrowed,
    proxy: found.proxy ?? (borrowed && found.beyondFront !== 'flat' ? found.beyondFront : null),
    note: notes.length === 0 ? null : notes.join('; '),
  })
}

function underFactors(ctx: BookContext, book: Book, scenario: FactorScenario): StressPosition[] {
  const products = [...new Set(book.positions.map(({ product }) => product))]
  const shocks = factorShocks(ctx, scenario, products)
  return book.positions.map((position) => {
    const { product, rank, settlement } = position
    const own = shocks.get(product)
    if (own === undefined) return row(position, 0, { note: 'unchanged in this scenario' })
    const businessDays = businessDaysToExpiry(ctx, book.asOf, position)
    const change = summedChange(own, { rank, price: settlement, businessDaysToExpiry: businessDays })
    if (Number.isNaN(change)) {
      return untouched(position, `${position.contract} settled at ${settlement}: a fraction of it has no meaning`)
    }
    return row(position, change)
  })
}

function squeezed(
  ctx: BookContext,
  book: Book,
  scenario: Extract<ScenarioConfig, { kind: 'delivery-window' }>,
  position: ValuedPosition,
): StressPosition {
  const days = businessDaysToExpiry(ctx, book.asOf, position)
  if (days > DELIVERY_WINDOW_DAYS) {
    return untouched(position, `outside the delivery window: ${days} business days to the last trading day`)
  }
  const shock = scenario.shocks[position.product]
  if (shock === undefined) return untouched(position, `no delivery-window shock of ${position.product} was measured`)
  return row(position, position.lots > 0 ? shock.downUsd : shock.upUsd, { note: 'delivery window' })
}

function lossOfDay(
  { positions }: Book,
  past: Past,
  stress: { readonly multiplier: number; readonly correlation: number | null },
): StressPosition[] {
  if (past.pnl === null) return positions.map((position) => untouched(position, past.reason))
  const covariance = sampleCovariance(past.pnl.matrix.pnlUsd)
  const broken = brokenCovariance(covariance, positions, stress)
  const { components } = deviationLoss(broken, positions.length, normalQuantile(CONFIDENCE))
  return positions.map((position, i) =>
    row(position, 0, { pnlUsd: -components[i] + 0, priceChange: null, shockedPrice: null }),
  )
}

function reversed(
  ctx: BookContext,
  book: Book,
  past: Past,
  lossUsd: number | undefined,
): { reverse: StressReverse[]; reverseReason: string | null } {
  if (past.pnl === null) return { reverse: [], reverseReason: past.reason }
  const { changes } = past.pnl
  const targets = lossUsd === undefined ? lossLimits(ctx, book) : [{ limit: '--reverse-loss-usd', lossUsd }]
  if (targets.length === 0) {
    const why =
      book.capitalUsd === null
        ? 'the book has no capitalUsd, so that no drawdown limit is in USD'
        : 'no limit on losses is configured'
    return { reverse: [], reverseReason: `${why}: give --reverse-loss-usd` }
  }
  const contracts = [...new Set(book.positions.map(({ contract }) => contract))]
  const held = contracts.map((contract) => book.positions.filter((position) => position.contract === contract))
  const columns = contracts.map((contract) => {
    const j = book.positions.findIndex((position) => position.contract === contract)
    return changes.settlement[j].map((price, t) => price - changes.base[j][t])
  })
  const usdPerPoint = held.map((positions) =>
    positions.reduce((sum, { lots, multiplier }) => sum + lots * multiplier, 0),
  )
  const covariance = sampleCovariance(columns)
  const reverse = targets.flatMap(({ limit, lossUsd: loss }): StressReverse[] => {
    const shock = reverseStress(usdPerPoint, covariance, loss)
    if (shock === null) return []
    return [
      {
        limit,
        lossUsd: loss,
        sigmas: shock.sigmas,
        deviationUsd: shock.deviationUsd,
        observations: changes.days.length,
        moves: contracts.map((contract, i) => {
          const { settlement } = held[i][0]
          return {
            contract,
            lots: held[i].reduce((sum, { lots }) => sum + lots, 0),
            priceChange: shock.change[i],
            priceChangePercent: settlement > 0 ? (100 * shock.change[i]) / settlement : null,
            pnlUsd: usdPerPoint[i] * shock.change[i],
          }
        }),
      },
    ]
  })
  return {
    reverse,
    reverseReason: reverse.length === 0 ? 'the book does not move: its positions offset each other' : null,
  }
}

/** The limits that a single loss breaches, in USD. */
function lossLimits(ctx: BookContext, { capitalUsd }: Book): { limit: string; lossUsd: number }[] {
  const { drawdown, varUsd } = ctx.config.riskLimits
  return [
    ...(varUsd === undefined ? [] : [{ limit: 'var95OneDay', lossUsd: varUsd }]),
    ...(drawdown.daily === undefined || capitalUsd === null
      ? []
      : [{ limit: 'drawdownDaily', lossUsd: drawdown.daily * capitalUsd }]),
  ]
}

/** Today's positions through a stretch of the past, day by day. */
async function replayed(
  ctx: BookContext,
  book: Book,
  { from, to }: { readonly from: EpochDay; readonly to?: EpochDay },
): Promise<StressReplay> {
  const end = Math.min(to ?? book.asOf, book.asOf)
  if (from > end) {
    throw new ContangoError(
      'usage',
      'EMPTY_REPLAY',
      `the replay from ${isoFromDay(from)} ends on ${isoFromDay(end)}`,
      'give an earlier --replay-from or a later --replay-to',
    )
  }
  const { matrix, dropped } = await bookPnl(ctx, book, { window: null, mode: 'diff', history: 'rank', from, to: end })
  const total = totalPnl(matrix)
  let cumulativeUsd = 0
  const days = Array.from(total, (pnlUsd, i) => {
    cumulativeUsd += pnlUsd
    return { date: isoFromDay(matrix.days[i]), pnlUsd, cumulativeUsd }
  })
  const worst = days.reduce((low, one) => (one.pnlUsd < low.pnlUsd ? one : low))
  let drawdownUsd = 0
  for (let n = 1; n <= total.length; n++) {
    drawdownUsd = Math.max(drawdownUsd, recentDrawdownUsd(total.subarray(0, n), n) ?? 0)
  }
  return {
    from: days[0].date,
    to: days[days.length - 1].date,
    history: 'rank: each position takes the changes of whatever contract held its rank that day',
    totalUsd: cumulativeUsd,
    worstDay: worst.date,
    worstDayUsd: worst.pnlUsd,
    drawdownUsd,
    days,
    positions: matrix.positions.map((position, j) => ({
      position,
      pnlUsd: matrix.pnlUsd[j].reduce((sum, pnl) => sum + pnl, 0),
    })),
    dropped: [...dropped],
  }
}
