import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { LAST_CONTRACT_MONTH, type ContractMonth } from './contract-month.js'
import type { Market, Product } from './market.js'

/** January to December. */
export const MONTH_LETTERS = 'FGHJKMNQUVXZ'

/** Two-digit years from 80 are of the last century: oil futures begin in the 1980s. */
const FIRST_YEAR_OF_LAST_CENTURY = 80

export interface ContractRef {
  readonly product: Product
  readonly month: ContractMonth
}

/** Why a text is no contract: a stable code and a sentence. */
export interface Unreadable {
  readonly code: 'NOT_A_CONTRACT' | 'UNKNOWN_ROOT' | 'NEEDS_AS_OF' | 'MONTH_OUT_OF_RANGE'
  readonly reason: string
}

/** `Z26` for 2026-12. */
export function monthCode(month: ContractMonth): string {
  return `${MONTH_LETTERS[(month % 100) - 1]}${String(Math.floor(month / 100) % 100).padStart(2, '0')}`
}

/** `CLZ26`: root, month letter, two-digit year. */
export function contractCodeOf(root: string, month: ContractMonth): string {
  return `${root}${monthCode(month)}`
}

/** A code taken apart; `digits` is the year as written. */
export interface CodeParts {
  readonly product: Product
  readonly monthOfYear: number
  readonly digits: string
}

/** Takes `CLZ26`, `coz6`, `BRNG24` apart by shape and root; no date is needed yet. */
export function codeParts(market: Market, text: string): CodeParts | Unreadable {
  const match = /^([A-Z]+)([FGHJKMNQUVXZ])(\d{1,2})$/.exec(text.trim().toUpperCase())
  if (!match) {
    return {
      code: 'NOT_A_CONTRACT',
      reason: `"${text}" is not a root, a month letter (${MONTH_LETTERS}) and a year of one or two digits`,
    }
  }
  const product = productOfRoot(market, match[1])
  if (!product) return { code: 'UNKNOWN_ROOT', reason: `no product has the root "${match[1]}"` }
  return { product, monthOfYear: MONTH_LETTERS.indexOf(match[2]) + 1, digits: match[3] }
}

/** The product with this exchange, Bloomberg or canonical root; aliases do not count. */
export function productOfRoot(market: Market, root: string): Product | null {
  return (
    market.products.find((product) => {
      const { codes } = market.instrument(product)
      return root === product || root === codes.exchange || root === codes.bloomberg
    }) ?? null
  )
}

/**
 * The contract that a code means. A two-digit year says it outright; a one-digit year is the nearest contract that has
 * not expired on `asOf`, its last trading day included.
 */
export function readContractCode(market: Market, text: string, asOf: EpochDay | null): ContractRef | Unreadable {
  const parts = codeParts(market, text)
  if ('reason' in parts) return parts
  const { product, monthOfYear, digits } = parts
  if (digits.length === 2) {
    const year = Number(digits)
    const century = year >= FIRST_YEAR_OF_LAST_CENTURY ? 1900 : 2000
    const month = (century + year) * 100 + monthOfYear
    if (month > LAST_CONTRACT_MONTH) {
      return { code: 'MONTH_OUT_OF_RANGE', reason: `"${text}": contract months end with 2050-12` }
    }
    return { product, month }
  }
  if (asOf === null) {
    return { code: 'NEEDS_AS_OF', reason: `"${text}" has a one-digit year: which decade depends on the date` }
  }
  const front = market.monthAtRank(product, asOf, 1)
  let year = Math.floor(front / 100)
  while (year % 10 !== Number(digits) || year * 100 + monthOfYear < front) year++
  return { product, month: year * 100 + monthOfYear }
}

/** As {@link readContractCode}, for what a user typed: throws usage with the reason. */
export function parseContractCode(market: Market, text: string, asOf: EpochDay | null): ContractRef {
  const read = readContractCode(market, text, asOf)
  if (!('reason' in read)) return read
  const hint =
    read.code === 'NEEDS_AS_OF'
      ? 'add --as-of YYYY-MM-DD, or write the year with two digits'
      : 'contango contracts wti --from 2026-01 --to 2026-12 lists codes'
  throw new ContangoError('usage', read.code, read.reason, hint, {
    contract: text,
    ...(asOf === null ? {} : { asOf: isoFromDay(asOf) }),
  })
}
