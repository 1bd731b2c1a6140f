import type { SpreadDefinition } from '../analytics/spread-definition.js'
import { ContangoError } from '../kernel/errors.js'
import type { Market } from '../market/market.js'

/**
 * `wti:1:3`: the first contract of a product against the third, near − far, one lot of each: a calendar spread that
 * config/spreads.yaml does not name. null where the text is of another form.
 */
export function rankSpread(market: Market, text: string): SpreadDefinition | null {
  const match = /^([^:]+):(\d{1,2}):(\d{1,2})$/.exec(text)
  if (match === null) return null
  const product = market.resolveProduct(match[1])
  const near = Number(match[2])
  const far = Number(match[3])
  if (near < 1 || near >= far) {
    throw new ContangoError(
      'usage',
      'BAD_RANKS',
      `"${text}": the near contract is 1 or more and the far one lies behind it`,
      `${product}:1:2 is the first contract against the second`,
      { near, far },
    )
  }
  const leg = (lots: 1 | -1, contract: number): SpreadDefinition['legs'][number] => ({
    product,
    weight: lots,
    lots,
    offset: contract - 1,
    factor: 1,
  })
  const name = `${product}:${near}:${far}`
  const { unit } = market.instrument(product)
  return { name, title: `${product} M${near} − M${far}`, unit, per: 1, legs: [leg(1, near), leg(-1, far)] }
}
