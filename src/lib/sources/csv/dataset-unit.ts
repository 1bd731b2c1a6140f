import type { PriceUnit, Product } from '../../market/instrument.js'
import { canonicalUnit } from './canonical-unit.js'
import type { ImportDesk } from './import-request.js'
import { refusal } from './refusals.js'

/** What `--unit` says of a dataset: its own entry, else the one for everything. */
export function requestedUnit({ request }: ImportDesk, name: string): string | null {
  const said = request.units.get(name) ?? request.units.get('')
  return said === undefined ? null : canonicalUnit(said)
}

/**
 * The unit of a product's prices and the factor that brings the file's numbers into it. A product has one unit; cents
 * per gallon are the only other way in which these contracts are commonly quoted.
 */
export function productUnit(desk: ImportDesk, file: string, product: Product): { unit: PriceUnit; scale: number } {
  const { unit } = desk.market.instrument(product)
  const said = requestedUnit(desk, product)
  if (said === null || said === unit) return { unit, scale: 1 }
  if (said === 'USc/gal' && unit === 'USD/gal') return { unit, scale: 0.01 }
  throw refusal(
    'UNIT_IMPOSSIBLE',
    `${file}: ${product} is quoted in ${unit}, it cannot be in ${said}`,
    `convert the prices to ${unit} first, or name the unit of one product only: --unit ${product}=${unit}`,
    { file, product, unit: said, expected: unit },
  )
}

/** The unit of a series or an index: what its id says, `--unit`, the file's own unit column, else `unknown` and a warning. */
export function namedUnit(
  desk: ImportDesk,
  file: string,
  name: string,
  known: string | null,
  fromFile: string | null,
): string {
  const said = requestedUnit(desk, name) ?? (fromFile === null ? null : canonicalUnit(fromFile))
  if (said !== null && known !== null && said !== known) {
    throw refusal(
      'UNIT_IMPOSSIBLE',
      `${file}: ${name} is in ${known}, it cannot be in ${said}`,
      `leave out --unit, or import the numbers under another name: --map ${name}=NAME`,
      { file, series: name, unit: said, expected: known },
    )
  }
  if (said !== null || known !== null) return (said ?? known)!
  desk.warn('UNIT_UNKNOWN', `${file}: the unit of ${name} is not known; --unit ${name}=USD/bbl says it`, { file, name })
  return 'unknown'
}
