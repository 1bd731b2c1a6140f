import type { SpreadDefinition } from '../analytics/spread-definition.js'
import { unitFactor } from '../analytics/unit-factor.js'
import type { SpreadConfig } from '../config/sections/spreads.js'
import { ContangoError } from '../kernel/errors.js'
import type { Market } from '../market/market.js'

/** A spread of `config/spreads.yaml` with its conversions worked out. */
export function spreadDefinition(market: Market, spread: SpreadConfig): SpreadDefinition {
  const { name, title, unit, per, barrelsPerTonne } = spread
  return {
    name,
    title: title ?? name,
    unit,
    per,
    legs: spread.legs.map(({ product, weight, lots, offset, factor }) => ({
      product,
      weight,
      lots: lots ?? weight,
      offset,
      factor: factor ?? unitFactor(market.instrument(product).unit, unit, barrelsPerTonne),
    })),
  }
}

/** The spreads that were asked for by name, or all of them, in the order of the file. */
export function selectSpreads(spreads: readonly SpreadConfig[], names: readonly string[]): SpreadConfig[] {
  const known = new Map(spreads.map((spread) => [spread.name, spread]))
  const unknown = names.find((name) => !known.has(name))
  if (unknown !== undefined) {
    throw new ContangoError(
      'usage',
      'UNKNOWN_SPREAD',
      `there is no spread "${unknown}" in config/spreads.yaml`,
      `one of ${[...known.keys()].join(' ')}, or define it there`,
      { spread: unknown, spreads: [...known.keys()] },
    )
  }
  return names.length === 0 ? [...spreads] : spreads.filter(({ name }) => names.includes(name))
}
