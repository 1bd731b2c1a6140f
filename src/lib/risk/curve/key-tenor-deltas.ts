import type { PriceUnit, Product } from '../../market/instrument.js'
import type { ContractMonth } from '../../market/contract-month.js'
import { fromUsdPerBbl } from '../../market/units.js'
import { tenorBucket, type TenorBucket } from '../portfolio/tenor-bucket.js'
import type { Position } from '../portfolio/position.js'

type Held = Pick<Position, 'product' | 'contract' | 'month' | 'rank' | 'lots' | 'multiplier'> & {
  readonly settlement: number
}

/** What a book gains when one contract, or all of one stretch of a curve, moves. */
export interface TenorDelta {
  readonly product: Product
  /** The contract; null for a stretch. */
  readonly contract: string | null
  readonly month: ContractMonth | null
  readonly rank: number | null
  readonly bucket: TenorBucket
  readonly lots: number
  /** USD for a rise of 1.00 in the product's quote: Σ lots × multiplier. */
  readonly usdPerPoint: number
  /** USD for a rise of 1 USD per barrel; null for natural gas. */
  readonly usdPerUsdBbl: number | null
  /** USD for a rise of 1 %; null where a settlement is at or below zero and a per cent has no direction. */
  readonly usdPerPercent: number | null
}

/** Deltas by contract, nearest first in each product; products as the book first names them. Legs in one contract net. */
export function contractDeltas(positions: readonly Held[], unitOf: (product: Product) => PriceUnit): TenorDelta[] {
  const products = [...new Set(positions.map(({ product }) => product))]
  return products.flatMap((product) => {
    const held = positions.filter((position) => position.product === product)
    const months = [...new Set(held.map(({ month }) => month))].sort((a, b) => a - b)
    return months.map((month) => {
      const here = held.filter((position) => position.month === month)
      const { contract, rank } = here[0]
      return { ...deltaOf(product, unitOf(product), here), contract, month, rank }
    })
  })
}

/** The same by stretch of the curve. */
export function bucketDeltas(positions: readonly Held[], unitOf: (product: Product) => PriceUnit): TenorDelta[] {
  const nearestFirst = [...positions].sort((a, b) => a.rank - b.rank)
  const products = [...new Set(positions.map(({ product }) => product))]
  return products.flatMap((product) => {
    const held = nearestFirst.filter((position) => position.product === product)
    const buckets = [...new Set(held.map(({ rank }) => tenorBucket(rank)))]
    return buckets.map((bucket) =>
      deltaOf(
        product,
        unitOf(product),
        held.filter(({ rank }) => tenorBucket(rank) === bucket),
      ),
    )
  })
}

function deltaOf(product: Product, unit: PriceUnit, held: readonly Held[]): TenorDelta {
  const sum = (of: (position: Held) => number): number => held.reduce((total, position) => total + of(position), 0)
  const usdPerPoint = sum(({ lots, multiplier }) => lots * multiplier)
  const quotePerUsdBbl = fromUsdPerBbl(unit, 1)
  return {
    product,
    contract: null,
    month: null,
    rank: null,
    bucket: tenorBucket(held[0].rank),
    lots: sum(({ lots }) => lots),
    usdPerPoint,
    usdPerUsdBbl: quotePerUsdBbl === null ? null : usdPerPoint * quotePerUsdBbl,
    usdPerPercent: held.some(({ settlement }) => settlement <= 0)
      ? null
      : sum(({ lots, multiplier, settlement }) => (lots * multiplier * settlement) / 100),
  }
}
