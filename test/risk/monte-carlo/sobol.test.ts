import { describe, expect, it } from 'vitest'
import {
  MAX_SOBOL_DIMENSIONS,
  nextSobolPoint,
  sobolDirections,
  sobolPoint,
} from '../../../src/lib/risk/monte-carlo/sobol.js'
import { golden } from '../../support/golden.js'

function point(index: number, dimensions: number): number[] {
  const target = new Uint32Array(dimensions)
  sobolPoint(sobolDirections(dimensions), index, target)
  return Array.from(target, (word) => word / 2 ** 32)
}

describe('Sobol points', () => {
  it('are those of SciPy in six dimensions', () => {
    const { sobol_d6_first8: peer } = golden<{ sobol_d6_first8: number[][] }>('risk/montecarlo.json')
    expect(peer.map((_, index) => point(index, 6))).toEqual(peer)
  })

  it('have van der Corput’s first coordinate in Gray-code order, as Halton’s points have theirs in bases 2, 3 and 5', () => {
    const { halton_d3_first8: peer } = golden<{ halton_d3_first8: number[][] }>('risk/montecarlo.json')
    const radicalInverse = (index: number, base: number): number =>
      index === 0 ? 0 : ((index % base) + radicalInverse(Math.floor(index / base), base)) / base
    peer.forEach((halton, index) => {
      expect(point(index, 1)[0]).toBe(peer[index ^ (index >> 1)][0])
      for (const [i, base] of [2, 3, 5].entries()) expect(radicalInverse(index, base)).toBeCloseTo(halton[i], 14)
    })
  })

  it('are those of SciPy far out and in high dimensions', () => {
    const coordinates = (index: number): number[] => {
      const all = point(index, 64)
      return [0, 1, 7, 20, 40, 63].map((dimension) => all[dimension])
    }
    expect(coordinates(100)).toEqual([0.4140625, 0.2578125, 0.4765625, 0.7578125, 0.7109375, 0.6484375])
    expect(coordinates(1000)).toEqual([
      0.2197265625, 0.0966796875, 0.8994140625, 0.5224609375, 0.9130859375, 0.4462890625,
    ])
    expect(coordinates(1023)).toEqual([
      0.0009765625, 0.7529296875, 0.6181640625, 0.8662109375, 0.6318359375, 0.0400390625,
    ])
  })

  it('are the same one after another as one by one', () => {
    const directions = sobolDirections(8)
    const walked = new Uint32Array(8)
    for (let index = 0; index < 300; index++) {
      if (index > 0) nextSobolPoint(directions, index - 1, walked)
      const direct = new Uint32Array(8)
      sobolPoint(directions, index, direct)
      expect(walked).toEqual(direct)
    }
  })

  it('fall once into each of 256 slices in every coordinate', () => {
    const slices = Array.from({ length: MAX_SOBOL_DIMENSIONS }, () => new Set<number>())
    for (let index = 0; index < 256; index++) {
      point(index, MAX_SOBOL_DIMENSIONS).forEach((value, dimension) => slices[dimension].add(Math.floor(value * 256)))
    }
    expect(slices.map((slice) => slice.size)).toEqual(new Array(MAX_SOBOL_DIMENSIONS).fill(256))
  })
})
