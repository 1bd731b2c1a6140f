import { expect, it } from 'vitest'
import { createIndicatorCache } from '../../src/lib/backtest/indicator-cache.js'

const column = (value: number): Float64Array => new Float64Array(10).fill(value)

it('keeps columns up to its limit, those used last, and makes the others anew', () => {
  const cached = createIndicatorCache(160)
  const made: string[] = []
  const ask = (key: string): Float64Array => cached(key, () => (made.push(key), [column(1)]))[0]
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) ask(key)
  expect(made.join('')).toBe('abcb')
  // More than the limit by itself is still handed out.
  expect(cached('wide', () => [column(1), column(2), column(3)]).map(([value]) => value)).toEqual([1, 2, 3])
})

it('keeps for good what was adopted, without counting it', () => {
  let room = 2
  const cached = createIndicatorCache(80, (own) => (room-- > 0 ? own.slice() : own))
  const made: string[] = []
  const ask = (key: string): Float64Array => cached(key, () => (made.push(key), [column(1)]))[0]
  for (const key of ['a', 'b', 'c', 'd', 'a', 'b', 'd', 'c']) ask(key)
  expect(made.join('')).toBe('abcdc')
})
