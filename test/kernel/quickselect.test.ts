import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quickselect } from '../../src/lib/kernel/quickselect.js'

it('finds what sorting finds, and parts the values around it', () => {
  const values = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 })), {
    minLength: 1,
    maxLength: 2000,
  })
  fc.assert(
    fc.property(values, fc.nat(), (list, position) => {
      const array = Float64Array.from(list, (value) => value + 0)
      const k = position % array.length
      const sorted = Float64Array.from(array).sort()
      expect(quickselect(array, k)).toBe(sorted[k])
      expect(array.subarray(0, k).every((value) => value <= sorted[k])).toBe(true)
      expect(array.subarray(k).every((value) => value >= sorted[k])).toBe(true)
    }),
    { seed: 5, numRuns: 300 },
  )
})

it('finds the hundredth worst of a hundred thousand in order', () => {
  const values = Float64Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_000)
  expect(quickselect(values, 99)).toBe(99)
})
