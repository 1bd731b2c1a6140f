import { isoFromDay, weekdayOf, type EpochDay } from '../../kernel/day.js'
import type { SeriesColumns } from '../../market/dataset.js'
import type { BusinessCalendar } from '../../market/market.js'
import { refusal } from '../csv/refusals.js'
import { typedRows } from './typed-rows.js'

const COLUMNS = {
  refinery: { kind: 'text' },
  unit: { kind: 'text', required: false },
  region: {
    kind: 'text',
    pattern: /^[A-Z][A-Z0-9]{1,11}$/,
    expected: 'a region in capital letters and digits, such as PADD3',
  },
  capacity_kbd: { kind: 'number', min: 0, max: 5000 },
  start: { kind: 'day' },
  end: { kind: 'day' },
  announced: { kind: 'day' },
} as const

interface Outage {
  readonly region: string
  readonly capacityKbPerDay: number
  readonly start: EpochDay
  /** The last day off. */
  readonly end: EpochDay
  readonly knownOn: EpochDay
}

/** Longer than any turnaround: a typing error in a year. */
const LONGEST_DAYS = 400

/** The series that a turnaround file makes. */
export const TURNAROUND_SERIES = /^TURNAROUND_[A-Z0-9]+$/

/** `TURNAROUND_PADD3`, and `TURNAROUND_ALL` for all regions together. */
const turnaroundId = (region: string): string => `TURNAROUND_${region}`

/**
 * Maintenance that someone keeps: `refinery, unit, region, capacity_kbd, start, end, announced`, one row a unit, kb/d off from
 * `start` to `end` inclusive. Becomes the mean capacity offline of each week, by region and in all, with a vintage for each
 * day on which something was announced.
 */
export async function readTurnarounds(
  path: string,
  calendar: BusinessCalendar,
  signal: AbortSignal,
): Promise<SeriesColumns[]> {
  const { file, rows } = await typedRows(path, COLUMNS, 'docs/sources-turnarounds.md describes the file', signal)
  const seen = new Set<string>()
  const outages = rows.map(
    ({ refinery, unit, region, capacity_kbd: capacity, start, end, announced, line }): Outage => {
      const no = (code: string, what: string, hint: string): Error =>
        refusal(code, `${file} line ${line}: ${what}`, hint, { file, line, refinery })
      if (region === 'ALL')
        throw no('REGION_RESERVED', 'ALL is the sum of the regions', 'name the region: PADD3, NWE …')
      if (end < start) {
        throw no(
          'ENDS_BEFORE_START',
          `ends on ${isoFromDay(end)}, before it starts on ${isoFromDay(start)}`,
          'swap the two',
        )
      }
      if (end - start > LONGEST_DAYS) {
        throw no(
          'TOO_LONG',
          `lasts ${end - start + 1} days`,
          `a turnaround of more than ${LONGEST_DAYS} days is a closure`,
        )
      }
      const key = `${refinery}/${unit ?? ''}/${start}`
      if (seen.has(key)) {
        throw no(
          'ROW_TWICE',
          `${refinery} ${unit ?? ''} from ${isoFromDay(start)} stands in the file twice`,
          'take one out',
        )
      }
      seen.add(key)
      return { region, capacityKbPerDay: capacity, start, end, knownOn: calendar.addBusinessDays(announced, 1) }
    },
  )
  const regions = [...new Set(outages.map(({ region }) => region))].sort()
  return [
    ...regions.map((region) =>
      weeklySeries(
        turnaroundId(region),
        outages.filter((one) => one.region === region),
      ),
    ),
    weeklySeries(turnaroundId('ALL'), outages),
  ]
}

const FRIDAY = 5

/** Mean kb/d offline in each week ending on a Friday, with the vintages in which it became known. */
function weeklySeries(id: string, outages: readonly Outage[]): SeriesColumns {
  const fridayOnOrAfter = (day: EpochDay): EpochDay => day + ((FRIDAY - weekdayOf(day) + 7) % 7)
  const first = fridayOnOrAfter(Math.min(...outages.map(({ start }) => start)))
  const last = fridayOnOrAfter(Math.max(...outages.map(({ end }) => end)))
  const earliest = Math.min(...outages.map((one) => one.knownOn))
  const period: number[] = []
  const knownOn: number[] = []
  const value: number[] = []
  for (let friday = first; friday <= last; friday += 7) {
    const touching = outages.filter(({ start, end }) => start <= friday && end > friday - 7)
    // nothing was known to be off that week before its first announcement
    const dates = [...new Set([earliest, ...touching.map((one) => one.knownOn)])].sort((a, b) => a - b)
    for (const date of dates) {
      const kbDays = touching
        .filter((one) => one.knownOn <= date)
        .reduce((sum, { capacityKbPerDay, start, end }) => {
          const days = Math.min(end, friday) - Math.max(start, friday - 6) + 1
          return sum + capacityKbPerDay * days
        }, 0)
      period.push(friday)
      knownOn.push(date)
      value.push(kbDays / 7)
    }
  }
  return {
    kind: 'series',
    id,
    unit: 'kb/d',
    frequency: 'weekly',
    period: Int32Array.from(period),
    knownOn: Int32Array.from(knownOn),
    value: Float64Array.from(value),
    knownOnFrom: 'vendor',
  }
}
