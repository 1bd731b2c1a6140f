import { describe, expect, it } from 'vitest'
import { sampleQuantile, type QuantileType } from '../../src/lib/kernel/sample-quantile.js'
import {
  fitGeneralisedPareto,
  paretoByMoments,
  paretoByWeightedMoments,
} from '../../src/lib/risk/fit-generalised-pareto.js'
import { fitStudentT } from '../../src/lib/risk/fit-student-t.js'
import { cornishFisherQuantile, modifiedShortfall } from '../../src/lib/risk/methods/cornish-fisher.js'
import { ageWeighted } from '../../src/lib/risk/methods/age-weighted.js'
import { normalQuantile } from '../../src/lib/kernel/normal-distribution.js'
import { quantile } from '../../src/lib/kernel/quantile.js'
import { RISK_DEFAULTS } from '../../src/lib/risk/methods/risk-method.js'
import { studentTTail } from '../../src/lib/risk/methods/student-t.js'
import { sampleSd, mean } from '../../src/lib/kernel/moments.js'
import { golden } from '../support/golden.js'
import { fitted, logReturns, portfolioPnl, PRICES, sampleOf, simpleReturns, WTI } from './samples.js'

type Figures = Record<string, number>
type Level = Record<string, Figures>

const peers = golden<Record<string, Record<string, Figures | Level>>>('risk/var.json')
const SAMPLES: Record<string, Float64Array> = {
  CL_logret: logReturns(PRICES['CL']),
  CL_simple: simpleReturns(PRICES['CL']),
  NG_logret: logReturns(PRICES['NG']),
  portfolio_pnl_simple: portfolioPnl('simple'),
  portfolio_pnl_diff: portfolioPnl('diff'),
}

function expectRelative(actual: number | null, expected: number, tolerance: number, what: string): void {
  expect(Math.abs((actual ?? Number.NaN) - expected), `${what}: ${actual}, peer ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.abs(expected),
  )
}

describe.each(Object.keys(SAMPLES))('%s equals its peers', (name) => {
  const values = SAMPLES[name]
  const last250 = values.slice(-250)
  const figures = peers[name]

  it.each([0.95, 0.975, 0.99])('closed forms and samples at %s, to 1e-9', (confidence) => {
    const level = figures[String(confidence)] as Level
    const check = (method: string, key: string, settings = {}, sample = values): void => {
      const risk = fitted(method, sample, settings).at(confidence)
      expectRelative(risk.varUsd, level[key]['var'], 1e-9, `${method} VaR`)
      expectRelative(risk.esUsd, level[key]['es'], 1e-9, `${method} ES`)
    }
    check('normal', 'normal_mu')
    check('normal', 'normal_zero_mean', { zeroMean: true })
    check('ewma', 'ewma94_normal')

    const historicalPairs: [string, QuantileType][] = [
      ['var_linear_type7', 'linear'],
      ['var_lower', 'lower'],
      ['var_higher', 'higher'],
      ['var_inverted_cdf', 'inverted-cdf'],
    ]
    for (const [key, sample, method] of [
      ['historical', values, 'historical'],
      ['historical_last250', last250, 'historical'],
      ['hull_white_ewma94', values, 'hull-white'],
    ] as const) {
      for (const [figure, quantileType] of historicalPairs) {
        const risk = fitted(method, sample, { quantileType }).at(confidence)
        expectRelative(risk.varUsd, level[key][figure], 1e-9, `${key} ${figure}`)
        expectRelative(risk.esUsd, level[key]['es_acerbi_tasche'], 1e-9, `${key} ES`)
      }
      const beyond = fitted(method, sample, { tailMean: 'beyond-var' }).at(confidence)
      expectRelative(beyond.esUsd, level[key]['es_mean_le_var7'], 1e-9, `${key} mean beyond VaR`)
    }
    expectRelative(fitted('hull-white', values).fit['sigma'], level['hull_white_ewma94']['sigma_next'], 1e-9, 'sigma')

    for (const [key, sample, ageDecay] of [
      ['brw_lam98', values, 0.98],
      ['brw_lam99', values, 0.99],
      ['brw_lam98_last250', last250, 0.98],
    ] as const) {
      const risk = ageWeighted.fit(sampleOf(sample), { ...RISK_DEFAULTS, ageDecay }).at(confidence)
      expectRelative(risk.varUsd, level[key]['var_step'], 1e-9, `${key} VaR`)
      expectRelative(risk.esUsd, level[key]['es'], 1e-9, `${key} ES`)
      const between = fitted('age-weighted', sample, { ageDecay, ageInterpolation: 'linear' }).at(confidence)
      expectRelative(between.varUsd, level[key]['var_interp'], 1e-9, `${key} VaR between two losses`)
    }
  })

  it.each([0.95, 0.975, 0.99])('Cornish–Fisher and modified ES at %s, to 1e-9', (confidence) => {
    const peer = (figures[String(confidence)] as Level)['cornish_fisher']
    const method = fitted('cornish-fisher', values)
    const { mean: mu, sd, skewness, excessKurtosis } = method.fit
    expectRelative(skewness, peer['skew'], 1e-9, 'skewness')
    expectRelative(excessKurtosis, peer['exkurt'], 1e-9, 'excess kurtosis')
    expectRelative(sd, peer['sd_n'], 1e-9, 'sd')
    expectRelative(mu, peer['mu'], 1e-9, 'mean')
    const h = cornishFisherQuantile(normalQuantile(1 - confidence), skewness, excessKurtosis)
    expectRelative(h, peer['z_cf'], 1e-9, 'quantile')
    expectRelative(method.at(confidence).varUsd, peer['var'], 1e-9, 'VaR')
    const modified = -mu + sd * modifiedShortfall(h, 1 - confidence, skewness, excessKurtosis)
    expect(Math.abs(modified - peer['mes'])).toBeLessThanOrEqual(1e-9 * sd + 1e-9 * Math.abs(peer['mes']))
    expect(method.at(confidence).esUsd).toBeGreaterThanOrEqual(method.at(confidence).varUsd)
  })

  it("Student's t by maximum likelihood, to 1e-5", () => {
    const peer = figures['t_fit'] as Figures
    const fit = fitStudentT(values)
    const sd = sampleSd(values)
    expect(fit.converged).toBe(true)
    expectRelative(fit.nu, peer['nu'], 1e-5, 'nu')
    expectRelative(fit.scale, peer['scale'], 1e-5, 'scale')
    expect(Math.abs(fit.location - peer['loc'])).toBeLessThanOrEqual(1e-5 * sd)
    expectRelative(fit.logLikelihood, peer['loglik'], 1e-9, 'log-likelihood')
    expect(fit.logLikelihood).toBeGreaterThanOrEqual(peer['loglik'] - 1e-7)
    for (const confidence of [0.95, 0.975, 0.99]) {
      const level = figures[String(confidence)] as Level
      const risk = fitted('student-t', values).at(confidence)
      expectRelative(risk.varUsd, level['student_t_fit']['var'], 1e-5, 'VaR')
      expectRelative(risk.esUsd, level['student_t_fit']['es'], 1e-5, 'ES')
      const withSd = studentTTail(mean(values), sd * Math.sqrt(3 / 5), 5, confidence)
      expectRelative(withSd.varUsd, level['student_t_nu5_sd']['var'], 1e-9, 'VaR of 5 degrees at the same sd')
      expectRelative(withSd.esUsd, level['student_t_nu5_sd']['es'], 1e-9, 'ES of 5 degrees at the same sd')
    }
  })

  it.each([
    ['gpd95', 0.95],
    ['gpd90', 0.9],
  ] as const)('generalised Pareto %s, to 1e-4', (key, evtThreshold) => {
    const peer = figures[key] as Figures
    const method = fitted('evt', values, { evtThreshold })
    const { fit } = method
    expectRelative(fit['thresholdUsd'], peer['threshold'], 1e-9, 'threshold')
    expect(fit['excesses']).toBe(peer['n_exceed'])
    expect(fit['excesses']).toBe(peer['hill_k'])
    expect(values.length).toBe(peer['n'])
    expectRelative(fit['hillXi'], peer['hill_xi_k'], 1e-9, 'Hill')
    expect(Math.abs(fit['xi'] - peer['xi'])).toBeLessThanOrEqual(1e-4)
    expectRelative(fit['beta'], peer['beta'], 1e-4, 'beta')
    expect(-fit['logLikelihood']).toBeLessThanOrEqual(peer['nll'] + 1e-6)
    for (const confidence of [0.95, 0.99, 0.995, 0.999]) {
      const risk = method.at(confidence)
      expectRelative(risk.varUsd, peer[`var_${confidence}`], 1e-4, `VaR ${confidence}`)
      expectRelative(risk.esUsd, peer[`es_${confidence}`], 2e-4, `ES ${confidence}`)
    }
    const losses = values.map((value) => -value).sort()
    const excesses = losses.filter((loss) => loss > fit['thresholdUsd']).map((loss) => loss - fit['thresholdUsd'])
    const weighted = paretoByWeightedMoments(excesses)
    expect(weighted.xi).toBeCloseTo(peer['pwm_xi'], 8)
    expectRelative(weighted.beta, peer['pwm_beta'], 1e-8, 'beta by weighted moments')
    const moments = paretoByMoments(excesses)
    expect(moments.xi).toBeCloseTo(peer['mom_xi'], 8)
    expectRelative(moments.beta, peer['mom_beta'], 1e-8, 'beta by moments')
    expect(fitGeneralisedPareto(excesses).converged).toBe(true)
    expect(quantile(losses, evtThreshold)).toBe(fit['thresholdUsd'])
  })
})

describe('a price below zero', () => {
  it('WTI in 2020 from 61.17 through −36.98: VaR on price changes, 1e-9', () => {
    const peer = golden<
      Record<
        'n' | 'min' | 'max' | 'n_nonpositive_prices' | 'simple_return_apr20' | 'simple_return_apr21_wrong_sign',
        number
      > &
        Record<'var95' | 'var99' | 'normal99', Figures>
    >('risk/negative_price.json')
    const prices = WTI
    const changes = Float64Array.from(prices.subarray(1), (price, i) => price - prices[i])
    expect(changes.length).toBe(peer.n)
    // What --mode simple refuses: a loss of 302 %, and a gain that comes out as a loss of 124 %.
    const negative = prices.findIndex((price) => price <= 0)
    expect(prices.filter((price) => price <= 0).length).toBe(peer.n_nonpositive_prices)
    expectRelative(prices[negative] / prices[negative - 1] - 1, peer.simple_return_apr20, 1e-9, '20 April')
    expectRelative(prices[negative + 1] / prices[negative] - 1, peer.simple_return_apr21_wrong_sign, 1e-9, '21 April')
    expect(fitted('historical', changes).fit).toEqual({ worstUsd: peer.min, bestUsd: peer.max })
    for (const [confidence, figures] of [
      [0.95, peer.var95],
      [0.99, peer.var99],
    ] as const) {
      const risk = fitted('historical', changes).at(confidence)
      expectRelative(risk.varUsd, figures['var_linear_type7'], 1e-9, 'VaR')
      expectRelative(risk.esUsd, figures['es_acerbi_tasche'], 1e-9, 'ES')
      const beyond = fitted('historical', changes, { tailMean: 'beyond-var' }).at(confidence)
      expectRelative(beyond.esUsd, figures['es_mean_le_var7'], 1e-9, 'mean beyond VaR')
      const ascending = changes.slice().sort()
      for (const [figure, type] of [
        ['var_lower', 'lower'],
        ['var_higher', 'higher'],
        ['var_inverted_cdf', 'inverted-cdf'],
      ] as const) {
        expectRelative(-sampleQuantile(ascending, 1 - confidence, type), figures[figure], 1e-9, figure)
      }
    }
    const normal = fitted('normal', changes).at(0.99)
    expectRelative(normal.varUsd, peer.normal99['var'], 1e-9, 'normal VaR')
    expectRelative(normal.esUsd, peer.normal99['es'], 1e-9, 'normal ES')
  })
})
