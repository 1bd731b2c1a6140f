import type { ScenarioConfig } from '../config/sections/scenarios.js'
import { ContangoError } from '../kernel/errors.js'
import type { Market, Product } from '../market/market.js'
import { shockedChange, type CurveShock, type ShockedContract } from '../risk/stress/curve-shock.js'
import { spreadMove } from '../risk/stress/spread-move.js'
import type { BookContext } from './book-on.js'
import { selectSpreads, spreadDefinition } from './spread-definitions.js'

export type FactorScenario = Extract<ScenarioConfig, { kind: 'factor' }>
type Factor = FactorScenario['factors'][number]

const GROUP: Readonly<Record<Product, 'crude' | 'products' | 'gas'>> = {
  CL: 'crude',
  BRN: 'crude',
  BZ: 'crude',
  DBI: 'crude',
  RB: 'products',
  HO: 'products',
  LGO: 'products',
  NG: 'gas',
}

/** The shocks that a factor scenario makes, product by product; several on one product add up. */
export function factorShocks(
  ctx: Pick<BookContext, 'market' | 'config'>,
  scenario: FactorScenario,
  products: readonly Product[],
): Map<Product, CurveShock[]> {
  const shocks = new Map<Product, CurveShock[]>()
  const add = (product: Product, shock: CurveShock): void => {
    if (products.includes(product)) shocks.set(product, [...(shocks.get(product) ?? []), shock])
  }
  for (const factor of scenario.factors) {
    if (factor.spread !== undefined) {
      for (const [product, shock] of spreadShocks(ctx, scenario.id, factor)) add(product, shock)
      continue
    }
    for (const product of products) {
      const hit = factor.product === product || factor.group === 'all' || factor.group === GROUP[product]
      const nodes = hit ? factorNodes(ctx.market, product, factor) : null
      if (nodes !== null) add(product, { nodes })
    }
  }
  return shocks
}

/** Null where a barrel's dollars mean nothing to the product. */
function factorNodes(market: Market, product: Product, factor: Factor): CurveShock['nodes'] | null {
  const { fraction, usd, usdPerBbl, tilt } = factor
  if (tilt) {
    return [
      { rank: 1, fraction: tilt.frontFraction },
      { rank: tilt.backRank, fraction: tilt.backFraction },
    ]
  }
  if (fraction !== undefined) return [{ rank: 1, fraction }]
  if (usd !== undefined) return [{ rank: 1, usd }]
  const bbl = market.usdPerBbl(product, 1)
  return bbl === null || usdPerBbl === undefined ? null : [{ rank: 1, usd: usdPerBbl / bbl }]
}

/** A spread that widens by so much: its legs move by the least that adds up to it, each at its own rank. */
function spreadShocks(
  { market, config }: Pick<BookContext, 'market' | 'config'>,
  id: string,
  { spread = '', usdPerBbl = 0 }: Factor,
): Map<Product, CurveShock> {
  const [named] = selectSpreads(config.spreads.spreads, [spread])
  const { legs, per, unit } = spreadDefinition(market, named)
  if (unit !== 'USD/bbl') {
    throw new ContangoError(
      'config',
      'SPREAD_NOT_IN_BARRELS',
      `scenario ${id} widens ${spread}, which is quoted in ${unit}`,
      'widen a spread that config/spreads.yaml defines in USD/bbl',
      { scenario: id, spread },
    )
  }
  const moves = spreadMove(
    legs.map(({ weight }) => ({ coefficient: weight / per })),
    usdPerBbl,
  )
  const nodes = new Map<Product, Map<number, number>>()
  legs.forEach(({ product, offset, factor }, i) => {
    const ofProduct = nodes.get(product) ?? new Map<number, number>()
    ofProduct.set(offset + 1, (ofProduct.get(offset + 1) ?? 0) + moves[i] / factor)
    nodes.set(product, ofProduct)
  })
  return new Map(
    [...nodes].map(([product, byRank]) => [
      product,
      { nodes: [...byRank].sort(([a], [b]) => a - b).map(([rank, usd]) => ({ rank, usd })) },
    ]),
  )
}

/** Change of price by all shocks together, in the quote. */
export function summedChange(shocks: readonly CurveShock[], contract: ShockedContract): number {
  return shocks.reduce((sum, shock) => sum + shockedChange(shock, contract), 0)
}
