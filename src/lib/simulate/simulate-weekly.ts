import { seededRng } from '../kernel/rng.js'
import { weekdayOf } from '../kernel/day.js'
import { normalDraws } from './normal-draws.js'
import type { SimulatorParameters, WeeklyParameters } from './parameters.js'
import { seasonOfDay } from './seasonal.js'
import type { StatePath } from './simulate-states.js'

/** One simulated weekly series, whole history. */
export interface WeeklySeries {
  readonly id: string
  readonly unit: string
  /** Week-ending Fridays, or the Tuesdays of a positioning report. */
  readonly period: Int32Array
  readonly value: Float64Array
}

const FRIDAY = 5
/** Stocks answer to the curve with a lag: each week they take this share of the distance to today's χ. */
const CHI_SMOOTHING_PER_WEEK = 0.06
/** Weekly shocks lean on the last one: builds come in runs. */
const SHOCK_CARRY = 0.25

/** Indices into the state path of the last simulated day on or before each `weekday` of its span. */
export function weeklySteps(states: StatePath, weekday: number): { period: number; t: number }[] {
  const steps: { period: number; t: number }[] = []
  const { day } = states
  if (day.length === 0) return steps
  let period = day[0] + ((weekday - weekdayOf(day[0]) + 7) % 7)
  for (let t = 0; t < day.length; t++) {
    const next = t + 1 < day.length ? day[t + 1] : day[t] + 1
    while (period >= day[t] && period < next) {
      steps.push({ period, t })
      period += 7
    }
  }
  return steps
}

/**
 * Weekly stocks and flows in the shape of the EIA report: level, trend, season, a slow deviation with runs, the answer to
 * the shape of the curve, and noise. Crude imports and refinery runs are not drawn: runs follow from utilisation, imports
 * close the balance imports = runs + exports − production + stock change / 7 − adjustment, in kb/d.
 */
export function simulateWeekly(states: StatePath, parameters: SimulatorParameters, seed: number): WeeklySeries[] {
  const steps = weeklySteps(states, FRIDAY)
  const period = Int32Array.from(steps, (step) => step.period)
  const drawn = new Map<string, Float64Array>()
  const series: WeeklySeries[] = []
  for (const [id, weekly] of Object.entries(parameters.weekly)) {
    const value = weeklyPath(id, weekly, states, parameters, seed, steps)
    drawn.set(id, value)
    series.push({ id, unit: weekly.unit, period, value })
  }
  const { refiningCapacityKbPerDay, adjustmentSdKbPerDay, adjustmentShareOfBuild } = parameters.balance
  const utilisation = needed(drawn, 'WPULEUS3')
  const exports = needed(drawn, 'WCREXUS2')
  const production = needed(drawn, 'WCRFPUS2')
  const stocks = needed(drawn, 'WCESTUS1')
  const runs = utilisation.map((percent) => Math.round((percent / 100) * refiningCapacityKbPerDay))
  const normal = normalDraws(seededRng(seed, 'sim/weekly/adjustment'))
  const imports = runs.map((run, week) => {
    const build = week === 0 ? 0 : (stocks[week] - stocks[week - 1]) / 7
    const adjustment = adjustmentShareOfBuild * build + adjustmentSdKbPerDay * normal()
    return Math.max(0, Math.round(run + exports[week] - production[week] + build - adjustment))
  })
  series.push({ id: 'WCRRIUS2', unit: 'kb/d', period, value: runs })
  series.push({ id: 'WCEIMUS2', unit: 'kb/d', period, value: imports })
  return series
}

function needed(drawn: ReadonlyMap<string, Float64Array>, id: string): Float64Array {
  return drawn.get(id) ?? new Float64Array(0)
}

function weeklyPath(
  id: string,
  weekly: WeeklyParameters,
  states: StatePath,
  parameters: SimulatorParameters,
  seed: number,
  steps: readonly { period: number; t: number }[],
): Float64Array {
  const normal = normalDraws(seededRng(seed, `sim/weekly/${id}`))
  const { chi } = states.drivers[weekly.driver]
  const value = new Float64Array(steps.length)
  const perUnit = [1, 10, 100][weekly.decimals] ?? 1
  const shockScale = weekly.changeSd * Math.sqrt(1 - SHOCK_CARRY * SHOCK_CARRY)
  let smoothedChi = parameters.drivers[weekly.driver].startChi
  let shock = 0
  let deviation = 0
  steps.forEach(({ period, t }, week) => {
    const years = (period - parameters.start) / 365.25
    const trendYears = Math.min(Math.max(years, weekly.trendFromYears), weekly.trendToYears) - weekly.trendFromYears
    smoothedChi += CHI_SMOOTHING_PER_WEEK * (chi[t] - smoothedChi)
    shock = SHOCK_CARRY * shock + shockScale * normal()
    deviation = weekly.persistence * deviation + shock
    const level =
      weekly.base +
      weekly.trendPerYear * trendYears +
      seasonOfDay(weekly.season, period) +
      deviation -
      weekly.elasticity * weekly.base * smoothedChi +
      weekly.noiseSd * normal()
    const inside = Math.min(weekly.cap, Math.max(weekly.floor, level))
    value[week] = Math.round(inside * perUnit) / perUnit
  })
  return value
}
