import { describe, expect, it } from 'vitest'
import { gateSeries } from '../../src/lib/market/quality/gate-series.js'
import { said, series, tradingDays } from './rows.js'

/** WTI spot over forty days, around 75. */
const spot = (change: (i: number) => number) =>
  tradingDays('CL', '2023-01-03', 40).map((date, i) => [date, date, 75 + Math.sin(i * 2.1) + change(i)] as const)

describe('an observation is dropped', () => {
  it('on a weekend if the series is daily, where it is no number, where it is a zero among prices', () => {
    const { findings } = gateSeries(
      series([...spot(() => 0), ['2023-03-04', '2023-03-06', 80], ['2023-03-06', '2023-03-06', Number.NaN]]),
    )
    expect(said(findings)).toEqual(['2023-03-06 RWTC not-a-number dropped', '2023-03-04 RWTC non-trading-day dropped'])
    const zero = gateSeries(series(spot((i) => (i === 30 ? -75 - Math.sin(63) : 0))))
    expect(said(zero.findings)).toEqual(['2023-02-15 RWTC zero-price dropped'])
  })

  it('twice for one period and one known-on day with two values; another known-on day is another vintage', () => {
    const { kept, findings } = gateSeries(
      series(
        [
          ['2024-01-05', '2024-01-10', 432_403],
          ['2024-01-05', '2024-01-18', 432_000],
          ['2024-01-12', '2024-01-18', 429_911],
          ['2024-01-12', '2024-01-18', 429_119],
        ],
        { id: 'WCESTUS1', unit: 'kbbl', frequency: 'weekly' },
      ),
    )
    expect(findings.map(({ reason }) => reason)).toEqual(['conflicting-duplicate', 'conflicting-duplicate'])
    expect([...kept.value]).toEqual([432_403, 432_000])
  })
})

describe('an observation is kept', () => {
  it('with a flag where a price jumps and comes back: alone, nobody can tell an error from 20 April 2020', () => {
    const { kept, findings } = gateSeries(series(spot((i) => (i === 30 ? 20 : 0))))
    expect(said(findings)).toEqual(['2023-02-15 RWTC spike kept'])
    expect(kept.value.length).toBe(40)
  })

  it('without a word where a spread is small or below zero', () => {
    const spread = spot((i) => -75 - (i % 3))
    expect(gateSeries(series(spread, { id: 'SPREAD' })).findings).toEqual([])
  })

  it('with a flag after a hole of fifteen days', () => {
    const { findings } = gateSeries(
      series(
        [
          ['2005-09-22', '2005-09-23', 14.7],
          ['2005-10-07', '2005-10-10', 13.4],
        ],
        { unit: 'USD/MMBtu' },
      ),
    )
    expect(said(findings)).toEqual(['2005-10-07 calendar days since the last gap kept'])
    expect(findings[0].value).toBe(15)
  })
})
