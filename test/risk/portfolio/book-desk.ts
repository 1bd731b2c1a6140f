import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readBook } from '../../../src/lib/config/portfolio.js'
import { section as liquiditySection } from '../../../src/lib/config/sections/liquidity.js'
import { section as marginsSection } from '../../../src/lib/config/sections/margins.js'
import { section as limitsSection } from '../../../src/lib/config/sections/risk-limits.js'
import { section as scenariosSection } from '../../../src/lib/config/sections/scenarios.js'
import type { BookContext } from '../../../src/lib/desk/book-on.js'
import type { CurveColumns } from '../../../src/lib/market/dataset.js'
import type { Product } from '../../../src/lib/market/market.js'
import { packageRoot } from '../../support/contango.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { curveOf, deskOn, type FakeDesk, type Row } from '../../desk/desk.js'

const builtIn = (file: string): unknown => parse(readFileSync(`${packageRoot}config/${file}`, 'utf8'))

export const scenarios = scenariosSection.schema.parse(builtIn('scenarios.yaml'))
export const margins = marginsSection.schema.parse(builtIn('margins.yaml'))
export const riskLimits = limitsSection.schema.parse(builtIn('risk_limits.yaml'))
const liquidity = liquiditySection.schema.parse(builtIn('liquidity.yaml'))

/** A book as a file in a folder of its own. */
export function bookFile(name: string, text: string): string {
  const path = join(temporaryFolder('contango-book-'), name)
  writeFileSync(path, text)
  return path
}

export type BookDesk = BookContext & Pick<FakeDesk, 'warnings'>

/** A desk that knows books, limits and scenarios, on curves in memory. */
export function bookDesk(
  curves: ReadonlyMap<Product, CurveColumns>,
  options: { asOf?: string; strict?: boolean; config?: Partial<BookContext['config']> } = {},
): BookDesk {
  const desk = deskOn(curves, options)
  return {
    ...desk,
    strict: options.strict ?? false,
    resolveFile: (file) => file,
    config: {
      ...desk.config,
      book: (reference, resolveFile) =>
        readBook(reference, { workspaceDir: null, builtInDir: `${packageRoot}config` }, resolveFile),
      entries: () => [],
      liquidity,
      margins,
      riskLimits,
      scenarios,
      ...options.config,
    },
  }
}

/** Settlements around 20 April 2020, when WTI settled below zero; ranks 1, 2, 6 and so on as the exchanges published them. */
const APRIL_2020: Readonly<Record<'CL' | 'RB' | 'HO' | 'BRN', readonly Row[]>> = {
  CL: [
    ...rows(202005, { '04-16': 19.87, '04-17': 18.27, '04-20': -37.63, '04-21': 10.01 }),
    ...rows(202006, { '04-16': 25.53, '04-17': 25.03, '04-20': 20.43, '04-21': 11.57, '04-22': 13.78 }),
    ...rows(202007, { '04-16': 29.55, '04-17': 29.42, '04-20': 26.28, '04-21': 18.69, '04-22': 20.69 }),
    ...rows(202010, { '04-16': 32.52, '04-17': 32.71, '04-20': 30.81, '04-21': 24.73, '04-22': 26.88 }),
    ...rows(202011, { '04-21': 26.1, '04-22': 28.07 }),
  ],
  RB: [
    ...rows(202005, { '04-16': 0.7051, '04-17': 0.7107, '04-20': 0.6683, '04-21': 0.5103, '04-22': 0.6384 }),
    ...rows(202006, { '04-16': 0.7569, '04-17': 0.7646, '04-20': 0.7255, '04-21': 0.5695, '04-22': 0.6875 }),
  ],
  HO: [
    ...rows(202006, { '04-16': 0.9727, '04-17': 0.98, '04-20': 0.9152, '04-21': 0.7667, '04-22': 0.7833 }),
    ...rows(202007, { '04-16': 1.0137, '04-17': 1.0212, '04-20': 0.9611, '04-21': 0.8211, '04-22': 0.8366 }),
  ],
  BRN: rows(202006, { '04-16': 27.82, '04-17': 28.08, '04-20': 25.57, '04-21': 19.33, '04-22': 20.37 }),
}

function rows(month: number, settlements: Readonly<Record<string, number>>): Row[] {
  return Object.entries(settlements).map(([date, settlement]) => [`2020-${date}`, month, settlement])
}

export function april2020(): Map<Product, CurveColumns> {
  return new Map(
    (['CL', 'RB', 'HO', 'BRN'] as const).map((product) => [product, curveOf(product, APRIL_2020[product])]),
  )
}
