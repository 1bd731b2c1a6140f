import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mean, sampleSd, zScore } from '../../src/lib/kernel/moments.js'
import { sharedFile } from '../support/shared.js'

const prices = fc.array(fc.double({ min: -200, max: 200, noNaN: true }), { minLength: 2, maxLength: 60 })

describe('mean and sampleSd', () => {
  it('of 2, 4, 4, 4, 5, 5, 7, 9 are 5 and √(32 ÷ 7)', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5)
    expect(sampleSd([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 14)
  })
  it('have no spread with one value, and no mean with none', () => {
    expect(sampleSd([3])).toBeNaN()
    expect(mean([])).toBeNaN()
  })
  it('carry NaN through', () => expect(sampleSd([1, Number.NaN, 3])).toBeNaN())
  it('move with the prices: adding 1,000 leaves the spread, doubling doubles it', () => {
    fc.assert(
      fc.property(prices, (values) => {
        const sd = sampleSd(values)
        expect(sampleSd(values.map((v) => v + 1000))).toBeCloseTo(sd, 8)
        expect(sampleSd(values.map((v) => 2 * v))).toBeCloseTo(2 * sd, 8)
        expect(mean([...values].reverse())).toBeCloseTo(mean(values), 10)
      }),
      { seed: 1 },
    )
  })
})

describe('zScore', () => {
  it('of 3 in 1, 2, 3 is 1', () => expect(zScore(3, [1, 2, 3])).toBe(1))
  it('has no scale in a sample that does not move', () => expect(zScore(4, [4, 4, 4])).toBeNaN())
})

const moments = sharedFile('goldens/risk/moments.json')
const dataset = sharedFile('goldens/risk/dataset_prices.csv')
describe.skipIf(!moments || !dataset)('against NumPy on 1,500 log returns', () => {
  it('agree to 12 digits', () => {
    const [header, ...lines] = readFileSync(dataset!, 'utf8').trim().split('\n')
    const column = header.split(',').indexOf('CL')
    const price = lines.map((line) => Number(line.split(',')[column]))
    const returns = price.slice(1).map((p, i) => Math.log(p / price[i]))
    const golden = (
      JSON.parse(readFileSync(moments!, 'utf8')) as { data: { CL: { n: number; mean: number; sd_n1: number } } }
    ).data.CL
    expect(returns.length).toBe(golden.n)
    expect(mean(returns) / golden.mean).toBeCloseTo(1, 11)
    expect(sampleSd(returns) / golden.sd_n1).toBeCloseTo(1, 12)
  })
})
