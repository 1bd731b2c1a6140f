import type { Chart } from '../../charts/chart.js'
import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import { coneChart } from '../../charts/specs/cone-chart.js'
import { costsChart } from '../../charts/specs/costs-chart.js'
import { equityChart } from '../../charts/specs/equity-chart.js'
import { historyChart } from '../../charts/specs/history-chart.js'
import { monthlyChart } from '../../charts/specs/monthly-chart.js'
import { tradesChart } from '../../charts/specs/trades-chart.js'
import type { BacktestHistory } from '../../desk/backtest-history.js'
import { isoFromDay } from '../../kernel/day.js'
import type { BacktestPanel } from './backtest-panels.js'

const DAY_MS = 86_400_000

/** One of the pictures of a back-test; null where there is nothing to draw it from. */
export function backtestChart(history: BacktestHistory, panel: BacktestPanel): Chart | null {
  const { data, simulated, source } = history
  const asOf = isoFromDay(history.asOf)
  const common = { name: backtestName(history), simulated, source, asOf }
  switch (panel) {
    case 'equity':
      return equityPicture(history, asOf)
    case 'monthly':
      return monthlyChart({ ...common, yearly: data.yearly, monthly: data.monthly })
    case 'rolling-sharpe':
      return rollingPicture(history, asOf)
    case 'trades':
      return tradesChart({ ...common, trades: history.trades, count: data.trades.count })
    case 'costs':
      return costsChart({ ...common, costs: data.costs, attribution: data.attribution, rolls: data.rolls.count, fills: data.fills.count })
    case 'cone':
      return conePicture(history, asOf)
  }
}

/** `ma-crossover on CL`. */
export function backtestName({ data, source }: Pick<BacktestHistory, 'data' | 'source'>): string {
  return `${data.strategy.name} on ${instrumentName(data.instrument ?? source)}`
}

/** `CL and BRN` of `CL,BRN`. */
function instrumentName(names: string): string {
  const all = names.split(',')
  return all.length === 1 ? names : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`
}

function equityPicture(history: BacktestHistory, asOf: string): Chart {
  const { data, timeMs, equityUsd, drawdown, simulated, source } = history
  const growth = numberText(100 * (data.metrics['totalReturn'] ?? 0), 1, true)
  return equityChart({
    title: `${backtestName(history)}: ${growth} %, Sharpe ${numberText(data.metrics['sharpe'] ?? null, 2)}`,
    subtitle: `${dateText(data.first)} to ${dateText(data.last)}, ${data.trades.count} ${data.trades.count === 1 ? 'trade' : 'trades'}, after costs; dashed: initial capital`,
    timeMs,
    equityUsd,
    drawdown,
    initialUsd: data.equity.initial,
    simulated,
    source,
    asOf,
  })
}

function rollingPicture(history: BacktestHistory, asOf: string): Chart {
  const { timeMs, rolling, simulated, source } = history
  const { windowBars, sharpe } = rolling
  const known = Array.from(sharpe, (_, i) => i).filter((i) => Number.isFinite(sharpe[i]))
  const below = known.filter((i) => sharpe[i] < 0).length
  const finding =
    known.length === 0
      ? `fewer than ${windowBars} bars that vary`
      : `below zero ${numberText((100 * below) / known.length, 0)} % of the time`
  // A bar of a day that has several stands under its day: the last one of them is drawn.
  const last = known.filter((i, k) => k + 1 === known.length || dayOf(timeMs, known[k + 1]) !== dayOf(timeMs, i))
  return historyChart({
    title: `${backtestName(history)}: Sharpe ratio of the last ${windowBars} bars ${finding}`,
    subtitle: `Mean ÷ standard deviation of the returns of the window × √${numberText(history.data.settings.barsPerYear, 0)}, risk-free rate 0`,
    unit: 'Sharpe ratio',
    digits: 2,
    series:
      last.length === 0
        ? []
        : [
            {
              label: `last ${windowBars} bars`,
              days: Int32Array.from(last, (i) => dayOf(timeMs, i)),
              values: Float64Array.from(last, (i) => sharpe[i]),
            },
          ],
    zeroLine: true,
    simulated,
    source,
    asOf,
  })
}

/** Day of the bar that return `i` leads to. */
function dayOf(timeMs: Float64Array, i: number): number {
  return Math.floor(timeMs[i + 1] / DAY_MS)
}

function conePicture({ data, cone, simulated, source }: BacktestHistory, asOf: string): Chart | null {
  if (cone === null) return null
  const { strategy, instrument, first, last } = data
  const how = `blocks of ${numberText(cone.block, 0)} bars on average`
  return coneChart({
    data: { ...cone.summary, strategy, instrument, first, last, method: 'stationary bootstrap', how },
    figures: cone.figures,
    simulated,
    source,
    asOf,
  })
}
