import { rollingSharpe } from '../backtest/metrics/rolling-sharpe.js'
import { returnsOf } from '../backtest/metrics/performance.js'
import { underwater } from '../backtest/metrics/underwater.js'
import { automaticBlock } from '../backtest/robustness/automatic-block.js'
import { blockPaths } from '../backtest/robustness/block-paths.js'
import { equitySteps } from '../backtest/robustness/simulate-path.js'
import type { TradePoint } from '../charts/specs/trades-chart.js'
import type { BacktestData } from '../documents/backtest.js'
import type { EpochDay } from '../kernel/day.js'
import type { Rng } from '../kernel/rng.js'
import type { BacktestAnswer } from './backtest-on.js'
import { rollingBars } from './backtest-breakdown.js'
import { drawPaths, type DrawContext, type PathSummary } from './draw-paths.js'
import type { KeptBacktest } from './kept-backtest.js'
import { keptEquity, keptRows } from './kept-tables.js'

const DAY_MS = 86_400_000
const CONE_PATHS = 1000
const FEWEST_BARS = 20

/** A back-test with what its document does not carry: every bar, every trade, and a cone of what might have been. */
export interface BacktestHistory {
  readonly data: BacktestData
  readonly asOf: EpochDay
  readonly simulated: boolean
  readonly source: string
  readonly timeMs: Float64Array
  readonly equityUsd: Float64Array
  readonly drawdown: Float64Array
  /** Sharpe ratio of the last so many steps at each of the times after the first. */
  readonly rolling: { readonly windowBars: number; readonly sharpe: Float64Array }
  /** All of them, or the last ones of a result file. */
  readonly trades: readonly TradePoint[]
  /** Stationary bootstrap of the run; null for a handful of bars. */
  readonly cone: {
    readonly summary: PathSummary
    readonly block: number
    readonly figures: { readonly sharpe: Float64Array; readonly maxDrawdown: Float64Array }
  } | null
}

type Known = Pick<BacktestHistory, 'data' | 'asOf' | 'simulated' | 'source' | 'timeMs' | 'equityUsd' | 'trades'>

export type HistoryContext = DrawContext & { rng(stream: string): Rng }

/**
 * Of a run that was just made.
 * @param withCone draws the paths: a second of work that only a picture of them needs
 */
export function historyOfAnswer(
  ctx: HistoryContext,
  answer: BacktestAnswer,
  withCone: boolean,
): Promise<BacktestHistory> {
  const { data, asOf, simulated, source, run } = answer
  const { trades } = run
  return completed(ctx, withCone, {
    data,
    asOf,
    simulated,
    source,
    timeMs: run.timeMs.subarray(0, run.equityUsd.length),
    equityUsd: run.equityUsd,
    trades: Array.from(trades.netUsd, (netUsd, t) => ({
      side: trades.lots[t] > 0 ? 'long' : 'short',
      netUsd,
      worstUsd: trades.worstUsd[t],
      bestUsd: trades.bestUsd[t],
      bars: trades.exitBar[t] - trades.entryBar[t],
    })),
  })
}

/** Of a run that was kept, or of a result file: the latter knows equity by day and its last trades only. */
export async function historyOfKept(
  ctx: HistoryContext,
  kept: KeptBacktest,
  withCone: boolean,
): Promise<BacktestHistory> {
  const { data, folder, simulated } = kept
  const sources = [...new Set(kept.inputs.flatMap((input) => ('config' in input ? [] : [input.source])))]
  const source = sources.length > 0 ? sources.join(', ') : (kept.file ?? data.series)
  if (folder === null) {
    const { days, usd } = await keptEquity(kept)
    const timeMs = Float64Array.from(days, (day) => day * DAY_MS)
    const asOf = kept.asOf ?? days[days.length - 1]
    const trades = data.trades.last.map((trade) => ({ ...trade, bars: trade.exitBar - trade.entryBar }))
    return completed(ctx, withCone, { data, asOf, simulated, source, timeMs, equityUsd: usd, trades })
  }
  const [equity, trades] = await Promise.all([keptRows(folder, 'equity'), keptRows(folder, 'trades')])
  const timeMs = Float64Array.from(equity, ({ date }) => Date.parse(String(date)))
  return completed(ctx, withCone, {
    data,
    asOf: kept.asOf ?? Math.floor(timeMs[timeMs.length - 1] / DAY_MS),
    simulated,
    source,
    timeMs,
    equityUsd: Float64Array.from(equity, (row) => Number(row['equity'])),
    trades: trades.map((row) => ({
      side: row['side'] === 'long' ? 'long' : 'short',
      netUsd: Number(row['netUsd']),
      worstUsd: Number(row['worstUsd']),
      bestUsd: Number(row['bestUsd']),
      bars: Number(row['exitBar']) - Number(row['entryBar']),
    })),
  })
}

async function completed(ctx: HistoryContext, withCone: boolean, known: Known): Promise<BacktestHistory> {
  const { data, equityUsd } = known
  const windowBars = rollingBars(equityUsd.length)
  const { drawdown } = underwater(equityUsd, data.equity.initial)
  const rolling = { windowBars, sharpe: rollingSharpe(returnsOf(equityUsd), windowBars, data.settings.barsPerYear) }
  return { ...known, drawdown, rolling, cone: withCone ? await coneOfRun(ctx, known) : null }
}

async function coneOfRun(ctx: HistoryContext, { data, timeMs, equityUsd }: Known): Promise<BacktestHistory['cone']> {
  if (equityUsd.length < FEWEST_BARS) return null
  const steps = equitySteps(equityUsd, data.sizing.kind === 'fixed' ? 'pnl' : 'returns')
  const block = automaticBlock(steps.values, 'stationary')
  const { figures, summary } = await drawPaths(ctx, {
    simulate: blockPaths(steps, 'stationary', block, ctx.rng('montecarlo/stationary')),
    paths: CONE_PATHS,
    timeMs,
    observedUsd: equityUsd,
    initialCapitalUsd: data.equity.initial,
    ruinUsd: 0,
    barsPerYear: data.settings.barsPerYear,
    level: 0.95,
  })
  return { summary, block, figures }
}
