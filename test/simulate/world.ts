import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { section as simulatorSection, type SimulatorSection } from '../../src/lib/config/sections/simulator.js'
import type { EpochDay } from '../../src/lib/kernel/day.js'
import type { CurveColumns } from '../../src/lib/market/dataset.js'
import type { Product } from '../../src/lib/market/instrument.js'
import { simulateCurves } from '../../src/lib/simulate/simulate-curves.js'
import { simulateStates, type StatePath } from '../../src/lib/simulate/simulate-states.js'
import { builtInMarket } from '../market/market.js'

export const parameters: SimulatorSection = simulatorSection.schema.parse(
  parse(readFileSync(fileURLToPath(new URL('../../config/simulator.yaml', import.meta.url)), 'utf8')),
)
export const market = builtInMarket()

export function statesTo(seed: number, last: EpochDay): StatePath {
  return simulateStates(parameters, market, seed, last)
}

export function curves(states: StatePath, seed: number, product: Product, ranks: number): CurveColumns {
  return simulateCurves({ states, parameters, market, seed, product, from: parameters.start, ranks })
}

/** Settlements of one rank by day. */
export function rankSeries(columns: CurveColumns, rank: number): Map<EpochDay, number> {
  const series = new Map<EpochDay, number>()
  columns.rank.forEach((value, row) => {
    if (value === rank) series.set(columns.day[row], columns.settlement[row])
  })
  return series
}

/** Log returns between consecutive days that both series have. */
export function commonLogReturns(a: Map<EpochDay, number>, b: Map<EpochDay, number>): [number[], number[]] {
  const days = [...a.keys()].filter((day) => b.has(day))
  const returns = (series: Map<EpochDay, number>): number[] =>
    days.slice(1).map((day, i) => Math.log((series.get(day) ?? NaN) / (series.get(days[i]) ?? NaN)))
  return [returns(a), returns(b)]
}

export function logReturns(series: Map<EpochDay, number>): number[] {
  return commonLogReturns(series, series)[0]
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function variance(values: readonly number[]): number {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
}

export function annualVolatility(returns: readonly number[]): number {
  return Math.sqrt(252 * variance(returns))
}

export function kurtosis(values: readonly number[]): number {
  const centre = mean(values)
  const second = mean(values.map((value) => (value - centre) ** 2))
  return mean(values.map((value) => (value - centre) ** 4)) / second ** 2
}

export function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  const covariance = a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0) / (a.length - 1)
  return covariance / Math.sqrt(variance(a) * variance(b))
}

/**
 * Days a year on which |r| is above four local standard deviations, those by the median of 251 days around (looked at
 * again every ten days), as in the data.
 */
export function jumpsPerYear(returns: readonly number[]): number {
  let count = 0
  let limit = 0
  returns.forEach((value, i) => {
    if (i % 10 === 0) {
      const around = Float64Array.from(returns.slice(Math.max(0, i - 125), i + 126), Math.abs).sort()
      limit = 4 * 1.4826 * around[around.length >> 1]
    }
    if (Math.abs(value) > limit) count++
  })
  return (count / returns.length) * 252
}
