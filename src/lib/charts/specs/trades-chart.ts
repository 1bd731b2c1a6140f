import type { Chart } from '../chart.js'
import { numberText } from '../number-text.js'
import { labelLayers, type Layer, levelRule, nothingLabel, yOf } from '../panel-layers.js'
import { sourceText } from '../source-text.js'
import { valueAxis, type ValueAxis } from '../value-axis.js'
import { panelTitle, panelWidthPx, smallMultiples } from './small-multiples.js'

/** One round trip. */
export interface TradePoint {
  readonly side: 'long' | 'short'
  readonly netUsd: number
  /** Farthest open loss, ≤ 0, and profit, ≥ 0, by highs and lows. */
  readonly worstUsd: number
  readonly bestUsd: number
  readonly bars: number
}

export interface TradesChartInput {
  readonly name: string
  readonly trades: readonly TradePoint[]
  /** All that there were: a result file knows the last of them only. */
  readonly count: number
  readonly simulated: boolean
  readonly source: string
  readonly asOf: string
}

const HEIGHT_PX = 250
/** More points hide each other; these are every nth one. */
const MOST_POINTS = 2000

/** Each round trip: what it earned against how far it had gone wrong, and against how long it was held. */
export function tradesChart(input: TradesChartInput): Chart {
  const step = Math.ceil(input.trades.length / MOST_POINTS)
  const shown = input.trades.filter((_, i) => i % step === 0)
  const wins = input.trades.filter(({ netUsd }) => netUsd > 0)
  const best = input.trades.reduce((most, { netUsd }) => Math.max(most, netUsd), -Infinity)
  const total = input.trades.reduce((sum, { netUsd }) => sum + netUsd, 0)
  const thousand = (usd: number): number => usd / 1000
  const title =
    input.trades.length === 0
      ? `${input.name}: no closed trade`
      : `${input.name}: ${wins.length} of ${input.trades.length} trades won; the best earned ${numberText(thousand(best), 1)} of ${numberText(thousand(total), 1)} thousand USD`
  const which = input.trades.length < input.count ? `; the last ${input.trades.length} of ${input.count} trades` : ''
  const thinned = step > 1 ? `; one trade in ${step} is drawn` : ''
  const widthPx = panelWidthPx(2)
  const net = valueAxis(
    shown.map(({ netUsd }) => thousand(netUsd)),
    { maxTicks: 6, zero: true },
  )
  const panels = [
    scatter(shown, widthPx, net, {
      label: 'Against the farthest open loss',
      finding: shown.length === 0 ? '–' : adverseFinding(input.trades),
      unit: 'farthest open loss, thousand USD',
      x: ({ worstUsd }) => thousand(worstUsd),
      digits: 1,
    }),
    scatter(shown, widthPx, net, {
      label: 'Against the time held',
      finding: shown.length === 0 ? '–' : holdingFinding(input.trades),
      unit: 'bars held',
      x: ({ bars }) => bars,
      digits: 0,
    }),
  ]
  return {
    title,
    subtitle: `Net profit of each round trip, thousand USD: circles are long, triangles short${which}${thinned}`,
    footer: sourceText(input.source, input.simulated, input.asOf),
    simulated: input.simulated,
    alt: `${title}. ${panels.length} scatter plots of net profit by farthest open loss and by bars held.`,
    vegaLite: smallMultiples(panels),
  }
}

function adverseFinding(trades: readonly TradePoint[]): string {
  const wins = trades.filter(({ netUsd }) => netUsd > 0)
  if (wins.length === 0) return 'no trade won'
  const worst = wins.map(({ worstUsd }) => worstUsd).sort((a, b) => a - b)
  const tenth = worst[Math.floor(0.1 * worst.length)]
  return `nine in ten winners were never below ${numberText(tenth / 1000, 1)}`
}

function holdingFinding(trades: readonly TradePoint[]): string {
  const mean = (held: readonly TradePoint[]): string =>
    held.length === 0 ? '–' : numberText(held.reduce((sum, { bars }) => sum + bars, 0) / held.length, 0)
  return `winners held ${mean(trades.filter(({ netUsd }) => netUsd > 0))} bars on average, losers ${mean(trades.filter(({ netUsd }) => netUsd <= 0))}`
}

interface Against {
  readonly label: string
  readonly finding: string
  readonly unit: string
  readonly x: (trade: TradePoint) => number
  readonly digits: number
}

function scatter(trades: readonly TradePoint[], widthPx: number, net: ValueAxis, against: Against): Layer {
  const title = panelTitle(against.label, against.finding)
  if (trades.length === 0) {
    const nothing = nothingLabel('no closed trade', widthPx, HEIGHT_PX)
    return { title, width: widthPx, height: HEIGHT_PX, layer: labelLayers([nothing]) }
  }
  const axis = valueAxis(trades.map(against.x), { maxTicks: 5, zero: true })
  const x = {
    field: 'x',
    type: 'quantitative',
    scale: { domain: axis.domain, nice: false, zero: false },
    axis: { values: axis.ticks, format: axis.format, title: against.unit, grid: false },
  }
  const y = yOf(net, 'net', 'net profit, thousand USD')
  const points = (side: TradePoint['side'], won: boolean): Layer => ({
    data: {
      values: trades
        .filter((trade) => trade.side === side && trade.netUsd > 0 === won)
        .map((trade) => ({ x: against.x(trade), net: trade.netUsd / 1000 })),
    },
    mark: {
      type: 'point',
      style: won ? 'plain0' : 'plain1',
      shape: side === 'long' ? 'circle' : 'triangle-down',
      filled: true,
      size: 28,
      opacity: 0.65,
    },
    encoding: { x, y },
  })
  return {
    title,
    width: widthPx,
    height: HEIGHT_PX,
    layer: [
      levelRule(0, y, 'zero'),
      points('long', true),
      points('short', true),
      points('long', false),
      points('short', false),
    ],
  }
}
