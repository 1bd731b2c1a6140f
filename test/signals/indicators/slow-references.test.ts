import { describe, expect, it } from 'vitest'
import { INDICATORS } from '../../../src/lib/signals/indicators/registry.js'
import { outputsOf } from './outputs-of.js'
import { randomBars } from './random-bars.js'
import { slowReference } from './slow-references.js'

describe('indicators against their definitions, written out', () => {
  // odd windows besides the defaults; 700 bars, so that running sums are summed afresh on the way
  const others: Readonly<Record<string, string>> = {
    macd: 'macd:5:8:4',
    bollinger: 'bollinger:7:1.5',
    keltner: 'keltner:5:11:1.5',
    sar: 'sar:0.05:0.3',
    stochastic: 'stochastic:5:1:4',
    'stochastic-fast': 'stochastic-fast:8:1',
    'stochastic-rsi': 'stochastic-rsi:5:7:4',
    ultimate: 'ultimate:3:5:11',
  }
  const cases = INDICATORS.flatMap(({ name, parameters }) => {
    const other = others[name] ?? (parameters.length === 1 ? `${name}:5` : name)
    return [...new Set([name, other])].flatMap((request) => [1, 2].map((seed) => [request, seed] as const))
  })

  it.each(cases)('%s on random bars %i', (request, seed) => {
    const bars = randomBars(700, seed)
    const [name, ...texts] = request.split(':')
    const indicator = INDICATORS.find((one) => one.name === name)
    const params = texts.length > 0 ? texts.map(Number) : (indicator?.parameters.map((one) => one.default) ?? [])
    const slow = slowReference(name, params, bars)
    outputsOf(request, bars).forEach((ours, at) => {
      ours.forEach((value, i) => {
        const reference = slow[at][i]
        const error = Math.abs(value - reference) / Math.max(1, Math.abs(reference))
        if (Number.isNaN(value) !== Number.isNaN(reference) || error > 1e-9)
          expect.fail(`output ${at}, bar ${i}: ${value}, by definition ${reference}`)
      })
    })
  })
})
