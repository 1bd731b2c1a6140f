import { civilFromDay, dayFromCivil, isoFromDay, type EpochDay } from '../../kernel/day.js'
import type { SeriesColumns } from '../../market/dataset.js'
import type { BusinessCalendar } from '../../market/market.js'
import { refusal } from '../csv/refusals.js'
import { typedRows } from './typed-rows.js'

const MILLION_BPD = { kind: 'number', min: 0, max: 100 } as const

const COLUMNS = {
  country: { kind: 'text', pattern: /^[A-Z]{2}$/, expected: "one of the outlook's country codes, such as SA" },
  from: { kind: 'day' },
  baseline: MILLION_BPD,
  quota: MILLION_BPD,
  announced: { kind: 'day' },
  capacity: { ...MILLION_BPD, required: false },
} as const

interface Level {
  readonly from: EpochDay
  readonly knownOn: EpochDay
  /** million b/d */
  readonly baseline: number
  readonly quota: number
  /** What the country can sustain; null where the file does not say. */
  readonly capacity: number | null
}

const PARTS = ['BASELINE', 'QUOTA', 'CAPACITY'] as const
type Part = (typeof PARTS)[number]

/** The series that a quota file makes. */
export const OPEC_QUOTA_SERIES = /^OPEC_(BASELINE|QUOTA|CAPACITY)_[A-Z]{2}$/

/** `OPEC_QUOTA_SA`, `OPEC_BASELINE_SA`, `OPEC_CAPACITY_SA` */
const quotaId = (country: string, part: Part): string => `OPEC_${part}_${country}`

/**
 * Quotas that someone keeps: `country, from, baseline, quota, announced` and, if they like, `capacity`, million b/d, `from` the
 * first of the month from which they hold. A level holds until the country's next row. Known from the day of the announcement on, or the next
 * decision day after it.
 */
export async function readOpecQuotas(
  path: string,
  countries: ReadonlySet<string>,
  calendar: BusinessCalendar,
  signal: AbortSignal,
): Promise<SeriesColumns[]> {
  const { file, rows } = await typedRows(path, COLUMNS, 'docs/sources-opec.md describes the file', signal)
  const seen = new Set<string>()
  const byCountry = new Map<string, Level[]>()
  for (const { country, from, baseline, quota, announced, capacity, line } of rows) {
    const no = (code: string, what: string, hint: string): Error =>
      refusal(code, `${file} line ${line}: ${what}`, hint, { file, line, country })
    if (!countries.has(country)) {
      throw no(
        'UNKNOWN_COUNTRY',
        `${country} is no country that is known here`,
        'countries stand in config/fundamentals.yaml',
      )
    }
    if (civilFromDay(from).dayOfMonth !== 1) {
      throw no(
        'NOT_A_MONTH',
        `${isoFromDay(from)} is not the first of a month`,
        `write ${isoFromDay(monthStart(from))}`,
      )
    }
    if (quota > baseline) {
      throw no(
        'QUOTA_OVER_BASELINE',
        `the quota ${quota} is above the baseline ${baseline}`,
        'look whether the two are swapped',
      )
    }
    const key = `${country} ${from} ${announced}`
    if (seen.has(key)) throw no('ROW_TWICE', `${country} ${isoFromDay(from)} stands in the file twice`, 'take one out')
    seen.add(key)
    const knownOn = calendar.addBusinessDays(announced, 1)
    byCountry.set(country, [...(byCountry.get(country) ?? []), { from, knownOn, baseline, quota, capacity }])
  }
  return [...byCountry].flatMap(([country, levels]) =>
    PARTS.flatMap((part): SeriesColumns[] => {
      const vintages = monthlyVintages(levels, part)
      if (vintages.length === 0) return []
      const series: SeriesColumns = {
        kind: 'series',
        id: quotaId(country, part),
        unit: 'million b/d',
        frequency: 'monthly',
        period: Int32Array.from(vintages, ([month]) => month),
        knownOn: Int32Array.from(vintages, ([, knownOn]) => knownOn),
        value: Float64Array.from(vintages, ([, , value]) => value),
        knownOnFrom: 'vendor',
      }
      return [series]
    }),
  )
}

/** Each month from the first level to the last, with what held in it as it was known on each announcement. */
function monthlyVintages(levels: readonly Level[], part: Part): [EpochDay, EpochDay, number][] {
  const last = Math.max(...levels.map(({ from }) => from))
  const rows: [EpochDay, EpochDay, number][] = []
  for (let month = Math.min(...levels.map(({ from }) => from)); month <= last; month = monthStart(month + 31)) {
    const begun = levels.filter(({ from }) => from <= month)
    for (const knownOn of [...new Set(begun.map((level) => level.knownOn))].sort((a, b) => a - b)) {
      const known = begun.filter((level) => level.knownOn <= knownOn)
      const inForce = known.reduce((a, b) => (b.from > a.from || (b.from === a.from && b.knownOn >= a.knownOn) ? b : a))
      const value = { QUOTA: inForce.quota, BASELINE: inForce.baseline, CAPACITY: inForce.capacity }[part]
      if (value !== null) rows.push([month, knownOn, value])
    }
  }
  return rows
}

function monthStart(day: EpochDay): EpochDay {
  const { year, month } = civilFromDay(day)
  return dayFromCivil(year, month, 1)
}
