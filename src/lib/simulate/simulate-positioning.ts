import { seededRng } from '../kernel/rng.js'
import type { Instrument } from '../market/instrument.js'
import { isDriver } from './futures-pricer.js'
import { normalDraws } from './normal-draws.js'
import type { SimulatorParameters } from './parameters.js'
import { weeklySteps, type WeeklySeries } from './simulate-weekly.js'
import type { StatePath } from './simulate-states.js'

const TUESDAY = 2
const QUARTER_WEEKS = 13

/**
 * Weekly positions in the shape of the CFTC report: non-commercial traders follow the move of the last 13 weeks, managed
 * money holds most of their position. Contracts, all counts positive, as of Tuesday.
 * @returns `CFTC_<code>_OI`, `_NONCOMM_LONG`, `_NONCOMM_SHORT`, `_MM_LONG`, `_MM_SHORT`; none without a CFTC code
 */
export function simulatePositioning(
  states: StatePath,
  parameters: SimulatorParameters,
  seed: number,
  instrument: Pick<Instrument, 'product' | 'codes'>,
): WeeklySeries[] {
  const { product, codes } = instrument
  const model = parameters.positioning[product]
  if (!model || codes.cftc === null || !isDriver(product)) return []
  const { chi, xi } = states.drivers[product]
  const steps = weeklySteps(states, TUESDAY)
  const period = Int32Array.from(steps, (step) => step.period)
  const normal = normalDraws(seededRng(seed, `sim/positioning/${product}`))
  const fields = ['OI', 'NONCOMM_LONG', 'NONCOMM_SHORT', 'MM_LONG', 'MM_SHORT'] as const
  const values = fields.map(() => new Float64Array(steps.length))
  let openInterestDeviation = 0
  let netDeviation = 0
  let managedDeviation = 0
  steps.forEach(({ t }, week) => {
    const earlier = steps[Math.max(0, week - QUARTER_WEEKS)].t
    const momentum = chi[t] + xi[t] - chi[earlier] - xi[earlier]
    openInterestDeviation = 0.97 * openInterestDeviation + 0.012 * normal()
    netDeviation = model.persistence * netDeviation + model.changeSdFraction * normal()
    managedDeviation = 0.9 * managedDeviation + 0.02 * normal()
    const openInterest = model.openInterestLots * (1 + Math.max(-0.5, openInterestDeviation))
    const limit = 0.85 * model.grossFraction
    const net = Math.min(limit, Math.max(-limit, model.netMeanFraction + model.momentum * momentum + netDeviation))
    const share = Math.min(0.95, Math.max(0.3, model.managedMoneyShare + managedDeviation))
    const long = (openInterest * (model.grossFraction + net)) / 2
    const short = (openInterest * (model.grossFraction - net)) / 2
    const counts = [openInterest, long, short, long * share, short * share]
    counts.forEach((count, field) => (values[field][week] = Math.round(count)))
  })
  return fields.map((field, index) => ({
    id: `CFTC_${codes.cftc}_${field}`,
    unit: 'contracts',
    period,
    value: values[index],
  }))
}
