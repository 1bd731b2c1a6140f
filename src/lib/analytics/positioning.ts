import { midRankPercentile } from '../kernel/mid-rank-percentile.js'
import { zScore } from '../kernel/moments.js'
import { measured, unmeasured, type Measured } from './measured.js'

/** Weekly positions of one group of traders in one market, aligned, in contracts. */
export interface GroupPositions {
  /** Report dates, ascending. */
  readonly period: Int32Array
  readonly long: Float64Array
  readonly short: Float64Array
  readonly openInterest: Float64Array
}

/** Where the last net position stands. */
export interface NetPosition {
  /** Long less short, contracts, signed. */
  readonly net: Float64Array
  /** Net ÷ open interest × 100, signed. */
  readonly pctOfOpenInterest: Float64Array
  /** Net less that of the report before. */
  readonly change: Measured
  /** Long ÷ short. */
  readonly longShortRatio: Measured
  /** Net in standard deviations (ddof 1) of the last `weeks` reports, the last one included. */
  readonly zScore: Measured
  /** Mid-rank percentile of net among them, 0–100. */
  readonly percentile: Measured
  /** 100 × (net − lowest) ÷ (highest − lowest) among them. */
  readonly cotIndex: Measured
}

/** Reports this many days apart or less follow each other: one report may be dated on a Monday or a Wednesday. */
const NEXT_REPORT_DAYS = 9

/** Net position of a group and its place among the last `weeks` reports. */
export function netPosition({ period, long, short, openInterest }: GroupPositions, weeks: number): NetPosition {
  const last = long.length - 1
  const net = long.map((count, i) => count - short[i])
  const sample = net.subarray(Math.max(0, net.length - weeks))
  const low = Math.min(...sample)
  const high = Math.max(...sample)
  const enough = sample.length === weeks
  const over = (value: number): Measured => {
    if (!enough) return unmeasured(`${sample.length} of ${weeks} reports are known`)
    return Number.isNaN(value) ? unmeasured(`the ${weeks} reports do not vary`) : measured(value)
  }
  const follows = last > 0 && period[last] - period[last - 1] <= NEXT_REPORT_DAYS
  return {
    net,
    pctOfOpenInterest: net.map((value, i) => (openInterest[i] > 0 ? (100 * value) / openInterest[i] : Number.NaN)),
    change: follows ? measured(net[last] - net[last - 1]) : unmeasured('the report before is missing'),
    longShortRatio: short[last] > 0 ? measured(long[last] / short[last]) : unmeasured('nobody is short'),
    zScore: over(zScore(net[last], sample)),
    percentile: over(midRankPercentile(net[last], sample)),
    cotIndex: over(high > low ? (100 * (net[last] - low)) / (high - low) : Number.NaN),
  }
}
