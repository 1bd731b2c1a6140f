import type { EpochDay } from '../kernel/day.js'
import { addMonths } from '../market/contract-month.js'
import type { CurveColumns } from '../market/dataset.js'
import type { Product } from '../market/instrument.js'
import type { Market } from '../market/market.js'
import { contractActivity } from './contract-activity.js'
import { futuresPricer, tickRounding } from './futures-pricer.js'
import type { SimulatorParameters } from './parameters.js'
import type { StatePath } from './simulate-states.js'

type CurveMarket = Pick<Market, 'instrument' | 'lastTradingDay' | 'monthAtRank' | 'settlementCalendar'>

/** What one product's columns are cut from. */
export interface CurveRequest {
  readonly states: StatePath
  readonly parameters: SimulatorParameters
  readonly market: CurveMarket
  readonly seed: number
  readonly product: Product
  readonly from: EpochDay
  readonly ranks: number
}

/**
 * Daily settlements, open interest and volume of the first `ranks` contracts, on the product's own settlement days.
 * Ranks come from the exchange's calendar: rank 1 is held through its last trading day.
 */
export function simulateCurves(request: CurveRequest): CurveColumns {
  const { states, parameters, market, seed, product, from, ranks } = request
  const pricer = futuresPricer(states, parameters, seed, product)
  const activity = contractActivity(parameters.activity[product], seed, product)
  const instrument = market.instrument(product)
  const rounded = tickRounding(instrument)
  const settles = market.settlementCalendar(product)
  const { shock } = states.drivers[pricer.driver]
  const steps: number[] = []
  for (let t = 0; t < states.day.length; t++) {
    if (states.day[t] >= from && settles.isBusinessDay(states.day[t])) steps.push(t)
  }
  const length = steps.length * ranks
  const columns = {
    day: new Int32Array(length),
    month: new Int32Array(length),
    rank: new Int32Array(length),
    settlement: new Float64Array(length),
    openInterest: new Float64Array(length),
    volume: new Float64Array(length),
  }
  const expiries = new Map<number, EpochDay>()
  const expiryOf = (month: number): EpochDay => {
    let expiry = expiries.get(month)
    if (expiry === undefined) expiries.set(month, (expiry = market.lastTradingDay(product, month)))
    return expiry
  }
  let row = 0
  let front = steps.length > 0 ? market.monthAtRank(product, states.day[steps[0]], 1) : 0
  for (const t of steps) {
    const day = states.day[t]
    while (expiryOf(front) < day) front = addMonths(front, 1)
    let month = front
    for (let rank = 1; rank <= ranks; rank++, row++) {
      const daysToExpiry = expiryOf(month) - day
      columns.day[row] = day
      columns.month[row] = month
      columns.rank[row] = rank
      columns.settlement[row] = rounded(pricer.price(t, month, daysToExpiry), day)
      columns.openInterest[row] = activity.openInterest(day, month, daysToExpiry)
      columns.volume[row] = activity.volume(day, month, daysToExpiry, shock[t])
      month = month % 100 === 12 ? month + 89 : month + 1
    }
  }
  return { kind: 'curves', product, unit: instrument.unit, ...columns }
}
