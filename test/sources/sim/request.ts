import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { section as publicationsSection } from '../../../src/lib/config/sections/publications.js'
import type { SimulationRequest } from '../../../src/lib/sources/sim/generate.js'
import { day } from '../../market/market.js'
import { market, parameters } from '../../simulate/world.js'

const publications = publicationsSection.schema.parse(
  parse(readFileSync(fileURLToPath(new URL('../../../config/publications.yaml', import.meta.url)), 'utf8')),
)

/** Half a year of all eight products, unless told otherwise. */
export function request(changes: Partial<SimulationRequest> = {}): SimulationRequest {
  return {
    parameters,
    market,
    publications,
    seed: 1,
    from: day('2010-01-04'),
    to: day('2010-06-30'),
    products: market.products,
    maxRank: 36,
    yieldNow: async () => {},
    ...changes,
  }
}
