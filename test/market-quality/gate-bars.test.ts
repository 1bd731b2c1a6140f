import { describe, expect, it } from 'vitest'
import { gateBars } from '../../src/lib/market/quality/gate-bars.js'
import { bars, market, said, tradingDays } from './rows.js'

const gate = (rows: Parameters<typeof bars>[2]) => gateBars(market, bars('CL', 'USD/bbl', rows))

describe('a bar is dropped', () => {
  it('where its low is above its high', () => {
    expect(said(gate([['2009-12-23', 74, 75.1, 75.45, 75.3]]).findings)).toEqual([
      '2009-12-23 low low-above-high dropped',
    ])
  })

  it('on a day without a session: Thanksgiving for a product, a Saturday for any symbol', () => {
    expect(said(gate([['2023-11-23', 76, 77, 75, 76.35]]).findings)).toEqual(['2023-11-23 bar non-trading-day dropped'])
    const { findings } = gateBars(market, bars('VIX', 'index', [['2024-01-06', 13, 14, 13, 13.5]]))
    expect(said(findings)).toEqual(['2024-01-06 bar non-trading-day dropped'])
  })

  it('where a field is exactly zero and the others are not, or the close is missing', () => {
    const { kept, findings } = gate([
      ['2024-01-02', 0, 73, 70, 70.38],
      ['2024-01-03', 70, 73, 69, 0],
      ['2024-01-04', 73, 74, 71, Number.NaN],
      ['2024-01-05', 72, 74, 72, 73.81],
    ])
    expect(said(findings)).toEqual([
      '2024-01-04 close not-a-number dropped',
      '2024-01-02 open zero-price dropped',
      '2024-01-03 close zero-price dropped',
    ])
    expect([...kept.close]).toEqual([73.81])
  })

  it('twice with two closes: neither can be trusted', () => {
    const { kept, findings } = gate([
      ['2024-01-02', 72, 73, 70, 70.38],
      ['2024-01-02', 72, 73, 70, 70.83],
    ])
    expect(findings.map(({ reason }) => reason)).toEqual(['conflicting-duplicate', 'conflicting-duplicate'])
    expect(kept.close.length).toBe(0)
  })
})

describe('a bar is kept', () => {
  it('with a flag where the settlement or the open lies outside the traded range: both are real', () => {
    const { kept, findings } = gate([
      ['2024-01-02', 72, 73, 71, 70.38],
      ['2024-01-03', 69, 73, 70, 72.7],
    ])
    expect(said(findings)).toEqual([
      '2024-01-02 close close-outside-range kept',
      '2024-01-03 open close-outside-range kept',
    ])
    expect(kept.close.length).toBe(2)
  })

  it('as it was on 20 April 2020, open −14 the next day', () => {
    const { kept } = gate([
      ['2020-04-20', 17.73, 17.85, -40.32, -37.63],
      ['2020-04-21', -14, 13.86, -16.74, 10.01],
    ])
    expect([...kept.close]).toEqual([-37.63, 10.01])
  })

  it('with a flag after seventeen days without one, and where the close jumps and comes back', () => {
    const hole = gateBars(
      market,
      bars('BRN', 'USD/bbl', [
        ['2009-04-14', 51, 52, 50, 51],
        ['2009-05-06', 54, 55, 53, 54],
      ]),
    )
    expect(said(hole.findings)).toEqual(['2009-05-06 days missing before gap kept'])
    const days = tradingDays('CL', '2023-01-03', 40)
    const close = (i: number): number => (i === 20 ? 95 : 75 + Math.sin(i * 2.1))
    const { findings } = gate(days.map((date, i) => [date, close(i), close(i) + 1, close(i) - 1, close(i)] as const))
    expect(said(findings)).toEqual([`${days[20]} close spike kept`])
  })
})
