import type { EpochDay } from '../kernel/day.js'
import { seededRng } from '../kernel/rng.js'
import type { BarColumns } from '../market/dataset.js'
import { contractActivity } from './contract-activity.js'
import { futuresPricer, tickRounding } from './futures-pricer.js'
import { normalDraws } from './normal-draws.js'
import { portableExp } from './portable-exp.js'
import { portableLog } from './portable-log.js'
import type { CurveRequest } from './simulate-curves.js'

/**
 * Largest value of a Brownian bridge from 0 to `move` with variance v, by inversion: (m + √(m² − 2v·ln U)) / 2.
 * At least max(0, move), so that a high never falls below open or close.
 */
function bridgeMaximum(move: number, variance: number, uniform: number): number {
  return 0.5 * (move + Math.sqrt(move * move - 2 * variance * portableLog(uniform || 2 ** -54)))
}

/**
 * Daily bars of the front contract: the close is its settlement, the open lies on a Brownian bridge between the same
 * contract's last two settlements, high and low are the extremes of the bridge from open to close. A roll therefore
 * leaves a gap between bars, as in any front-month splice, and none inside a bar.
 */
export function simulateBars(request: Omit<CurveRequest, 'ranks'>): BarColumns {
  const { states, parameters, market, seed, product, from } = request
  const pricer = futuresPricer(states, parameters, seed, product)
  const activity = contractActivity(parameters.activity[product], seed, product)
  const instrument = market.instrument(product)
  const rounded = tickRounding(instrument)
  const settles = market.settlementCalendar(product)
  const rng = seededRng(seed, `sim/bars/${product}`)
  const normal = normalDraws(rng)
  const overnight = parameters.overnightVarianceShare
  const { shock } = states.drivers[pricer.driver]

  const days: number[] = []
  const columns: number[][] = [[], [], [], [], [], []]
  let previous = -1
  let front = 0
  let expiry: EpochDay = -Infinity
  for (let t = 0; t < states.day.length; t++) {
    const day = states.day[t]
    if (!settles.isBusinessDay(day)) continue
    // drawn on every settlement day, wanted or not: a later `from` cuts the same history shorter
    const gap = normal()
    const up = rng.uniform()
    const down = rng.uniform()
    const before = previous
    previous = t
    if (day < from) continue
    if (day > expiry) {
      front = market.monthAtRank(product, day, 1)
      expiry = market.lastTradingDay(product, front)
    }
    const daysToExpiry = expiry - day
    const close = pricer.price(t, front, daysToExpiry)
    const last = before < 0 ? close : pricer.price(before, front, expiry - states.day[before])
    const volatility = pricer.volatility(t, daysToExpiry)
    const variance = (volatility * volatility) / parameters.tradingDaysPerYear
    const dayMove = portableLog(close / last)
    const openMove = overnight * dayMove + Math.sqrt(overnight * (1 - overnight) * variance) * gap
    const open = last * portableExp(openMove)
    const session = (1 - overnight) * variance
    const high = open * portableExp(bridgeMaximum(dayMove - openMove, session, up))
    const low = open * portableExp(-bridgeMaximum(openMove - dayMove, session, down))
    days.push(day)
    const bar = [open, Math.max(high, open, close), Math.min(low, open, close), close]
    bar.forEach((price, field) => columns[field].push(rounded(price, day)))
    columns[4].push(activity.volume(day, front, daysToExpiry, shock[t]))
    columns[5].push(activity.openInterest(day, front, daysToExpiry))
  }
  const [open, high, low, close, volume, openInterest] = columns.map((column) => Float64Array.from(column))
  return {
    kind: 'bars',
    symbol: product,
    unit: instrument.unit,
    sessionDay: Int32Array.from(days),
    open,
    high,
    low,
    close,
    volume,
    openInterest,
  }
}
