import { describe, expect, it } from 'vitest'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { gjrLongRunVariance, gjrPersistence, gjrStep, unitVariance } from '../../src/lib/simulate/gjr-garch.js'
import { jumpDraws, jumpDriftPerYear, jumpVariancePerYear } from '../../src/lib/simulate/jumps.js'
import { normalDraws } from '../../src/lib/simulate/normal-draws.js'
import { studentMixing } from '../../src/lib/simulate/student-mixing.js'
import { correlation, kurtosis, mean, variance } from './world.js'

const model = { omega: 0.0205, alpha: 0.01, gamma: 0.066, beta: 0.95 }

describe('gjrStep', () => {
  it('after a fall of 3 % at variance 4: 0.0205 + 0.076 × 9 + 0.95 × 4 = 4.5045; after a rise 3.9105', () => {
    expect(gjrStep(model, -3, 4)).toBeCloseTo(4.5045, 12)
    expect(gjrStep(model, 3, 4)).toBeCloseTo(3.9105, 12)
  })

  it('WTI 2010–2019 keeps 99.3 % of a shock a day and returns to 2.93, 27 % a year', () => {
    expect(gjrPersistence(model)).toBeCloseTo(0.993, 12)
    expect(gjrLongRunVariance(model)).toBeCloseTo(0.0205 / 0.007, 10)
    expect(gjrLongRunVariance(unitVariance(model))).toBeCloseTo(1, 12)
  })
})

describe('studentMixing', () => {
  it('has mean square 1 and makes shocks of the kurtosis of Student-t: 5 for ν = 7 (3 + 6 / 3)', () => {
    const mixing = studentMixing(seededRng(5, 'mixing'))
    const normal = normalDraws(seededRng(5, 'normal'))
    const factors: number[] = []
    const shocks: number[] = []
    for (let i = 0; i < 200_000; i++) {
      mixing.next()
      factors.push(mixing.factor(7))
      shocks.push(factors[i] * normal())
    }
    expect(mean(factors.map((factor) => factor * factor))).toBeCloseTo(1, 2)
    expect(variance(shocks)).toBeGreaterThan(0.98)
    expect(variance(shocks)).toBeLessThan(1.02)
    expect(kurtosis(shocks)).toBeGreaterThan(4.4)
    expect(kurtosis(shocks)).toBeLessThan(5.8)
  })

  it('gives products of different ν their wild days together', () => {
    const mixing = studentMixing(seededRng(6, 'mixing'))
    const pairs = Array.from({ length: 20_000 }, () => {
      mixing.next()
      return [mixing.factor(5.7), mixing.factor(7.4)] as const
    })
    const logs = [0, 1].map((side) => pairs.map((pair) => Math.log(pair[side])))
    expect(correlation(logs[0], logs[1])).toBeGreaterThan(0.9)
  })
})

describe('jumps', () => {
  const jumps = { perYear: 2.5, mean: -0.038, sd: 0.1 }

  it('2.5 a year of mean −3.8 % and sd 10 % carry −9.5 % of drift and 0.02861 of variance a year', () => {
    expect(jumpDriftPerYear(jumps)).toBeCloseTo(-0.095, 12)
    expect(jumpVariancePerYear(jumps)).toBeCloseTo(0.02861, 12)
  })

  it('come as often and as large as they should over 4,000 years', () => {
    const draw = jumpDraws(jumps, 1 / 252, seededRng(3, 'jumps'))
    const drawn = Array.from({ length: 4000 * 252 }, draw).filter((jump) => jump !== 0)
    expect(Math.abs(drawn.length / 4000 - 2.5)).toBeLessThan(0.1)
    expect(Math.abs(mean(drawn) + 0.038)).toBeLessThan(0.004)
    expect(Math.abs(Math.sqrt(variance(drawn)) - 0.1)).toBeLessThan(0.003)
  })
})
