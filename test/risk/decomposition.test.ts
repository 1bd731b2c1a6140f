import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../src/lib/kernel/normal-distribution.js'
import { decompose } from '../../src/lib/risk/decomposition.js'
import { RISK_DEFAULTS } from '../../src/lib/risk/methods/risk-method.js'
import { checkPnlMatrix, totalPnl, type PnlMatrix } from '../../src/lib/risk/pnl-matrix.js'
import { fitted, PRICES, simpleReturns } from './samples.js'

const EXPOSURE = { CL: 16_721_000, CO: -11_814_000, HO: 4_000_000 }

function matrixOf(): PnlMatrix {
  const names = Object.keys(EXPOSURE)
  const pnlUsd = Object.entries(EXPOSURE).map(([name, exposure]) =>
    simpleReturns(PRICES[name]).map((r) => exposure * r),
  )
  return {
    positions: names,
    days: Int32Array.from(pnlUsd[0], (_, i) => i),
    pnlUsd,
    exposureUsd: Float64Array.from(Object.values(EXPOSURE)),
  }
}

describe('VaR taken apart', () => {
  const matrix = matrixOf()

  it.each([false, true])('components add up to the normal VaR exactly, zero mean %s', (zeroMean) => {
    const parts = decompose(matrix, 0.99, { ...RISK_DEFAULTS, zeroMean })
    const sum = parts.components.reduce((total, { componentUsd }) => total + componentUsd, 0)
    expect(sum / parts.varUsd).toBeCloseTo(1, 12)
    expect(parts.varUsd).toBeCloseTo(fitted('normal', totalPnl(matrix), { zeroMean }).at(0.99).varUsd, 6)
    expect(parts.undiversifiedUsd).toBeGreaterThan(parts.varUsd)
    expect(parts.diversificationUsd).toBeCloseTo(parts.undiversifiedUsd - parts.varUsd, 6)
  })

  it('component_i = E_i·(−mean_i + z·(ΣE)_i/σ), written out over returns', () => {
    const returns = Object.keys(EXPOSURE).map((name) => simpleReturns(PRICES[name]))
    const exposures = Object.values(EXPOSURE)
    const n = returns[0].length
    const mean = (x: Float64Array) => x.reduce((sum, value) => sum + value, 0) / n
    const cov = (a: Float64Array, b: Float64Array) =>
      a.reduce((sum, value, i) => sum + (value - mean(a)) * (b[i] - mean(b)), 0) / (n - 1)
    const times = returns.map((a) => returns.reduce((sum, b, j) => sum + cov(a, b) * exposures[j], 0))
    const sigma = Math.sqrt(times.reduce((sum, value, i) => sum + value * exposures[i], 0))
    const z = normalQuantile(0.95)
    const parts = decompose(matrix, 0.95, RISK_DEFAULTS)
    parts.components.forEach(({ componentUsd, marginal }, i) => {
      const expected = exposures[i] * (-mean(returns[i]) + (z * times[i]) / sigma)
      expect(componentUsd / expected).toBeCloseTo(1, 9)
      expect(marginal).toBeCloseTo(componentUsd / exposures[i], 12)
    })
  })

  it('marginal is what one more USD of exposure adds', () => {
    const parts = decompose(matrix, 0.95, RISK_DEFAULTS)
    const bump = 1 + 1000 / EXPOSURE.CO
    const more: PnlMatrix = { ...matrix, pnlUsd: matrix.pnlUsd.map((x, j) => (j === 1 ? x.map((v) => v * bump) : x)) }
    const change = decompose(more, 0.95, RISK_DEFAULTS).varUsd - parts.varUsd
    expect(change / 1000).toBeCloseTo(parts.components[1].marginal ?? 0, 5)
  })

  it('incremental is VaR minus VaR without the position; the short Brent hedges the long WTI', () => {
    const parts = decompose(matrix, 0.95, RISK_DEFAULTS)
    const keep = [0, 2]
    const without: PnlMatrix = {
      positions: keep.map((j) => matrix.positions[j]),
      days: matrix.days,
      pnlUsd: keep.map((j) => matrix.pnlUsd[j]),
      exposureUsd: Float64Array.from(keep, (j) => matrix.exposureUsd[j]),
    }
    expect(parts.components[1].incrementalUsd).toBeCloseTo(
      parts.varUsd - decompose(without, 0.95, RISK_DEFAULTS).varUsd,
      4,
    )
    expect(parts.components[1].incrementalUsd).toBeLessThan(0)
  })

  it('losses on the days of the tail add up to the historical ES', () => {
    const parts = decompose(matrix, 0.975, RISK_DEFAULTS)
    const sum = parts.components.reduce((total, { tailLossUsd }) => total + tailLossUsd, 0)
    expect(sum / (fitted('historical', totalPnl(matrix)).at(0.975).esUsd ?? 0)).toBeCloseTo(1, 12)
  })

  it('one position alone: component, incremental and standalone are its VaR', () => {
    const alone: PnlMatrix = {
      positions: ['CL'],
      days: matrix.days,
      pnlUsd: [matrix.pnlUsd[0]],
      exposureUsd: matrix.exposureUsd.slice(0, 1),
    }
    const { varUsd, components } = decompose(alone, 0.95, RISK_DEFAULTS)
    const [{ componentUsd, incrementalUsd, standaloneUsd }] = components
    expect(componentUsd).toBeCloseTo(varUsd, 6)
    expect(incrementalUsd).toBeCloseTo(varUsd, 6)
    expect(standaloneUsd).toBeCloseTo(varUsd, 6)
  })

  it('two positions that cancel have no VaR to take apart, and the refusal says so', () => {
    const [cl] = matrix.pnlUsd
    const hedged: PnlMatrix = {
      positions: ['A', 'B'],
      days: matrix.days,
      pnlUsd: [cl, cl.map((value) => -value)],
      exposureUsd: Float64Array.of(1, -1),
    }
    expect(() => decompose(hedged, 0.95, RISK_DEFAULTS)).toThrow(/no VaR to take apart/)
  })

  it('NaN in a P&L vector is named with its position and place', () => {
    const broken: PnlMatrix = { ...matrix, pnlUsd: matrix.pnlUsd.map((x) => x.slice()) }
    broken.pnlUsd[1][41] = Number.NaN
    expect(() => checkPnlMatrix(broken)).toThrow(/P&L of CO is not a number at observation 42/)
  })
})
