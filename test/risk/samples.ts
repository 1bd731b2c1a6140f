import { RISK_DEFAULTS, type PnlSample, type RiskSettings } from '../../src/lib/risk/methods/risk-method.js'
import { RISK_METHODS } from '../../src/lib/risk/methods.js'
import type { FittedMethod } from '../../src/lib/risk/methods/risk-method.js'
import { goldenColumns } from '../support/golden.js'

export const PRICES = goldenColumns('risk/dataset_prices.csv')
/** WTI spot, first half of 2020, USD/bbl: −36.98 on 2020-04-20. */
export const WTI = goldenColumns('risk/dataset_real_wti_2020H1_negative.csv')['Price']

export function logReturns(prices: Float64Array): Float64Array {
  return Float64Array.from(prices.subarray(1), (price, i) => Math.log(price / prices[i]))
}

export function simpleReturns(prices: Float64Array): Float64Array {
  return Float64Array.from(prices.subarray(1), (price, i) => price / prices[i] - 1)
}

export function differences(prices: Float64Array): Float64Array {
  return Float64Array.from(prices.subarray(1), (price, i) => price - prices[i])
}

/** A sample whose P&L is `values` as they stand. */
export function sampleOf(values: Float64Array): PnlSample {
  return { pnlUsd: values, percent: values.map((value) => 100 * value), usdPerPercent: 0.01, logarithmic: false }
}

export function fitted(method: string, values: Float64Array, settings: Partial<RiskSettings> = {}): FittedMethod {
  return RISK_METHODS[method].fit(sampleOf(values), { ...RISK_DEFAULTS, ...settings })
}

const LOTS: Record<string, number> = { CL: 100, CO: -60, XB: 25, HO: -20, NG: 10, QS: -30 }
const MULTIPLIERS: Record<string, number> = { CL: 1000, CO: 1000, XB: 42000, HO: 42000, NG: 10000, QS: 100 }

/** The portfolio of the peers' figures, in price changes or in simple returns at the last price. */
export function portfolioPnl(mode: 'diff' | 'simple'): Float64Array {
  const total = new Float64Array(PRICES['CL'].length - 1)
  for (const [name, lots] of Object.entries(LOTS)) {
    const prices = PRICES[name]
    const exposure = lots * MULTIPLIERS[name] * (mode === 'diff' ? 1 : prices[prices.length - 1])
    const moves = mode === 'diff' ? differences(prices) : simpleReturns(prices)
    moves.forEach((move, i) => (total[i] += exposure * move))
  }
  return total
}
