import type { EpochDay } from '../kernel/day.js'
import { seededRng } from '../kernel/rng.js'
import type { ContractMonth } from '../market/contract-month.js'
import type { Instrument, Product } from '../market/instrument.js'
import { normalDraws } from './normal-draws.js'
import { DRIVERS, type Driver, type SimulatorParameters } from './parameters.js'
import { portableExp } from './portable-exp.js'
import { futuresVolatility, riskNeutralTilt } from './schwartz-smith.js'
import { seasonOfMonth } from './seasonal.js'
import type { StatePath } from './simulate-states.js'

const DAYS_PER_YEAR = 365
/** Four years and a little: rank 36 and a delivery month that is two after the last trading day. */
const LONGEST_DAYS = 1500

/** Prices of every contract of one product along a path of states. */
export interface FuturesPricer {
  /** The driver whose factors move the product. */
  readonly driver: Driver
  /**
   * Price before rounding, in the product's unit.
   * @param t index into the state path
   * @param daysToExpiry calendar days to the last trading day, ≥ 0
   */
  price(t: number, month: ContractMonth, daysToExpiry: number): number
  /** Annual volatility that ruled day t for a contract of that age, as a fraction. */
  volatility(t: number, daysToExpiry: number): number
}

export function isDriver(product: Product): product is Driver {
  return (DRIVERS as readonly string[]).includes(product)
}

/**
 * A contract is priced by its own time to expiry and its own delivery month, never by its rank: it moves by the states
 * alone and has no gap on the day that ranks roll.
 */
export function futuresPricer(
  states: StatePath,
  parameters: SimulatorParameters,
  seed: number,
  product: Product,
): FuturesPricer {
  const tied = isDriver(product) ? null : parameters.tied[product]
  const driver = isDriver(product) ? product : parameters.tied[product].to
  const { model, chi, xi, variance } = states.drivers[driver]
  const { season } = parameters.drivers[driver]
  const decay = new Float64Array(LONGEST_DAYS + 1)
  const tilt = new Float64Array(LONGEST_DAYS + 1)
  for (let days = 0; days <= LONGEST_DAYS; days++) {
    decay[days] = portableExp((-model.kappaPerYear * days) / DAYS_PER_YEAR)
    tilt[days] = riskNeutralTilt(model, days / DAYS_PER_YEAR)
  }
  const basis = tied ? basisPath(tied, states.day.length, normalDraws(seededRng(seed, `sim/basis/${product}`))) : null
  const factor = tied ? tied.factor : 1
  return {
    driver,
    price(t, month, daysToExpiry) {
      const log = decay[daysToExpiry] * chi[t] + xi[t] + tilt[daysToExpiry] + seasonOfMonth(season, month)
      return basis ? portableExp(log) * factor + basis[t] : portableExp(log)
    },
    volatility: (t, daysToExpiry) => futuresVolatility(model, daysToExpiry / DAYS_PER_YEAR) * Math.sqrt(variance[t]),
  }
}

/** AR(1) with the given long-run mean and standard deviation, started at its mean. */
function basisPath(
  tied: { basisMean: number; basisSd: number; basisPersistence: number },
  length: number,
  normal: () => number,
): Float64Array {
  const path = new Float64Array(length)
  const step = tied.basisSd * Math.sqrt(1 - tied.basisPersistence * tied.basisPersistence)
  path[0] = tied.basisMean
  for (let t = 1; t < length; t++) {
    path[t] = tied.basisMean + tied.basisPersistence * (path[t - 1] - tied.basisMean) + step * normal()
  }
  return path
}

/** Rounds to the tick of the day: 75.126 → 75.13. Ticks are 1/n, so the division gives the decimal itself. */
export function tickRounding(instrument: Instrument): (price: number, day: EpochDay) => number {
  const steps = instrument.ticks.map(({ from, tick }) => ({ from, perUnit: Math.round(1 / tick) }))
  const only = steps.length === 1 ? steps[0].perUnit : null
  const perUnitOn = (day: EpochDay): number => {
    let perUnit = steps[0].perUnit
    for (const step of steps) if (step.from <= day) perUnit = step.perUnit
    return perUnit
  }
  return (price, day) => {
    const perUnit = only ?? perUnitOn(day)
    return Math.round(price * perUnit) / perUnit
  }
}
