import { describe, expect, it } from 'vitest'
import { gateCurves } from '../../src/lib/market/quality/gate-curves.js'
import { curves, market, said, tradingDays, type Settlement } from './rows.js'

const gate = (rows: readonly Settlement[]) => gateCurves(market, curves('CL', 'USD/bbl', rows))

/** Four gasoline contracts that move together by one or two cents a day, around October 2015. */
function gasoline(change: (date: string, month: number) => number = () => 0): Settlement[] {
  const months = [201512, 201601, 201602, 201603]
  return tradingDays('RB', '2015-09-21', 40).flatMap((date, i) =>
    months.map((month, k): Settlement => [
      date,
      month,
      Math.round(10_000 * (1.28 + 0.01 * k + 0.015 * Math.sin(i * 2.1) + change(date, month))) / 10_000,
    ]),
  )
}
const gateGasoline = (rows: readonly Settlement[]) => gateCurves(market, curves('RB', 'USD/gal', rows))

describe('a settlement is dropped', () => {
  it('on a Sunday, as gasoline was with 0 on 2017-08-27', () => {
    const { kept, findings } = gateGasoline([
      ['2017-08-25', 201710, 1.5474],
      ['2017-08-27', 201710, 0],
      ['2017-08-28', 201710, 1.5879],
    ])
    expect(said(findings)).toEqual(['2017-08-27 RBV17 non-trading-day dropped'])
    expect([...kept.settlement]).toEqual([1.5474, 1.5879])
  })

  it('on a holiday of the exchange: 4 July 2023', () => {
    const { findings } = gate([
      ['2023-07-03', 202308, 69.79],
      ['2023-07-04', 202308, 69.79],
    ])
    expect(said(findings)).toEqual(['2023-07-04 CLQ23 non-trading-day dropped'])
  })

  it('of a contract that had expired: May 2020 ended on 21 April', () => {
    const { kept, findings } = gate([
      ['2020-04-21', 202005, 10.01],
      ['2020-04-22', 202005, 10.01],
      ['2020-04-22', 202006, 13.78],
    ])
    expect(said(findings)).toEqual(['2020-04-22 CLK20 expired-contract dropped'])
    expect([...kept.month]).toEqual([202005, 202006])
  })

  it('where it is no number', () => {
    const { kept, findings } = gate([
      ['2024-01-02', 202402, Number.NaN],
      ['2024-01-02', 202403, 70.5],
    ])
    expect(findings).toEqual([
      { series: 'CL', day: 19_724, what: 'CLG24', value: null, reason: 'not-a-number', action: 'dropped' },
    ])
    expect([...kept.settlement]).toEqual([70.5])
  })

  it('where it is exactly zero amid prices far from it, in dollars a gallon too', () => {
    const { findings } = gateGasoline([
      ['2009-01-02', 200902, 1.0],
      ['2009-01-02', 200903, 0],
      ['2009-01-02', 200904, 0.9],
    ])
    expect(said(findings)).toEqual(['2009-01-02 RBH09 zero-price dropped'])
  })

  it('but not a zero between small prices: on the way down to −37.63 a contract passes zero', () => {
    const { findings } = gate([
      ['2020-04-17', 202006, 20],
      ['2020-04-20', 202005, -1.5],
      ['2020-04-20', 202006, 0],
      ['2020-04-20', 202007, 1.2],
      ['2020-04-21', 202006, 21],
      ['2020-04-21', 202007, 22],
    ])
    expect(findings.filter(({ reason }) => reason === 'zero-price')).toEqual([])
  })

  it('twice the same: one stays; three times with two opinions: none does', () => {
    const { kept, findings } = gate([
      ['2024-01-02', 202402, 70.38],
      ['2024-01-02', 202402, 70.38],
      ['2024-01-03', 202402, 72.7],
      ['2024-01-03', 202402, 72.7],
      ['2024-01-03', 202402, 72.07],
    ])
    expect(said(findings)).toEqual([
      '2024-01-02 CLG24 duplicate dropped',
      '2024-01-03 CLG24 conflicting-duplicate dropped',
      '2024-01-03 CLG24 conflicting-duplicate dropped',
      '2024-01-03 CLG24 conflicting-duplicate dropped',
    ])
    expect([...kept.settlement]).toEqual([70.38])
  })

  it('where it jumps from 1.28 to 1.517 and back while its neighbours stand still', () => {
    const { kept, findings } = gateGasoline(
      gasoline((date, month) => (date === '2015-10-21' && month === 201512 ? 0.237 : 0)),
    )
    expect(said(findings)).toEqual(['2015-10-21 RBZ15 spike dropped'])
    expect(kept.settlement.length).toBe(159)
  })
})

describe('a settlement is kept', () => {
  it('with a flag where it jumps and does not come back', () => {
    const { kept, findings } = gateGasoline(
      gasoline((date, month) => (date >= '2015-10-21' && month === 201512 ? 0.237 : 0)),
    )
    expect(said(findings)).toEqual(['2015-10-21 RBZ15 spike kept'])
    expect(kept.settlement.length).toBe(160)
  })

  it('without a word where all contracts jump and come back: that is news', () => {
    const { findings } = gateGasoline(gasoline((date) => (date === '2015-10-21' ? 0.237 : 0)))
    expect(findings).toEqual([])
  })

  it('with a flag at −37.63 on 20 April 2020, a day before its end, though it came back to 10.01', () => {
    const before = tradingDays('CL', '2020-03-09', 29).flatMap((date, i): Settlement[] => [
      [date, 202005, 24 + Math.sin(i)],
      [date, 202006, 28 + Math.sin(i)],
      [date, 202007, 31 + Math.sin(i)],
    ])
    expect(before[before.length - 1][0]).toBe('2020-04-17')
    const { kept, findings } = gate([
      ...before,
      ['2020-04-20', 202005, -37.63],
      ['2020-04-20', 202006, 27.4],
      ['2020-04-20', 202007, 30.9],
      ['2020-04-21', 202005, 10.01],
      ['2020-04-21', 202006, 27.9],
      ['2020-04-21', 202007, 31.2],
    ])
    expect(said(findings).slice(0, 1)).toEqual(['2020-04-20 CLK20 spike kept'])
    expect(findings.every(({ action }) => action === 'kept')).toBe(true)
    expect(kept.settlement).toContain(-37.63)
  })

  it('with a flag where a whole curve repeats the day before, or five business days are missing', () => {
    const four = (date: string, add: number): Settlement[] =>
      [202402, 202403, 202404, 202405].map((month, i): Settlement => [date, month, 70 + i + add])
    const { findings } = gate([...four('2024-01-02', 0), ...four('2024-01-03', 0), ...four('2024-01-11', 1)])
    expect(said(findings)).toEqual(['2024-01-03 curve stale kept', '2024-01-11 days missing before gap kept'])
    expect(findings[1].value).toBe(5)
  })

  it('in order, whatever the order it came in, with its rank, open interest and volume', () => {
    const columns = {
      ...curves('CL', 'USD/bbl', [
        ['2024-01-03', 202402, 72.7],
        ['2024-01-02', 202403, 70.5],
        ['2024-01-02', 202402, 70.38],
      ]),
      openInterest: Float64Array.of(3, 2, 1),
      volume: Float64Array.of(30, 20, 10),
    }
    const { kept } = gateCurves(market, columns)
    expect([...kept.settlement]).toEqual([70.38, 70.5, 72.7])
    expect([...kept.rank]).toEqual([1, 2, 1])
    expect([...(kept.openInterest ?? [])]).toEqual([1, 2, 3])
    expect([...(kept.volume ?? [])]).toEqual([10, 20, 30])
  })
})

describe('a unit that cannot be', () => {
  const history = (scale: number): Settlement[] =>
    tradingDays('CL', '2023-01-03', 30).map((date, i): Settlement => [date, 202306, scale * (75 + Math.sin(i))])

  it('refuses cents: a median of 7,500 is no price in USD/bbl', () => {
    expect(() => gate(history(100))).toThrow('CL cannot be in USD/bbl: its median is 75')
  })

  it('refuses dollars a gallon: a median of 1.8 over thirty days', () => {
    expect(() => gate(history(1 / 42))).toThrow(/CL cannot be in USD\/bbl: its median is 1\.7/)
  })

  it('says nothing of one wild day alone', () => {
    expect(gate([['2020-04-20', 202005, -37.63]]).findings).toEqual([])
  })
})
