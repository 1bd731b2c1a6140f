import { describe, expect, it } from 'vitest'
import { normalCdf } from '../../../src/lib/kernel/normal-distribution.js'
import { fillNormals, nextWord, streamState } from '../../../src/lib/risk/monte-carlo/normal-stream.js'

const N = 2_000_000
const draws = new Float64Array(N)
fillNormals(streamState(42, 'normals', 0), draws, 0, N)

describe('normals of the ziggurat', () => {
  it('have the moments of a normal within four standard errors', () => {
    const moment = (power: number): number => draws.reduce((sum, z) => sum + z ** power, 0) / N
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(N))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / N))
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / N))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / N))
  })

  it('lie beyond each of these points as often as a normal does, in the wedges and in the far tail too', () => {
    for (const edge of [-4.5, -3.6541528853610088, -3, -1.5, -0.2, 0, 0.7, 2.2, 3.9, 4.6]) {
      const below = draws.reduce((count, z) => count + (z < edge ? 1 : 0), 0)
      const share = normalCdf(edge)
      const error = Math.sqrt(N * share * (1 - share))
      expect(Math.abs(below - N * share), `below ${edge}`).toBeLessThan(4 * error)
    }
  })

  it('are independent from draw to draw', () => {
    let product = 0
    for (let i = 1; i < N; i++) product += draws[i] * draws[i - 1]
    expect(Math.abs(product / N)).toBeLessThan(4 / Math.sqrt(N))
  })
})

describe('streams', () => {
  it('are apart by seed, name and block', () => {
    const first = [
      streamState(1, 'normals', 0),
      streamState(1, 'normals', 1),
      streamState(1, 'mixing', 0),
      streamState(2, 'normals', 0),
      streamState(2 ** 32 + 1, 'normals', 0),
    ].map(nextWord)
    expect(new Set(first).size).toBe(5)
  })

  it('follow xoshiro128++: the first words from the state 1, 2, 3, 4', () => {
    // rotl(1 + 4, 7) + 1 = 641; then the state is 7, 0, 1026, 12288 and rotl(7 + 12288, 7) + 7 = 1573767.
    const state = Int32Array.of(1, 2, 3, 4)
    expect([nextWord(state), nextWord(state)]).toEqual([641, 1573767])
  })
})
