import { quickselect } from '../../kernel/quickselect.js'
import { NO_MOVE } from '../metrics/growth.js'
import { minimumTrackRecord, probabilisticSharpe, sharpeVariance } from '../metrics/probabilistic-sharpe.js'
import type { LeanPath } from './lean-path.js'

/** Metrics that cost next to nothing once a path is there. */
const FAST = [
  'totalReturn',
  'cagr',
  'annualReturn',
  'meanReturnAnnual',
  'geometricMeanReturn',
  'netProfitUsd',
  'annualVol',
  'sharpe',
  'calmar',
  'recoveryFactor',
  'maxDrawdown',
  'maxDrawdownCash',
  'maxDrawdownBars',
  'drawdowns',
  'avgDrawdown',
  'trades',
  'longTrades',
  'shortTrades',
  'winRate',
  'profitFactor',
  'avgWin',
  'avgLoss',
  'expectancy',
  'payoffRatio',
  'sqn',
  'kelly',
  'largestWin',
  'largestLoss',
  'avgTradeBars',
  'consecutiveWins',
  'consecutiveLosses',
  'exposure',
  'turnoverLotsPerYear',
  'grossCommission',
  'costPerTradedLotUsd',
] as const

/** Metrics that look at every return again, the last three by order. */
const SLOW = [
  'bestReturn',
  'worstReturn',
  'positiveBarShare',
  'positiveMovingBarShare',
  'downsideDeviation',
  'skew',
  'kurtosisExcess',
  'sortino',
  'omega',
  'gainToPain',
  'ulcerIndex',
  'ulcerPerformance',
  'probabilisticSharpe',
  'minimumTrackRecordBars',
  'sharpeStandardError',
  'var95',
  'cvar95',
  'tailRatio',
] as const

type LeanMetric = (typeof FAST)[number] | (typeof SLOW)[number]

/** What a sweep measures of each cell, in the order of its columns: metrics of the engine by the same names and conventions. */
export const LEAN_METRICS: readonly string[] = [...FAST, ...SLOW]

/** The first of them are measured by {@link measureFast}, the others by {@link measureSlow}. */
export const FAST_METRICS = FAST.length

const AT = Object.fromEntries(LEAN_METRICS.map((name, i) => [name, i])) as Record<LeanMetric, number>

/** Undefined is NaN, never infinite: a ratio to nothing is no number. */
function finiteOnly(out: Float64Array, from: number, until: number): void {
  for (let i = from; i < until; i++) if (out[i] - out[i] !== 0) out[i] = Number.NaN
}

/** a ÷ b; NaN where b is zero. */
const over = (a: number, b: number): number => (b === 0 ? Number.NaN : a / b)

/** Variance with ddof 1; from equity in a second pass where the sums leave too few digits of it. */
function varianceOf(path: LeanPath): number {
  const { sum, squares, count, equityUsd } = path
  const mean = sum / count
  const variance = (squares - sum * mean) / (count - 1)
  if (variance > 1e-6 * mean * mean) return variance
  let deviations = 0
  for (let i = 0; i < count; i++) deviations += (equityUsd[i + 1] / equityUsd[i] - 1 - mean) ** 2
  return deviations / (count - 1)
}

/**
 * Metrics of a path that need no look at its returns but their sums. NaN where undefined.
 * @param heldBars bars that `exposure` is a share of
 */
export function measureFast(path: LeanPath, heldBars: number, out: Float64Array, offset: number): void {
  const { initialCapitalUsd: capital, lastUsd: last, count, tradeSums: t, drawdown, netUsd, barsPerYear } = path
  const year = Math.sqrt(barsPerYear)
  const growth = last / capital
  const total = growth - 1
  const mean = path.sum / count
  const deviation = Math.sqrt(varianceOf(path))
  const sd = deviation > 1e-12 * Math.abs(mean) ? deviation : Number.NaN
  const cagr = count > 0 && growth > 0 ? growth ** (barsPerYear / count) - 1 : Number.NaN
  const { trades, wins, losses } = t
  const winRate = wins / trades
  const net = t.wonUsd - t.lostUsd
  const payoff = t.wonUsd / wins / (t.lostUsd / losses)
  let nets = 0
  const expectancy = net / trades
  for (let i = 0; i < trades; i++) {
    const d = netUsd[i] - expectancy
    nets += d * d
  }
  const netSd = trades > 1 ? Math.sqrt(nets / (trades - 1)) : Number.NaN
  out[offset + AT.totalReturn] = total
  out[offset + AT.cagr] = cagr
  out[offset + AT.annualReturn] = cagr
  out[offset + AT.meanReturnAnnual] = mean * barsPerYear
  out[offset + AT.geometricMeanReturn] = growth > 0 ? growth ** (1 / count) - 1 : Number.NaN
  out[offset + AT.netProfitUsd] = last - capital
  out[offset + AT.annualVol] = sd * year
  out[offset + AT.sharpe] = over(mean, sd) * year
  out[offset + AT.calmar] = over(cagr, -drawdown.deepest)
  out[offset + AT.recoveryFactor] = over(Math.abs(path.sum), -drawdown.deepest)
  out[offset + AT.maxDrawdown] = drawdown.deepest
  out[offset + AT.maxDrawdownCash] = drawdown.deepestUsd
  out[offset + AT.maxDrawdownBars] = drawdown.longestBars
  out[offset + AT.drawdowns] = drawdown.stretches
  out[offset + AT.avgDrawdown] = drawdown.stretches === 0 ? 0 : drawdown.depths / drawdown.stretches
  out[offset + AT.trades] = trades
  out[offset + AT.longTrades] = t.longTrades
  out[offset + AT.shortTrades] = trades - t.longTrades
  out[offset + AT.winRate] = winRate
  out[offset + AT.profitFactor] = losses === 0 ? Number.NaN : t.wonUsd / t.lostUsd
  out[offset + AT.avgWin] = t.wonUsd / wins
  out[offset + AT.avgLoss] = -t.lostUsd / losses
  out[offset + AT.expectancy] = expectancy
  out[offset + AT.payoffRatio] = payoff
  out[offset + AT.sqn] = netSd > 0 ? (Math.sqrt(trades) * net) / trades / netSd : Number.NaN
  out[offset + AT.kelly] = winRate - (1 - winRate) / payoff
  out[offset + AT.largestWin] = wins === 0 ? Number.NaN : t.largestWinUsd
  out[offset + AT.largestLoss] = losses === 0 ? Number.NaN : t.largestLossUsd
  out[offset + AT.avgTradeBars] = t.barsHeld / trades
  out[offset + AT.consecutiveWins] = t.longestWins
  out[offset + AT.consecutiveLosses] = t.longestLosses
  out[offset + AT.exposure] = path.exposedBars / heldBars
  out[offset + AT.turnoverLotsPerYear] = count === 0 ? Number.NaN : (t.tradedLots * barsPerYear) / count
  out[offset + AT.grossCommission] = t.commissionUsd
  out[offset + AT.costPerTradedLotUsd] = over(t.commissionUsd + t.slippageUsd, t.tradedLots)
  finiteOnly(out, offset, offset + FAST_METRICS)
}

/**
 * The other metrics, after {@link measureFast}.
 * @param scratch at least as long as the returns
 */
export function measureSlow(path: LeanPath, scratch: Float64Array, out: Float64Array, offset: number): void {
  const { equityUsd, count: n, sum, squares, barsPerYear } = path
  const year = Math.sqrt(barsPerYear)
  const mean = sum / n
  let best = -Infinity
  let worst = Infinity
  let m2 = 0
  let m3 = 0
  let m4 = 0
  // Sums of |r| and r|r| are those of gains and losses without a branch on a sign that nothing predicts.
  let absolute = 0
  let signed = 0
  let still = 0
  let signs = 0
  let before = equityUsd[0]
  for (let i = 0; i < n; i++) {
    const value = equityUsd[i + 1]
    const r = value / before - 1
    before = value
    scratch[i] = r
    const size = Math.abs(r)
    absolute += size
    signed += r * size
    if (r > best) best = r
    if (r < worst) worst = r
    if (size <= NO_MOVE) still++
    else signs += r / size
    const d = r - mean
    const square = d * d
    m2 += square
    m3 += square * d
    m4 += square * square
  }
  let ulcer = 0
  let peak = equityUsd[0]
  for (let i = 1; i <= n; i++) {
    const value = equityUsd[i]
    if (value > peak) peak = value
    else {
      const depth = value / peak - 1
      ulcer += depth * depth
    }
  }
  const gains = (absolute + sum) / 2
  const losses = (absolute - sum) / 2
  const downside = Math.sqrt(Math.max(0, squares - signed) / 2 / n)
  const risen = (n - still + signs) / 2
  const ulcerIndex = Math.sqrt(ulcer / n)
  m2 /= n
  const skew = m3 / n / m2 ** 1.5
  const kurtosis = m4 / n / (m2 * m2)
  const total = out[offset + AT.totalReturn]
  const sharpe = out[offset + AT.sharpe] / year
  const shape = { observations: n, skew, kurtosis }
  out[offset + AT.bestReturn] = n > 0 ? best : Number.NaN
  out[offset + AT.worstReturn] = n > 0 ? worst : Number.NaN
  out[offset + AT.positiveBarShare] = risen / n
  out[offset + AT.positiveMovingBarShare] = risen / (n - still)
  out[offset + AT.downsideDeviation] = downside * year
  out[offset + AT.skew] = n > 2 ? (skew * Math.sqrt(n * (n - 1))) / (n - 2) : Number.NaN
  out[offset + AT.kurtosisExcess] =
    n > 3 ? ((n - 1) * ((n + 1) * (kurtosis - 3) + 6)) / ((n - 2) * (n - 3)) : Number.NaN
  out[offset + AT.sortino] = over(mean, downside) * year
  out[offset + AT.omega] = over(gains, losses)
  out[offset + AT.gainToPain] = over(sum, losses)
  out[offset + AT.ulcerIndex] = ulcerIndex
  out[offset + AT.ulcerPerformance] = over(total, ulcerIndex)
  out[offset + AT.probabilisticSharpe] = probabilisticSharpe(sharpe, shape)
  out[offset + AT.minimumTrackRecordBars] = minimumTrackRecord(sharpe, shape)
  out[offset + AT.sharpeStandardError] = Math.sqrt((sharpeVariance(sharpe, shape) / (n - 1)) * barsPerYear)
  tails(scratch, n, out, offset)
  finiteOnly(out, offset + FAST_METRICS, offset + LEAN_METRICS.length)
}

/** Percentiles of type 7 and the mean of the lowest twentieth, from the returns in any order. */
function tails(values: Float64Array, n: number, out: Float64Array, offset: number): void {
  if (n === 0) {
    out[offset + AT.var95] = Number.NaN
    out[offset + AT.cvar95] = Number.NaN
    out[offset + AT.tailRatio] = Number.NaN
    return
  }
  const h = (n - 1) * 0.05
  const below = Math.floor(h)
  const low = quickselect(values, below, 0, n - 1)
  let sum = 0
  for (let i = 0; i <= below; i++) sum += values[i]
  let next = Infinity
  for (let i = below + 1; i < n; i++) if (values[i] < next) next = values[i]
  const fifth = next === Infinity ? low : low + (h - below) * (next - low)
  const g = (n - 1) * 0.95
  const under = Math.floor(g)
  const high = quickselect(values, under, below, n - 1)
  let above = Infinity
  for (let i = under + 1; i < n; i++) if (values[i] < above) above = values[i]
  const top = above === Infinity ? high : high + (g - under) * (above - high)
  out[offset + AT.var95] = fifth
  out[offset + AT.cvar95] = sum / (below + 1)
  out[offset + AT.tailRatio] = Math.abs(top / fifth)
}
