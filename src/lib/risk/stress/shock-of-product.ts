import type { Product } from '../../market/market.js'
import { drawnOut, scaledNodes, type CurveShock } from './curve-shock.js'

export interface FoundShock {
  readonly shock: CurveShock
  /** The product whose shock it is, where it is another one's. */
  readonly proxy: Product | null
  /** The curve beyond rank 1 is another product's decay, or the front's own move. */
  readonly beyondFront: Product | 'flat' | null
}

/** Shocks of a scenario and what may stand in for what. */
export interface ScenarioShocks {
  readonly shocks: Readonly<Partial<Record<Product, CurveShock>>>
  readonly proxies: Readonly<Partial<Record<Product, Product>>>
  /** Whose decay along the curve a front-month shock takes. */
  readonly curveProxy: Product
}

/**
 * The shock that a product takes: its own, or that of its declared proxy, dollars by way of the barrel; null where
 * neither was measured. A shock of the front month alone is drawn out along the curve as `curveProxy` decays.
 * @param usdPerBbl USD/bbl of 1.00 in the product's quote; null for natural gas
 */
export function shockOfProduct(
  product: Product,
  { shocks, proxies, curveProxy }: ScenarioShocks,
  usdPerBbl: (product: Product) => number | null,
): FoundShock | null {
  const seen = new Set<Product>()
  let from = product
  while (shocks[from] === undefined) {
    seen.add(from)
    const next = proxies[from]
    if (next === undefined || seen.has(next)) return null
    from = next
  }
  const own = usdPerBbl(product)
  const other = usdPerBbl(from)
  if (from !== product && (own === null || other === null)) return null
  const factor = from === product || own === null || other === null ? 1 : other / own
  // nobody else's last days are a proxy: a delivery squeeze is of one contract
  const found = from === product ? shocks[from]! : { nodes: scaledNodes(shocks[from]!.nodes, factor) }
  const proxy = from === product ? null : from
  if (found.nodes.length > 1) return { shock: found, proxy, beyondFront: null }
  const shape = shocks[curveProxy]
  const drawn = shape === undefined || from === curveProxy ? null : drawnOut(found, shape)
  return drawn === null
    ? { shock: found, proxy, beyondFront: 'flat' }
    : { shock: drawn, proxy, beyondFront: curveProxy }
}
