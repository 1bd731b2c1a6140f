import type { Product } from '../../market/market.js'
import { curveMove, type ContractMove, type CurveMove } from './curve-move.js'

/** A product's contracts on both days, ascending by expiry; `settlement` is NaN for one that expired in between. */
export interface ProductMoves {
  readonly product: Product
  /** Units of the quote in one USD/bbl: 1 for crude, 1 ÷ 42 for products in USD/gal; null where it is no oil price. */
  readonly quotePerUsdPerBbl: number | null
  readonly contracts: readonly (ContractMove & { readonly contract: string })[]
}

export interface ExplainedPosition {
  readonly position: string
  readonly contract: string
  readonly product: Product
  readonly usdPerPoint: number
}

export interface PnlParts {
  readonly carryUsd: number
  readonly levelUsd: number
  readonly slopeUsd: number
  readonly curvatureUsd: number
  readonly spreadUsd: number
  readonly residualUsd: number
}

export interface ProductMove extends CurveMove {
  readonly product: Product
}

/**
 * P&L of each position in its parts. The level of the oil market is the benchmark's, in USD/bbl, for every product that
 * is quoted by volume; what a product's own level moved beyond it is spread and basis. A product without a price per
 * barrel (natural gas), or without a benchmark, keeps its whole level as level. The residual closes each sum to the
 * P&L exactly.
 */
export function explainBook(
  positions: readonly ExplainedPosition[],
  products: readonly ProductMoves[],
  benchmark: Product | null,
  elapsedDays: number,
): { readonly positions: (PnlParts & { readonly pnlUsd: number })[]; readonly moves: ProductMove[] } {
  const moves = products.map((one) => ({ product: one.product, ...curveMove(one.contracts, elapsedDays) }))
  const at = (product: Product): number => products.findIndex((one) => one.product === product)
  const reference = benchmark === null ? -1 : at(benchmark)
  const factor = reference < 0 ? null : products[reference].quotePerUsdPerBbl
  const marketUsdPerBbl = factor === null ? null : moves[reference].level / factor
  return {
    positions: positions.map(({ product, contract, usdPerPoint }) => {
      const p = at(product)
      const { contracts, quotePerUsdPerBbl } = products[p]
      const move = moves[p]
      const c = contracts.findIndex((one) => one.contract === contract)
      const shared =
        marketUsdPerBbl === null || quotePerUsdPerBbl === null ? move.level : marketUsdPerBbl * quotePerUsdPerBbl
      const pnlUsd = usdPerPoint * (contracts[c].settlement - contracts[c].base)
      const parts = {
        carryUsd: usdPerPoint * move.carry[c],
        levelUsd: usdPerPoint * shared,
        slopeUsd: usdPerPoint * move.slope[c],
        curvatureUsd: usdPerPoint * move.curvature[c],
        spreadUsd: usdPerPoint * (move.level - shared),
      }
      const explained = parts.carryUsd + parts.levelUsd + parts.slopeUsd + parts.curvatureUsd + parts.spreadUsd
      return { ...parts, residualUsd: pnlUsd - explained, pnlUsd }
    }),
    moves,
  }
}
