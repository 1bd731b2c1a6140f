import type { EpochDay } from '../kernel/day.js'
import { contractCodeOf, productOfRoot, readContractCode } from './contract-code.js'
import type { ContractMonth } from './contract-month.js'
import type { Market, PriceUnit, Product } from './market.js'

/** Bloomberg's names of the fields that a desk asks for. */
export const BLOOMBERG_FIELDS = {
  last: 'PX_LAST',
  open: 'PX_OPEN',
  high: 'PX_HIGH',
  low: 'PX_LOW',
  settlement: 'PX_SETTLE',
  bid: 'PX_BID',
  ask: 'PX_ASK',
  volume: 'PX_VOLUME',
  openInterest: 'OPEN_INT',
  lastTradingDay: 'LAST_TRADEABLE_DT',
  firstNoticeDay: 'FUT_NOTICE_FIRST',
  contractSize: 'FUT_CONT_SIZE',
  tick: 'FUT_TICK_SIZE',
  tickValue: 'FUT_TICK_VAL',
} as const

/** Generic tickers further out than any curve that is listed are typing errors. */
export const MAX_GENERIC_NUMBER = 144

/** A ticker that means something here. */
export interface Ticker {
  /** As the vendor writes it: `CL1 Comdty`, `CLZ26 Comdty`, `CL=F`, `RWTC`. */
  readonly ticker: string
  readonly vendor: 'bloomberg' | 'yahoo' | 'eia'
  readonly product: Product
  /** As a desk says it. */
  readonly commodity: string
  readonly type: 'generic' | 'contract' | 'spot'
  /** The number in a generic ticker: 1 is the front month; null otherwise. */
  readonly monthNumber: number | null
  /** Our rank of a generic ticker; null otherwise, and for Dubai's balance of the month. */
  readonly rank: number | null
  /** The delivery month; of a generic ticker only where a date was given. */
  readonly month: ContractMonth | null
  readonly exchange: string
  /** Units of the quote in one lot: USD per 1.00 of price. */
  readonly multiplier: number
  readonly unit: PriceUnit
}

/** Why a text is no ticker: a stable code and a sentence. */
export interface InvalidTicker {
  readonly code:
    | 'EMPTY'
    | 'NO_SECTOR'
    | 'WRONG_SECTOR'
    | 'UNKNOWN_ROOT'
    | 'BAD_MONTH_NUMBER'
    | 'NOT_A_TICKER'
    | 'NEEDS_AS_OF'
    | 'MONTH_OUT_OF_RANGE'
  readonly reason: string
}

/**
 * Reads Bloomberg's `CL1 Comdty` (n-th month), `CLF5 Comdty` and `CLZ26 Comdty` (one month), Yahoo's `CL=F` and
 * `CLZ26.NYM`, and EIA's spot ids (`RWTC`). A one-digit year needs `asOf`; a generic ticker uses it, if given, to say
 * which contract it is.
 */
export function readTicker(market: Market, text: string, asOf: EpochDay | null): Ticker | InvalidTicker {
  const words = text.trim().split(/\s+/)
  const symbol = words[0].toUpperCase()
  if (symbol === '') return { code: 'EMPTY', reason: 'the ticker is empty' }
  if (words.length > 2) return { code: 'NOT_A_TICKER', reason: `"${text}" has more than a symbol and a market sector` }
  if (words.length === 1)
    return readYahoo(market, symbol, asOf) ?? readEia(market, symbol) ?? withoutSector(market, symbol, asOf)
  if (words[1].toLowerCase() !== 'comdty') {
    return { code: 'WRONG_SECTOR', reason: `"${words[1]}" is not the sector of futures: commodities are "Comdty"` }
  }
  return readBloomberg(market, symbol, asOf)
}

function readBloomberg(market: Market, symbol: string, asOf: EpochDay | null): Ticker | InvalidTicker {
  const generic = /^([A-Z]+)(\d+)$/.exec(symbol)
  if (generic) {
    const product = market.products.find((candidate) => market.instrument(candidate).codes.bloomberg === generic[1])
    // CLF5 comes here as the root CLF, which no product has: then it is a contract.
    if (product) return genericTicker(market, product, generic[1], generic[2], asOf)
    if (productOfRoot(market, generic[1])) {
      return { code: 'UNKNOWN_ROOT', reason: unknownBloombergRoot(market, generic[1]) }
    }
  }
  const contract = /^([A-Z]+)[FGHJKMNQUVXZ]\d{1,2}$/.exec(symbol)
  if (!contract) {
    return generic
      ? { code: 'UNKNOWN_ROOT', reason: unknownBloombergRoot(market, generic[1]) }
      : { code: 'NOT_A_TICKER', reason: `"${symbol}" is neither a root with a number (CL1) nor a contract (CLZ26)` }
  }
  const product = market.products.find((candidate) => market.instrument(candidate).codes.bloomberg === contract[1])
  if (!product) {
    const known = productOfRoot(market, contract[1]) !== null
    const reason = known
      ? unknownBloombergRoot(market, contract[1])
      : `"${symbol}" begins with no Bloomberg root of a product here`
    return { code: 'UNKNOWN_ROOT', reason }
  }
  const read = readContractCode(market, symbol, asOf)
  if ('reason' in read)
    return { code: read.code === 'NOT_A_CONTRACT' ? 'NOT_A_TICKER' : read.code, reason: read.reason }
  return {
    ...describe(market, product),
    ticker: `${symbol} Comdty`,
    vendor: 'bloomberg',
    type: 'contract',
    month: read.month,
  }
}

function unknownBloombergRoot(market: Market, root: string): string {
  const product = productOfRoot(market, root)
  if (!product) return `no product has the Bloomberg root "${root}"`
  const { name, codes } = market.instrument(product)
  return codes.bloomberg === null
    ? `"${root}" is ${name} at its exchange; its Bloomberg root is not in config/instruments.yaml`
    : `"${root}" is ${name} at its exchange; Bloomberg's root is "${codes.bloomberg}"`
}

function genericTicker(
  market: Market,
  product: Product,
  root: string,
  digits: string,
  asOf: EpochDay | null,
): Ticker | InvalidTicker {
  const monthNumber = Number(digits)
  if (digits.startsWith('0') || monthNumber > MAX_GENERIC_NUMBER) {
    return { code: 'BAD_MONTH_NUMBER', reason: `"${digits}" is not a month number from 1 to ${MAX_GENERIC_NUMBER}` }
  }
  const wholeContract = monthNumber >= market.instrument(product).codes.bloombergFrontNumber
  return {
    ...describe(market, product),
    ticker: `${root}${monthNumber} Comdty`,
    vendor: 'bloomberg',
    type: 'generic',
    monthNumber,
    rank: wholeContract ? monthNumber : null,
    month: asOf !== null && wholeContract ? market.monthAtRank(product, asOf, monthNumber) : null,
  }
}

function readYahoo(market: Market, symbol: string, asOf: EpochDay | null): Ticker | InvalidTicker | null {
  if (symbol.endsWith('=F')) {
    const product = market.products.find((candidate) => market.instrument(candidate).codes.yahoo === symbol)
    if (!product) return { code: 'UNKNOWN_ROOT', reason: `no product has the Yahoo symbol "${symbol}"` }
    const month = asOf === null ? null : market.monthAtRank(product, asOf, 1)
    return {
      ...describe(market, product),
      ticker: symbol,
      vendor: 'yahoo',
      type: 'generic',
      monthNumber: 1,
      rank: 1,
      month,
    }
  }
  if (!symbol.endsWith('.NYM')) return null
  const read = readContractCode(market, symbol.slice(0, -4), asOf)
  if ('reason' in read)
    return { code: read.code === 'NOT_A_CONTRACT' ? 'NOT_A_TICKER' : read.code, reason: read.reason }
  if (market.instrument(read.product).codes.yahoo === null) {
    return { code: 'UNKNOWN_ROOT', reason: `Yahoo has no contracts of ${market.instrument(read.product).name}` }
  }
  return { ...describe(market, read.product), ticker: symbol, vendor: 'yahoo', type: 'contract', month: read.month }
}

function readEia(market: Market, symbol: string): Ticker | null {
  const product = market.products.find((candidate) => market.instrument(candidate).codes.eiaSpot.includes(symbol))
  return product ? { ...describe(market, product), ticker: symbol, vendor: 'eia', type: 'spot' } : null
}

/** A symbol alone: say what is missing if it would do with the sector behind it. */
function withoutSector(market: Market, symbol: string, asOf: EpochDay | null): InvalidTicker {
  const read = readBloomberg(market, symbol, asOf)
  return 'reason' in read && read.code !== 'NEEDS_AS_OF'
    ? { code: 'NOT_A_TICKER', reason: `"${symbol}" is no ticker of Bloomberg, Yahoo or EIA: ${read.reason}` }
    : { code: 'NO_SECTOR', reason: `"${symbol}" lacks its market sector: write "${symbol} Comdty"` }
}

function describe(market: Market, product: Product): Omit<Ticker, 'ticker' | 'vendor' | 'type'> {
  const { name, exchange, contractSize, unit } = market.instrument(product)
  return {
    product,
    commodity: name,
    monthNumber: null,
    rank: null,
    month: null,
    exchange,
    multiplier: contractSize,
    unit,
  }
}

/**
 * The generic ticker of a rank: `CL1 Comdty`; null where Bloomberg's root is not known and for Dubai's rank 1, which
 * Bloomberg quotes as the balance of the month.
 */
export function genericTickerOf(market: Market, product: Product, rank: number): string | null {
  const { bloomberg, bloombergFrontNumber } = market.instrument(product).codes
  return bloomberg === null || rank < bloombergFrontNumber ? null : `${bloomberg}${rank} Comdty`
}

/** The ticker of one contract with a two-digit year, `CLZ26 Comdty`; null where Bloomberg's root is not known. */
export function contractTickerOf(market: Market, product: Product, month: ContractMonth): string | null {
  const { bloomberg } = market.instrument(product).codes
  return bloomberg === null ? null : `${contractCodeOf(bloomberg, month)} Comdty`
}
