import type { ContractMonth } from '../../market/contract-month.js'
import type { Product } from '../../market/market.js'

/** One contract of a book, looked up in the market on the date of the answer. */
export interface Position {
  /** Unique in the book: the contract code, with strategy or spread where the book holds it more than once. */
  readonly id: string
  readonly product: Product
  /** CLZ26 */
  readonly contract: string
  readonly month: ContractMonth
  /** On the date of the answer; 1 is the front month. */
  readonly rank: number
  /** Bought is positive, sold is negative; never zero. */
  readonly lots: number
  /** USD per 1.00 of price and lot. */
  readonly multiplier: number
  readonly strategy: string
  readonly spread: string | null
  /** In the product's quote. */
  readonly entryPrice: number | null
}
