import { describe, expect, it } from 'vitest'
import { simulateBlock, SAMPLINGS, type BlockJob } from '../../../src/lib/risk/monte-carlo/simulate-block.js'
import { studentMixing, studentMixingTable } from '../../../src/lib/risk/monte-carlo/student-mixing.js'

const SCENARIOS = 1300 // two chunks of 512 and a part of one

function pnlOf(
  job: Pick<BlockJob, 'sampling' | 'positions' | 'factor' | 'triangular' | 'meanUsd' | 'mixing'>,
): BlockJob {
  const full = {
    ...job,
    ...{ seed: 3, scenarios: SCENARIOS, replicateScenarios: 64 },
    pnlUsd: new Float64Array(job.positions * SCENARIOS),
    totalUsd: new Float64Array(SCENARIOS),
  }
  simulateBlock(full, 0)
  return full
}

const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0))

describe.each(SAMPLINGS)('the P&L of %s scenarios', (sampling) => {
  it.each([1, 2, 3, 4, 5, 7, 8, 9])('of %i positions is mean + mixing × F·z, sum by sum', (positions) => {
    const meanUsd = Float64Array.from({ length: positions }, (_, i) => 10 * i - 3)
    // F = 1 shows the normals themselves.
    const z = pnlOf({
      ...{ sampling, positions, factor: identity(positions), triangular: true },
      ...{ meanUsd: new Float64Array(positions), mixing: null },
    }).pnlUsd
    for (const triangular of [true, false]) {
      const factor = Float64Array.from({ length: positions * positions }, (_, at) =>
        triangular && at % positions > Math.floor(at / positions) ? 0 : Math.sin(at + 1),
      )
      const { pnlUsd, totalUsd } = pnlOf({ sampling, positions, factor, triangular, meanUsd, mixing: null })
      for (let s = 0; s < SCENARIOS; s++) {
        let total = 0
        for (let i = 0; i < positions; i++) {
          let pnl = meanUsd[i]
          for (let j = 0; j < positions; j++) pnl += factor[i * positions + j] * z[j * SCENARIOS + s]
          total += pnl
          if (Math.abs(pnlUsd[i * SCENARIOS + s] - pnl) > 1e-12) expect(pnlUsd[i * SCENARIOS + s]).toBe(pnl)
        }
        if (Math.abs(totalUsd[s] - total) > 1e-11) expect(totalUsd[s]).toBe(total)
      }
      expect(Math.abs(totalUsd[SCENARIOS - 1])).toBeGreaterThan(0)
    }
  })
})

it('one mixing factor makes the whole scenario wide or narrow, and means are outside of it', () => {
  const mixing = studentMixingTable(5)
  const asked = { sampling: 'pseudo', positions: 3, factor: identity(3), triangular: true } as const
  const normal = pnlOf({ ...asked, meanUsd: new Float64Array(3), mixing: null }).pnlUsd
  const student = pnlOf({ ...asked, meanUsd: Float64Array.of(0, 0, 100), mixing }).pnlUsd
  for (let s = 0; s < SCENARIOS; s++) {
    const factor = student[s] / normal[s]
    expect(student[SCENARIOS + s] / normal[SCENARIOS + s]).toBeCloseTo(factor, 9)
    expect((student[2 * SCENARIOS + s] - 100) / normal[2 * SCENARIOS + s]).toBeCloseTo(factor, 9)
    // of the quantiles of χ² from −7 to 7 deviations
    expect(factor).toBeGreaterThan(studentMixing(mixing, 7) - 1e-9)
    expect(factor).toBeLessThan(studentMixing(mixing, -7) + 1e-9)
  }
})
