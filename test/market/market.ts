import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { section as calendarsSection } from '../../src/lib/config/sections/calendars.js'
import { section as instrumentsSection } from '../../src/lib/config/sections/instruments.js'
import { dayFromIso, type EpochDay } from '../../src/lib/kernel/day.js'
import { createMarket } from '../../src/lib/market/create-market.js'
import type { Market } from '../../src/lib/market/market.js'

/** A file of the built-in configuration, parsed and not yet validated. */
export function builtInYaml(file: string): unknown {
  return parse(readFileSync(fileURLToPath(new URL(`../../config/${file}`, import.meta.url)), 'utf8'))
}

export const instruments = instrumentsSection.schema.parse(builtInYaml(instrumentsSection.file))
export const calendars = calendarsSection.schema.parse(builtInYaml(calendarsSection.file))

/** The market that the built-in configuration describes. */
export function builtInMarket(): Market {
  return createMarket(instruments, calendars)
}

/** The day of an ISO date that is known to be right. */
export function day(text: string): EpochDay {
  const value = dayFromIso(text)
  if (value === null) throw new Error(`"${text}" is no date`)
  return value
}
