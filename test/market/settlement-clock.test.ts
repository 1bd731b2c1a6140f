import { describe, expect, it } from 'vitest'
import { civilFromDay, isoFromDay } from '../../src/lib/kernel/day.js'
import { clocksOutOfStep, hoursNewYorkToLondon } from '../../src/lib/market/settlement-clock.js'
import { day } from './market.js'

describe('clocks of New York and London', () => {
  it.each([
    ['2024-03-08', false],
    ['2024-03-11', true],
    ['2024-03-28', true],
    ['2024-04-01', false],
    ['2024-10-25', false],
    ['2024-10-28', true],
    ['2024-11-01', true],
    ['2024-11-04', false],
    ['2006-03-28', true],
  ])('on %s are out of step: %s', (date, expected) => expect(clocksOutOfStep(day(date))).toBe(expected))

  it('agree with the time zone database on every day from 1981 to 2035, at 18:00 UTC', () => {
    const hourIn = (zone: string) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' })
    const newYork = hourIn('America/New_York')
    const london = hourIn('Europe/London')
    const wrong: string[] = []
    for (let date = day('1981-01-01'); date <= day('2035-12-31'); date++) {
      const { year, month, dayOfMonth } = civilFromDay(date)
      const instant = new Date(Date.UTC(year, month - 1, dayOfMonth, 18))
      const hours = Number(london.format(instant)) - Number(newYork.format(instant))
      if (hoursNewYorkToLondon(date) !== hours) wrong.push(isoFromDay(date))
    }
    expect(wrong).toEqual([])
  })
})
