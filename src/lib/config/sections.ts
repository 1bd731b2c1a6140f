import type { z } from 'zod'
import type { SectionDefinition } from './load-section.js'
import { section as analytics } from './sections/analytics.js'
import { section as calendars } from './sections/calendars.js'
import { section as cftc } from './sections/cftc.js'
import { section as eia } from './sections/eia.js'
import { section as execution } from './sections/execution.js'
import { section as fred } from './sections/fred.js'
import { section as fundamentals } from './sections/fundamentals.js'
import { section as instruments } from './sections/instruments.js'
import { section as liquidity } from './sections/liquidity.js'
import { section as margins } from './sections/margins.js'
import { section as publications } from './sections/publications.js'
import { section as riskLimits } from './sections/risk-limits.js'
import { section as scenarios } from './sections/scenarios.js'
import { section as signals } from './sections/signals.js'
import { section as simulator } from './sections/simulator.js'
import { section as sources } from './sections/sources.js'
import { section as spreads } from './sections/spreads.js'
import { section as yahoo } from './sections/yahoo.js'

const registry = {
  analytics,
  calendars,
  cftc,
  eia,
  execution,
  fred,
  fundamentals,
  instruments,
  liquidity,
  margins,
  publications,
  riskLimits,
  scenarios,
  signals,
  simulator,
  sources,
  spreads,
  yahoo,
} as const satisfies Readonly<Record<string, SectionDefinition>>

/** Every section by its name: the properties of `Config`. A new section is one import and one entry above. */
export const sections: Readonly<Record<string, SectionDefinition>> = registry

export type SectionValues = {
  readonly [Name in keyof typeof registry]: z.output<(typeof registry)[Name]['schema']>
}
