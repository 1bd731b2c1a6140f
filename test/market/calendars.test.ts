import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoFromDay, isWeekend } from '../../src/lib/kernel/day.js'
import { easterSunday, type CalendarName } from '../../src/lib/market/calendars.js'
import { sharedFile } from '../support/shared.js'
import { builtInMarket, day } from './market.js'
import { csvRecords } from './shared-csv.js'

const market = builtInMarket()
const nymex = market.calendar('NYMEX')
const ice = market.calendar('ICE')
const uk = market.calendar('UK')
const trading = market.calendar('NYMEX-TRADING')

describe('NYMEX settlement days', () => {
  it.each([
    ['2021-12-24', false, 'Christmas on a Saturday is kept on Friday'],
    ['2021-12-31', true, 'New Year on a Saturday is not made up for'],
    ['2023-01-02', false, 'New Year on a Sunday is kept on Monday'],
    ['2020-07-03', false, 'Independence Day on a Saturday is kept on Friday'],
    ['2021-06-18', true, 'Juneteenth is kept since 2022'],
    ['2022-06-20', false, 'Juneteenth on a Sunday is kept on Monday'],
    ['2024-03-29', false, 'Good Friday'],
    ['2023-11-24', true, 'the day after Thanksgiving settles'],
    ['2003-11-28', false, 'the day after Thanksgiving did not settle until 2006'],
    ['1997-01-20', true, 'Martin Luther King is kept since 1998'],
    ['2001-09-12', false, 'closed after the attack'],
  ])('%s is a business day: %s (%s)', (date, open) => expect(nymex.isBusinessDay(day(date))).toBe(open))
})

describe('ICE settlement days', () => {
  it.each([
    ['2023-05-01', true, 'London bank holidays settle'],
    ['2021-12-24', true, 'Christmas on a Saturday is not made up for'],
    ['2022-12-26', false, 'Christmas on a Sunday is kept on Monday'],
    ['2023-12-26', true, 'Boxing Day settles'],
    ['2023-04-07', false, 'Good Friday'],
    ['2023-07-04', true, 'Independence Day settles in London'],
  ])('%s is a business day: %s (%s)', (date, open) => expect(ice.isBusinessDay(day(date))).toBe(open))
})

describe('London business days', () => {
  it.each([
    ['1995-05-01', '1995-05-08'],
    ['2002-05-27', '2002-06-04'],
    ['2012-05-28', '2012-06-04'],
    ['2020-05-04', '2020-05-08'],
    ['2022-05-30', '2022-06-02'],
  ])('the holiday of %s was moved to %s', (from, to) => {
    expect(uk.isBusinessDay(day(from))).toBe(true)
    expect(uk.isBusinessDay(day(to))).toBe(false)
  })

  it.each(['1999-12-31', '2002-06-03', '2011-04-29', '2012-06-05', '2022-06-03', '2022-09-19', '2023-05-08'])(
    '%s was an extra holiday',
    (date) => expect(uk.isBusinessDay(day(date))).toBe(false),
  )

  it('makes up for Christmas and Boxing Day at a weekend: 27 and 28 December 2021', () => {
    const closed = ['2021-12-24', '2021-12-27', '2021-12-28', '2021-12-29'].filter(
      (date) => !uk.isBusinessDay(day(date)),
    )
    expect(closed).toEqual(['2021-12-27', '2021-12-28'])
  })

  it('makes up for Christmas on a Sunday on Tuesday 27 December 2022, and for 1 January 2022 on Monday the 3rd', () => {
    expect(['2022-12-26', '2022-12-27', '2022-12-28', '2022-01-03'].map((date) => uk.isBusinessDay(day(date)))).toEqual(
      [false, false, true, false],
    )
  })
})

describe('Globex trading days', () => {
  it('trades on Memorial Day 2022 until 14:30 and on Memorial Day 2021 until 13:00, without a settlement', () => {
    expect(trading.isBusinessDay(day('2022-05-30'))).toBe(true)
    expect(nymex.isBusinessDay(day('2022-05-30'))).toBe(false)
    expect(trading.earlyClose(day('2022-05-30'))).toBe('14:30')
    expect(trading.earlyClose(day('2021-05-31'))).toBe('13:00')
    expect(trading.earlyClose(day('2023-11-24'))).toBe('13:45')
    expect(trading.earlyClose(day('2023-11-27'))).toBeNull()
    expect(trading.isBusinessDay(day('2023-12-25'))).toBe(false)
  })
})

describe('calendar arithmetic', () => {
  it('counts past a holiday: the business day after Wednesday 3 July 2024 is Friday 5 July', () => {
    expect(isoFromDay(nymex.addBusinessDays(day('2024-07-03'), 1))).toBe('2024-07-05')
    expect(isoFromDay(nymex.addBusinessDays(day('2024-07-04'), 1))).toBe('2024-07-05')
    expect(isoFromDay(nymex.addBusinessDays(day('2024-07-04'), -1))).toBe('2024-07-03')
    expect(isoFromDay(nymex.onOrBefore(day('2024-07-04')))).toBe('2024-07-03')
    expect(isoFromDay(nymex.onOrAfter(day('2024-07-04')))).toBe('2024-07-05')
  })

  it('refuses days outside 1979 to 2060, and calls them no business days', () => {
    expect(nymex.isBusinessDay(day('1970-01-02'))).toBe(false)
    expect(() => nymex.addBusinessDays(day('1970-01-02'), 1)).toThrow(/1979 to 2060/)
    expect(() => nymex.addBusinessDays(day('2060-12-31'), 5)).toThrow(/2060/)
  })

  const names: CalendarName[] = ['NYMEX', 'ICE', 'UK', 'NYMEX-TRADING']
  it('agrees with counting days one by one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.integer({ min: day('1985-01-01'), max: day('2055-12-31') }),
        fc.integer({ min: -30, max: 30 }),
        (name, start, n) => {
          const calendar = market.calendar(name)
          let walked = start
          for (let left = Math.abs(n); left > 0;) {
            walked += Math.sign(n)
            if (calendar.isBusinessDay(walked)) left--
          }
          expect(calendar.addBusinessDays(start, n)).toBe(walked)
          if (n > 0) expect(calendar.businessDaysBetween(start, walked)).toBe(n)
        },
      ),
      { seed: 7, numRuns: 300 },
    )
  })

  it('has Easter of 2024 on 31 March and of 2038 on 25 April', () => {
    expect(isoFromDay(easterSunday(2024))).toBe('2024-03-31')
    expect(isoFromDay(easterSunday(2038))).toBe('2038-04-25')
  })
})

const curves = sharedFile('data/futures_curves_daily.csv')
describe.skipIf(!curves)('settlement calendars and 17 years of settlements', () => {
  it.each([
    ['CL01', 'NYMEX'],
    ['RB01', 'NYMEX'],
    ['HO01', 'NYMEX'],
    ['BRN01', 'ICE'],
  ] as const)('%s has a settlement on every %s business day from 2007 to 2023 and on no other', (column, name) => {
    const calendar = market.calendar(name)
    const settled = new Set(csvRecords(curves ?? '').flatMap((row) => (row[column] ? [day(row['date'])] : [])))
    const odd: string[] = []
    for (let date = day('2007-01-02'); date <= day('2023-12-29'); date++) {
      if (settled.has(date) !== calendar.isBusinessDay(date)) odd.push(isoFromDay(date))
    }
    expect(odd).toEqual([])
  })
})

const eia = sharedFile('data/eia_futures_daily.csv')
describe.skipIf(!eia)('NYMEX calendar and the EIA futures of crude from 1983 to 2006', () => {
  it('agree day by day', () => {
    const settled = new Set(csvRecords(eia ?? '').flatMap((row) => (row['RCLC1'] ? [day(row['period'])] : [])))
    const odd: string[] = []
    for (let date = Math.min(...settled); date <= day('2006-12-29'); date++) {
      if (!isWeekend(date) && settled.has(date) !== nymex.isBusinessDay(date)) odd.push(isoFromDay(date))
    }
    expect(odd).toEqual([])
  })
})
