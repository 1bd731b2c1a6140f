import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { section, type PublicationsSection } from '../../src/lib/config/sections/publications.js'
import { dayFromIso, isoFromDay, isWeekend, weekdayOf, type EpochDay } from '../../src/lib/kernel/day.js'
import { isFederalHoliday } from '../../src/lib/market/federal-holiday.js'
import type { BusinessCalendar } from '../../src/lib/market/market.js'
import { knownOnDay, publicationRuleOf, seriesFactsOf } from '../../src/lib/market/publication.js'

const publications: PublicationsSection = section.schema.parse(
  parse(readFileSync(new URL('../../config/publications.yaml', import.meta.url), 'utf8')),
)

/** Weekdays but federal holidays: on the days below the exchange's list says the same. */
const isBusinessDay = (day: EpochDay): boolean => !isWeekend(day) && !isFederalHoliday(day)
const step = (day: EpochDay, by: 1 | -1): EpochDay => {
  let next = day + by
  while (!isBusinessDay(next)) next += by
  return next
}
const calendar: BusinessCalendar = {
  name: 'weekdays',
  isBusinessDay,
  addBusinessDays: (day, n) => Array.from({ length: n }).reduce<EpochDay>((from) => step(from, 1), day),
  onOrBefore: (day) => (isBusinessDay(day) ? day : step(day, -1)),
  onOrAfter: (day) => (isBusinessDay(day) ? day : step(day, 1)),
  businessDaysBetween: () => 0,
  earlyClose: () => null,
}

function knownOn(id: string, period: string): string {
  const frequency = seriesFactsOf(publications, id)?.frequency ?? 'daily'
  return isoFromDay(knownOnDay(publicationRuleOf(publications, id, frequency), dayFromIso(period)!, calendar))
}

describe('EIA weekly stocks', () => {
  it('are usable on the Wednesday after the week-ending Friday', () => {
    expect(knownOn('WCESTUS1', '2024-03-08')).toBe('2024-03-13')
  })
  it('wait for Thursday where a federal holiday falls on Monday, Tuesday or Wednesday', () => {
    expect(knownOn('WCESTUS1', '2024-02-16')).toBe('2024-02-22') // Presidents' Day, Monday 19 February
    expect(knownOn('WCESTUS1', '2023-06-30')).toBe('2023-07-06') // Independence Day, Tuesday
    expect(knownOn('WCESTUS1', '2024-06-14')).toBe('2024-06-20') // Juneteenth, Wednesday
    expect(knownOn('WCESTUS1', '2023-10-06')).toBe('2023-10-12') // Columbus Day settles, EIA is closed
  })
  it('stay on Wednesday where the holiday is the Thursday', () => {
    expect(knownOn('WCESTUS1', '2024-06-28')).toBe('2024-07-03')
  })
  it('follow the dated table where offices were closed for other reasons', () => {
    expect(knownOn('WCRFPUS2', '2018-12-21')).toBe('2018-12-28')
    expect(knownOn('W_EPC0_SAX_YCUOK_MBBL', '2022-06-17')).toBe('2022-06-29')
  })
  it('are never usable before the Wednesday, and on Thursday or later in each week with an early holiday, 2000 to 2040', () => {
    const from = dayFromIso('2000-01-07')!
    for (let friday = from; friday < dayFromIso('2040-12-31')!; friday += 7) {
      expect(weekdayOf(friday)).toBe(5)
      const rule = publicationRuleOf(publications, 'WCESTUS1', 'weekly')
      const lag = knownOnDay(rule, friday, calendar) - friday
      const moved = [3, 4, 5].some((days) => isFederalHoliday(friday + days))
      expect(lag).toBeGreaterThanOrEqual(moved ? 6 : 5)
      expect(lag).toBeLessThanOrEqual(12)
    }
  })
})

describe('Commitments of Traders', () => {
  it('as of Tuesday appear on Friday after the settlement: usable on Monday', () => {
    expect(knownOn('CFTC_067651_OI', '2024-03-12')).toBe('2024-03-18')
  })
  it('as of a Monday belong to the same Friday', () => {
    expect(knownOn('CFTC_067651_OI', '2017-07-03')).toBe('2017-07-11') // Independence Day delays it to Monday 10 July
    expect(knownOn('CFTC_067651_OI', '2012-12-24')).toBe('2013-01-02') // Christmas: out on Monday 31 December
  })
  it('of the shutdown of 2018–19 appeared from 1 February on', () => {
    expect(knownOn('CFTC_067651_OI', '2018-12-24')).toBe('2019-02-04')
  })
})

describe('Federal Reserve', () => {
  it('dollar index: the week is out on Monday 16:15, usable on Tuesday', () => {
    expect(knownOn('DTWEXBGS', '2024-03-04')).toBe('2024-03-12')
    expect(knownOn('DTWEXBGS', '2024-03-08')).toBe('2024-03-12')
    expect(knownOn('DTWEXBGS', '2024-02-16')).toBe('2024-02-21') // Presidents' Day: Tuesday's release
  })
  it('ten-year yield: the next business day', () => {
    expect(knownOn('DGS10', '2024-03-08')).toBe('2024-03-11')
  })
})

describe('the rest', () => {
  it('EIA daily spot: two business days', () => {
    expect(knownOn('RWTC', '2024-03-07')).toBe('2024-03-11')
  })
  it('a monthly figure without a release: the last day of the following month', () => {
    expect(knownOn('COPR_OPEC', '2024-01-01')).toBe('2024-02-29')
    expect(knownOn('COPR_OPEC', '2024-12-01')).toBe('2025-01-31')
  })
  it('an unknown series takes the rule of its frequency', () => {
    expect(seriesFactsOf(publications, 'MY_SERIES')).toBeNull()
    expect(knownOn('MY_SERIES', '2024-03-08')).toBe('2024-03-11')
  })
})

describe('federal holidays', () => {
  it('move to Friday or Monday from a weekend', () => {
    expect(isFederalHoliday(dayFromIso('2021-12-24')!)).toBe(true)
    expect(isFederalHoliday(dayFromIso('2021-12-31')!)).toBe(true) // New Year 2022, a Saturday
    expect(isFederalHoliday(dayFromIso('2022-06-20')!)).toBe(true)
    expect(isFederalHoliday(dayFromIso('2020-06-19')!)).toBe(false) // Juneteenth only from 2021
  })
})

describe('config/publications.yaml', () => {
  it('knows the unit and frequency of EIA ids by their form', () => {
    const unitOf = (id: string) => seriesFactsOf(publications, id)?.unit
    expect([unitOf('WCESTUS1'), unitOf('WCRFPUS2'), unitOf('WPULEUS3')]).toEqual(['kbbl', 'kb/d', '%'])
    expect([unitOf('RWTC'), unitOf('EER_EPMRR_PE1_Y35NY_DPG'), unitOf('RNGWHHD')]).toEqual([
      'USD/bbl',
      'USD/gal',
      'USD/MMBtu',
    ])
  })
  it('is refused where a series names a rule that is not there', () => {
    const parsed = section.schema.safeParse({
      rules: {},
      fallback: { daily: 'a', weekly: 'b', monthly: 'c' },
      series: [],
    })
    expect(parsed.error?.issues.map((issue) => issue.message)).toContain('there is no rule "a"')
  })
})
