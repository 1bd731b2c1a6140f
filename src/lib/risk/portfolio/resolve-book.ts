import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { codeParts, productOfRoot, readContractCode } from '../../market/contract-code.js'
import type { ContractMonth } from '../../market/contract-month.js'
import type { Market, Product } from '../../market/market.js'
import type { Position } from './position.js'

/** A line of a book as it was written. */
export interface WrittenLine {
  /** For messages: `desk.yaml:12`. */
  readonly place: string
  readonly contract: string | null
  readonly product: string | null
  readonly rank: number | null
  readonly lots: number
  readonly entryPrice: number | null
  readonly strategy: string
  readonly spread: string | null
  readonly type: string | null
  readonly strike: number | null
}

/** Exchange roots of what looks like a future and is none. */
const NOT_LINEAR: Readonly<Record<string, string>> = {
  LO: 'an option on WTI',
  OB: 'an option on RBOB',
  OH: 'an option on heating oil',
  ON: 'an option on natural gas',
  LN: 'an option on natural gas',
  AO: 'an average-price option on WTI',
  BA: 'an average-price option on Brent',
  CS: 'an average-price swap on WTI',
  CY: 'an average-price swap on Brent',
  RL: 'an average-price swap on RBOB',
  MP: 'an average-price swap on heating oil',
}

type Named = { readonly product: Product; readonly month: ContractMonth | null; readonly rank: number | null }

/** The products of a book, so that the date of the answer can be asked for; each line's own mistakes are found here. */
export function productsOfBook(market: Market, lines: readonly WrittenLine[]): Product[] {
  return [...new Set(lines.map((line) => namedBy(market, line, null).product))]
}

/**
 * Every line as a contract on `asOf`. A rank is the contract that holds it on that day; a one-digit year the nearest
 * contract that has not expired.
 * @throws refused ZERO_LOTS, NOT_LINEAR, UNKNOWN_CONTRACT, AMBIGUOUS_CONTRACT, EXPIRED_CONTRACT, naming the line
 */
export function resolveBook(market: Market, lines: readonly WrittenLine[], asOf: EpochDay): Position[] {
  const positions = lines.map((line) => {
    const { product, month: named, rank } = namedBy(market, line, asOf)
    const month = named ?? market.monthAtRank(product, asOf, rank ?? 1)
    const contract = market.contractCode(product, month)
    const lastTradingDay = market.lastTradingDay(product, month)
    if (lastTradingDay < asOf) {
      throw refused(
        line,
        'EXPIRED_CONTRACT',
        `${contract} expired on ${isoFromDay(lastTradingDay)}, before ${isoFromDay(asOf)}`,
        'take it out of the book, or answer for an earlier day with --as-of',
      )
    }
    return {
      id: contract,
      product,
      contract,
      month,
      rank: market.rankOfMonth(product, asOf, month),
      lots: line.lots,
      multiplier: market.instrument(product).contractSize,
      strategy: line.strategy,
      spread: line.spread,
      entryPrice: line.entryPrice,
    }
  })
  return withUniqueIds(positions)
}

/** The contract, else contract and what it is held for, else numbered. */
function withUniqueIds(positions: readonly Position[]): Position[] {
  const held = countBy(positions.map(({ contract }) => contract))
  const named = positions.map((position) => {
    const { contract, spread, strategy } = position
    return (held.get(contract) ?? 0) > 1 ? `${contract} ${spread ?? strategy}` : contract
  })
  const count = countBy(named)
  const seen = new Map<string, number>()
  return positions.map((position, i) => {
    const name = named[i]
    if ((count.get(name) ?? 0) === 1) return { ...position, id: name }
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    return { ...position, id: `${name} #${number}` }
  })
}

function countBy(texts: readonly string[]): Map<string, number> {
  const count = new Map<string, number>()
  for (const text of texts) count.set(text, (count.get(text) ?? 0) + 1)
  return count
}

function namedBy(market: Market, line: WrittenLine, asOf: EpochDay | null): Named {
  checkLots(line)
  refuseNonLinear(line)
  if (line.product !== null) {
    const text = line.product
    const product = resolved(market, text)
    if (product === null) throw unknown(line, `there is no product "${text}"`)
    return { product, month: null, rank: line.rank }
  }
  const text = (line.contract ?? '').trim().toUpperCase()
  const generic = /^([A-Z]+?)(\d{1,3})$/.exec(text)
  const product = generic ? productOfRoot(market, generic[1]) : null
  const parts = codeParts(market, text)
  if (product !== null && generic !== null) {
    if (!('reason' in parts)) {
      throw refused(
        line,
        'AMBIGUOUS_CONTRACT',
        `"${text}" is rank ${generic[2]} of ${product} or a contract of ${parts.product}`,
        `write { product: ${product}, rank: ${generic[2]} }, or the contract with its own root: ${parts.product}${text.slice(generic[1].length - 1)}`,
      )
    }
    const rank = Number(generic[2])
    if (rank < 1 || rank > 144) throw unknown(line, `"${text}": ranks run from 1 to 144`)
    return { product, month: null, rank }
  }
  if ('reason' in parts) throw unknown(line, parts.reason)
  if (asOf === null) return { product: parts.product, month: null, rank: null }
  const read = readContractCode(market, text, asOf)
  if ('reason' in read) throw unknown(line, read.reason)
  return { product: read.product, month: read.month, rank: null }
}

function resolved(market: Market, text: string): Product | null {
  try {
    return market.resolveProduct(text)
  } catch (error) {
    if (error instanceof ContangoError && error.code === 'UNKNOWN_PRODUCT') return null
    throw error
  }
}

function checkLots({ lots, ...line }: WrittenLine): void {
  if (lots === 0) throw refused(line, 'ZERO_LOTS', `${nameOf(line)} has 0 lots`, 'take the line out of the book')
  if (!Number.isSafeInteger(lots)) {
    throw refused(line, 'BAD_LOTS', `${nameOf(line)} has ${lots} lots: a lot is not divided`, 'write whole lots')
  }
}

function refuseNonLinear(line: WrittenLine): void {
  const text = (line.contract ?? '').trim().toUpperCase()
  const root = /^([A-Z]{2})[FGHJKMNQUVXZ]\d{1,2}/.exec(text)?.[1]
  const type = line.type?.trim().toLowerCase() ?? 'future'
  const what =
    line.strike !== null || /^[A-Z]+\d{1,2}\s*[CP]\s*-?\d/.test(text)
      ? 'an option'
      : type === 'future' || type === 'futures'
        ? ((root === undefined ? undefined : NOT_LINEAR[root]) ?? null)
        : `of type "${line.type}"`
  if (what === null) return
  throw refused(
    line,
    'NOT_LINEAR',
    `${nameOf(line)} is ${what}: a book holds futures only, no options and no average-price swaps`,
    'take it out of the book; its value does not move lot by lot with one settlement',
  )
}

function nameOf({ contract, product, rank }: Omit<WrittenLine, 'lots'>): string {
  return contract ?? `${product} rank ${rank}`
}

function unknown(line: WrittenLine, reason: string): ContangoError {
  return refused(line, 'UNKNOWN_CONTRACT', reason, 'a contract is CLZ26, CLZ6 or a rank such as CL1')
}

function refused(line: Omit<WrittenLine, 'lots'>, code: string, message: string, hint: string): ContangoError {
  return new ContangoError('refused', code, `${line.place} ${message}`, hint, {
    place: line.place,
    contract: nameOf(line),
  })
}
