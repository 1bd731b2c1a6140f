import { isoFromDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { SeriesColumns } from '../../market/dataset.js'
import type { Market } from '../../market/market.js'
import { knownOnDays, publicationRuleOf, seriesFactsOf, type Publications } from '../../market/publication.js'
import { knownOnOfAnswer, type StoredValues } from './known-on.js'
import type { VendorValues } from './vendor-values.js'

export interface SeriesContext {
  /** In messages and error codes: `EIA`. */
  readonly vendor: string
  readonly market: Market
  readonly publications: Publications
  readonly stored: StoredValues
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: number
  readonly warn: (code: string, message: string) => void
}

const DAY_MS = 86_400_000

/** The values of an answer as a series with its unit and the dates on which each value became known. */
export function seriesColumns(
  values: VendorValues,
  frequency: SeriesColumns['frequency'],
  context: SeriesContext,
): SeriesColumns {
  const { vendor, market, publications, stored, nowMs, warn } = context
  requirePast(values, frequency, context)
  const calendar = market.calendar('NYMEX')
  const rule = publicationRuleOf(publications, values.id, frequency)
  // The day after that of the fetch in UTC: whatever the hour in New York was, its 14:30 has not passed by then.
  const afterFetch = calendar.addBusinessDays(Math.floor(nowMs / DAY_MS), 1)
  const byRule = knownOnDays(rule, values.period, calendar)
  return {
    kind: 'series',
    id: values.id,
    unit: unitOf(values, vendor, publications, warn),
    frequency,
    period: values.period,
    knownOn: knownOnOfAnswer(values.period, values.value, byRule, stored, afterFetch),
    value: values.value,
    knownOnFrom: 'rule',
  }
}

/**
 * A day or week that this machine has yet to see cannot have been measured: its clock is behind, and every known-on date would be too
 * early. Monthly outlooks reach into the future by their nature.
 */
function requirePast(
  { id, period }: VendorValues,
  frequency: SeriesColumns['frequency'],
  { vendor, nowMs }: SeriesContext,
): void {
  const last = period.length === 0 ? -Infinity : period[period.length - 1]
  // one day more: east of Greenwich it is tomorrow already
  if (frequency === 'monthly' || last <= Math.floor(nowMs / DAY_MS) + 1) return
  throw new ContangoError(
    'refused',
    'CLOCK_BEHIND',
    `${vendor} gives ${id} of ${isoFromDay(last)}, and the clock of this machine says ${new Date(nowMs).toISOString().slice(0, 10)}`,
    'nothing of it was stored; set the clock, then fetch again',
    { series: id, period: isoFromDay(last) },
  )
}

/** The answer's unit; it must be the one that the series is known to have. */
function unitOf(
  { id, unit, vendorUnit }: VendorValues,
  vendor: string,
  publications: Publications,
  warn: SeriesContext['warn'],
): string {
  const expected = seriesFactsOf(publications, id)?.unit ?? null
  const code = vendor.toUpperCase()
  const section = vendor.toLowerCase()
  if (unit === null) {
    if (expected === null) {
      throw new ContangoError('refused', `${code}_UNIT_MISSING`, `${vendor} gives no unit for ${id}`, undefined, {
        series: id,
      })
    }
    warn(`${code}_UNIT_ASSUMED`, `${vendor} gives no unit for ${id}: taken as ${expected}`)
    return expected
  }
  if (expected !== null && unit !== expected) {
    throw new ContangoError(
      'refused',
      `${code}_UNIT`,
      `${vendor} gives ${id} in ${vendorUnit}, which is ${unit === vendorUnit ? 'not known here' : unit}, not ${expected}`,
      `nothing of it was stored; units stand in config/${section}.yaml and config/publications.yaml`,
      { series: id, unit: vendorUnit, expected },
    )
  }
  if (expected === null && unit === vendorUnit) {
    warn(
      `${code}_UNIT_UNKNOWN`,
      `${id} is stored in "${unit}", as ${vendor} calls it: config/${section}.yaml can name the unit`,
    )
  }
  return unit
}
