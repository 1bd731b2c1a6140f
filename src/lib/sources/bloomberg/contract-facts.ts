import { isoFromDay } from '../../kernel/day.js'
import { readContractCode } from '../../market/contract-code.js'
import type { Market, Product } from '../../market/market.js'
import { dayFromIso } from '../../kernel/day.js'
import { BLOOMBERG_FIELDS } from '../../market/ticker.js'
import { CONTRACT_FIELD } from './map.js'
import { numberOf, textOf, type SecurityFacts } from './schema.js'

const POINT_VALUE = 'FUT_VAL_PT'
const CURRENCY = 'CRNCY'

export const REFERENCE_FIELDS = [
  CONTRACT_FIELD,
  BLOOMBERG_FIELDS.lastTradingDay,
  BLOOMBERG_FIELDS.firstNoticeDay,
  BLOOMBERG_FIELDS.contractSize,
  BLOOMBERG_FIELDS.tick,
  POINT_VALUE,
  CURRENCY,
] as const

/** What Bloomberg says of a contract, and where it differs from the rules and figures here. */
export interface ContractFacts {
  readonly ticker: string
  readonly product: Product
  /** CLZ26 */
  readonly contract: string | null
  readonly lastTradingDay: string | null
  readonly firstNoticeDay: string | null
  readonly contractSize: number | null
  /** In Bloomberg's quote. */
  readonly tick: number | null
  /** USD per 1.00 of Bloomberg's quote and lot. */
  readonly pointValue: number | null
  readonly currency: string | null
  /** In words; empty where all agrees. */
  readonly differs: readonly string[]
}

/** @param factor our price in one unit of Bloomberg's quote */
export function contractFacts(market: Market, product: Product, facts: SecurityFacts, factor: number): ContractFacts {
  const { security, values } = facts
  const number = (field: string): number | null => {
    const value = numberOf(values, field, security)
    return Number.isNaN(value) ? null : value
  }
  const lastTradingDay = textOf(values, BLOOMBERG_FIELDS.lastTradingDay, security)?.slice(0, 10) ?? null
  const lastDay = lastTradingDay === null ? null : dayFromIso(lastTradingDay)
  const code = textOf(values, CONTRACT_FIELD, security)?.split(/\s+/)[0] ?? null
  const contractSize = number(BLOOMBERG_FIELDS.contractSize)
  const pointValue = number(POINT_VALUE)
  const currency = textOf(values, CURRENCY, security)
  const differs: string[] = []
  const instrument = market.instrument(product)
  if (contractSize !== null && contractSize !== instrument.contractSize) {
    differs.push(`contract size ${contractSize}, here ${instrument.contractSize}`)
  }
  if (contractSize !== null && pointValue !== null && Math.abs(pointValue / contractSize / factor - 1) > 1e-9) {
    differs.push(`a quote is ${pointValue / contractSize} of our price, bloomberg.priceFactors says ${factor}`)
  }
  if (currency !== null && !/^USd?$/.test(currency) && currency !== 'USD') differs.push(`currency ${currency}`)
  let contract: string | null = null
  if (code !== null) {
    const read = readContractCode(market, code, lastDay)
    if ('reason' in read) differs.push(read.reason)
    else {
      contract = market.contractCode(read.product, read.month)
      const rule = market.lastTradingDay(read.product, read.month)
      if (lastDay !== null && lastDay !== rule) {
        differs.push(`${contract} trades last on ${isoFromDay(lastDay)}, by rule on ${isoFromDay(rule)}`)
      }
    }
  }
  return {
    ticker: security,
    product,
    contract,
    lastTradingDay,
    firstNoticeDay: textOf(values, BLOOMBERG_FIELDS.firstNoticeDay, security)?.slice(0, 10) ?? null,
    contractSize,
    tick: number(BLOOMBERG_FIELDS.tick),
    pointValue,
    currency,
    differs,
  }
}
