import { ContangoError } from '../../kernel/errors.js'
import type { Market } from '../../market/market.js'

/** The CFTC codes of the products, or of all of `defaults`, and those typed as such; each once. */
export function contractMarketCodes(
  market: Market,
  defaults: readonly string[],
  products: readonly string[],
  typed: readonly string[],
): string[] {
  for (const code of typed) {
    if (/^[0-9A-Z]{6}$/i.test(code)) continue
    throw new ContangoError(
      'usage',
      'BAD_CFTC_CODE',
      `"${code}" is no contract market code of the CFTC`,
      'a code is six digits and letters, such as 067651: see docs/sources-cftc.md',
      { code },
    )
  }
  const names = products.length === 0 && typed.length === 0 ? defaults : products
  const codes = names.map((name) => {
    const product = market.resolveProduct(name)
    const { cftc } = market.instrument(product).codes
    if (cftc !== null) return cftc
    throw new ContangoError(
      'usage',
      'NO_CFTC_CODE',
      `${product} has no contract market at the CFTC`,
      `those that have: ${defaults.join(', ')}; any other by --code`,
      { product },
    )
  })
  return [...new Set([...codes, ...typed.map((code) => code.toUpperCase())])]
}
