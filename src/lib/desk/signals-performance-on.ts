import { directionalPerformance } from '../backtest/signal-performance/directional-performance.js'
import { forwardChange } from '../backtest/signal-performance/forward-change.js'
import { groupPerformance, type GroupPerformance } from '../backtest/signal-performance/group-performance.js'
import { informationCoefficient } from '../backtest/signal-performance/information-coefficient.js'
import { turnover } from '../backtest/signal-performance/turnover.js'
import type {
  ProductPerformanceRow,
  SignalPerformanceRow,
  SignalsPerformanceData,
} from '../documents/signals-performance.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { quantile } from '../kernel/quantile.js'
import type { Rng } from '../kernel/rng.js'
import type { Product } from '../market/market.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { IssuedSignal } from '../store/signal-log.js'
import { loadSignalHistories, type SignalHistories } from './signal-histories.js'
import { signalReader, type SignalContext } from './signal-reader.js'

const DECAY = [1, 2, 3, 5, 10, 15, 20, 40, 60]
const CONFIDENCE_STEP = 20
const VOLATILITY_DAYS = 63
const DRAWS = 999

export interface SignalsPerformanceRequest {
  readonly products: readonly Product[]
  /** None means all. */
  readonly names: readonly string[]
  readonly horizons: readonly number[]
  readonly mainHorizon: number
  readonly from?: EpochDay
  readonly to?: EpochDay
  /** What was said, in place of the replay. */
  readonly issued: readonly IssuedSignal[] | null
}

/** A signal as a column: side, score and confidence of each decision day. */
interface Said {
  readonly name: string
  readonly family: string
  readonly score: Float64Array
  readonly side: Float64Array
  readonly confidence: Float64Array
}

/** What each signal said on each day, against what followed. */
export async function signalsPerformanceOn(
  ctx: SignalContext,
  request: SignalsPerformanceRequest,
  rng: Rng,
  signal: AbortSignal,
): Promise<{ asOf: EpochDay; data: SignalsPerformanceData; simulated: boolean; source: string }> {
  const asOf = ctx.asOf(request.products)
  const reader = signalReader(ctx, asOf)
  const rows: ProductPerformanceRow[] = []
  for (const product of request.products) {
    const { from, to } = request
    const histories = await loadSignalHistories(
      ctx,
      { product, from, to, names: request.names.length === 0 ? undefined : request.names },
      reader,
    )
    const said = request.issued === null ? replayed(histories, request.names) : issuedOn(histories, request.issued)
    const signals: SignalPerformanceRow[] = []
    for (const one of said) {
      await yieldNow(signal)
      signals.push(performanceOf(ctx, histories, one, request, rng))
    }
    rows.push({
      product,
      name: ctx.market.instrument(product).name,
      unit: histories.unit,
      from: isoFromDay(histories.days[0]),
      to: isoFromDay(histories.days[histories.days.length - 1]),
      days: histories.days.length,
      multiplier: ctx.market.instrument(product).contractSize,
      simulated: histories.simulated,
      signals,
      missing: histories.missing.map(({ name, reason }) => ({ name, reason })),
    })
  }
  if (rows.every(({ signals }) => signals.length === 0)) {
    throw new ContangoError(
      'noData',
      'NOTHING_ISSUED',
      'the log holds no signal of these products',
      'contango signals PRODUCT writes what it says into the log; without --issued the lake is replayed',
    )
  }
  return {
    asOf,
    data: {
      basis: request.issued === null ? 'replayed' : 'issued',
      mainHorizonDays: request.mainHorizon,
      products: rows,
      assumptions: {
        entry:
          'at the settlement of the decision day; the change is that of the contract held, rolls without their gaps',
        costs: 'none',
        draws: DRAWS,
      },
    },
    simulated: reader.simulated(),
    source: reader.sources().join(', '),
  }
}

function replayed({ composite, histories }: SignalHistories, names: readonly string[]): Said[] {
  const directions = Float64Array.from(composite.direction, (side, i) =>
    Number.isNaN(composite.score[i]) ? Number.NaN : side,
  )
  const whole: Said = {
    name: 'composite',
    family: 'composite',
    score: composite.score,
    side: directions,
    confidence: composite.confidence,
  }
  const each = histories.map(({ name, family, score, confidence }) => ({
    name,
    family,
    score,
    confidence,
    side: score.map((value) => Math.sign(value)),
  }))
  return names.length === 1 ? each : [whole, ...each]
}

/** The last thing that the log says of each day; days without an entry are not known. */
function issuedOn({ days, product }: SignalHistories, issued: readonly IssuedSignal[]): Said[] {
  const place = new Map(Array.from(days, (day, i) => [isoFromDay(day), i]))
  const said = new Map<string, Said>()
  for (const one of issued) {
    const i = one.product === product ? place.get(one.date) : undefined
    if (i === undefined) continue
    const blank = (): Float64Array => new Float64Array(days.length).fill(Number.NaN)
    const column = said.get(one.name) ?? {
      name: one.name,
      family: one.family,
      score: blank(),
      side: blank(),
      confidence: blank(),
    }
    column.score[i] = one.score
    column.side[i] = one.direction === 'LONG' ? 1 : one.direction === 'SHORT' ? -1 : 0
    column.confidence[i] = one.confidence
    said.set(one.name, column)
  }
  return [...said.values()].sort((a, b) => Number(b.name === 'composite') - Number(a.name === 'composite'))
}

function performanceOf(
  ctx: SignalContext,
  histories: SignalHistories,
  { name, family, score, side, confidence }: Said,
  { horizons, mainHorizon }: SignalsPerformanceRequest,
  rng: Rng,
): SignalPerformanceRow {
  const { days, close, product } = histories
  const multiplier = ctx.market.instrument(product).contractSize
  const usd = (value: number): number | null => finite(value * multiplier)
  const main = forwardChange(close, mainHorizon)
  const known = score.findIndex((value) => !Number.isNaN(value))
  const lastKnown = score.findLastIndex((value) => !Number.isNaN(value))
  const groups = (rows: readonly GroupPerformance[]): SignalPerformanceRow['byYear'] =>
    rows
      .map(({ group, observations, hitRate, meanPnl, meanConfidence }) => ({
        group,
        observations,
        hitRate: finite(hitRate),
        meanPnlUsdPerLot: usd(meanPnl),
        meanConfidence: finite(meanConfidence),
      }))
      .sort((a, b) => (a.group < b.group ? -1 : 1))
  const volatility = volatilityTerciles(close)
  const shape = histories.histories.find((one) => one.name === 'roll-yield')?.value
  const turned = turnover(side)
  return {
    name,
    family,
    from: known < 0 ? null : isoFromDay(days[known]),
    to: lastKnown < 0 ? null : isoFromDay(days[lastKnown]),
    horizons: horizons.map((horizonDays) => {
      const forward = forwardChange(close, horizonDays)
      const coefficient = informationCoefficient(score, forward)
      const one = directionalPerformance(side, forward, horizonDays, rng)
      return {
        horizonDays,
        observations: one.observations,
        long: one.long,
        short: one.short,
        hitRate: finite(one.hitRate),
        informationCoefficient: finite(coefficient.value),
        icT: finite(coefficient.t),
        icObservations: coefficient.observations,
        meanPnlUsdPerLot: usd(one.meanPnl),
        pnlT: finite(one.t),
        pnlLowUsd: usd(one.low),
        pnlHighUsd: usd(one.high),
        buyAndHoldUsdPerLot: usd(one.buyAndHold),
        coinFlip: { lowUsd: usd(one.coinFlip.low), highUsd: usd(one.coinFlip.high), p: finite(one.coinFlip.p) },
      }
    }),
    decay: DECAY.map((horizonDays) => {
      const forward = forwardChange(close, horizonDays)
      const pnl = side.map((value, i) => (value === 0 ? Number.NaN : value * forward[i])).filter(Number.isFinite)
      return {
        horizonDays,
        informationCoefficient: finite(informationCoefficient(score, forward).value),
        meanPnlUsdPerLot: usd(pnl.reduce((sum, value) => sum + value, 0) / pnl.length),
      }
    }),
    calibration: groups(groupPerformance(side, confidence, main, (i) => confidenceBin(confidence[i]))),
    byYear: groups(groupPerformance(side, confidence, main, (i) => isoFromDay(days[i]).slice(0, 4))),
    byRegime: groups([
      ...groupPerformance(side, confidence, main, (i) => volatility[i]),
      ...(shape === undefined
        ? []
        : groupPerformance(side, confidence, main, (i) =>
            shape[i] > 0 ? 'backwardation' : shape[i] < 0 ? 'contango' : null,
          )),
    ]),
    turnover: {
      changesPerYear: finite(turned.changesPerYear),
      meanHoldingDays: finite(turned.meanHoldingDays),
      exposure: finite(turned.exposure),
    },
  }
}

/** `040–060`: bins of 20 that sort as text. */
function confidenceBin(confidence: number): string | null {
  if (!Number.isFinite(confidence)) return null
  const low = Math.min(100 - CONFIDENCE_STEP, Math.floor(confidence / CONFIDENCE_STEP) * CONFIDENCE_STEP)
  return `${String(low).padStart(2, '0')}–${low + CONFIDENCE_STEP}`
}

/** Mean absolute change of the last days against its own terciles over the whole period: a description, not a forecast. */
function volatilityTerciles(close: Float64Array): (string | null)[] {
  const moves = new Float64Array(close.length).fill(Number.NaN)
  let sum = 0
  for (let i = 1; i < close.length; i++) {
    sum += Math.abs(close[i] - close[i - 1])
    if (i > VOLATILITY_DAYS) sum -= Math.abs(close[i - VOLATILITY_DAYS] - close[i - VOLATILITY_DAYS - 1])
    if (i >= VOLATILITY_DAYS) moves[i] = sum / VOLATILITY_DAYS
  }
  const ascending = moves.filter(Number.isFinite).sort()
  const [low, high] = [quantile(ascending, 1 / 3), quantile(ascending, 2 / 3)]
  return Array.from(moves, (move) =>
    Number.isNaN(move)
      ? null
      : move <= low
        ? 'volatility, low third'
        : move <= high
          ? 'volatility, middle third'
          : 'volatility, high third',
  )
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
