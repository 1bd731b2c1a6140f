import { describe, expect, it } from 'vitest'
import {
  dayIndexOf,
  dayIndexOnOrBefore,
  indexCurve,
  rowOfRank,
  settlementOf,
} from '../../src/lib/market/curve-index.js'
import type { CurveColumns } from '../../src/lib/market/dataset.js'

// two days; on the second, rank 1 did not settle
const columns: CurveColumns = {
  kind: 'curves',
  product: 'CL',
  unit: 'USD/bbl',
  day: Int32Array.of(10, 10, 10, 12, 12),
  month: Int32Array.of(202005, 202006, 202007, 202006, 202007),
  rank: Int32Array.of(1, 2, 3, 2, 3),
  settlement: Float64Array.of(18.27, 25.03, 29.42, 20.43, 26.28),
}

describe('indexCurve', () => {
  const index = indexCurve(columns)
  it('finds the days and where their rows begin', () => {
    expect([...index.days]).toEqual([10, 12])
    expect([...index.offsets]).toEqual([0, 3, 5])
  })
  it('finds the last day on or before another', () => {
    expect([9, 10, 11, 12, 99].map((day) => dayIndexOnOrBefore(index, day))).toEqual([-1, 0, 0, 1, 1])
    expect(dayIndexOf(index, 11)).toBe(-1)
  })
  it('finds a contract’s settlement, and NaN where it has none', () => {
    expect(settlementOf(index, 12, 202006)).toBe(20.43)
    expect(settlementOf(index, 12, 202005)).toBeNaN()
    expect(settlementOf(index, 11, 202006)).toBeNaN()
  })
  it('finds a rank also behind a hole', () => {
    expect(rowOfRank(index, 1, 1)).toBe(-1)
    expect(rowOfRank(index, 1, 3)).toBe(4)
  })
  it('of nothing is empty', () => {
    const none = indexCurve({
      ...columns,
      day: new Int32Array(),
      month: new Int32Array(),
      rank: new Int32Array(),
      settlement: new Float64Array(),
    })
    expect([...none.days]).toEqual([])
    expect(dayIndexOnOrBefore(none, 10)).toBe(-1)
  })
})
