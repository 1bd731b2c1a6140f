import { describe, expect, it } from 'vitest'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { computeIndicator } from '../../../src/lib/signals/indicators/compute-indicator.js'
import type { BarField, Bars } from '../../../src/lib/signals/indicators/indicator.js'
import { INDICATORS } from '../../../src/lib/signals/indicators/registry.js'
import { randomBars } from './random-bars.js'

const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const
const PRICES: readonly BarField[] = ['open', 'high', 'low', 'close']
/** They multiply a price by a volume. */
const WEIGHTS_PRICES: readonly string[] = ['mfi']
const LENGTH = 400

const changed = (bars: Bars, change: (column: Float64Array, field: BarField) => Float64Array): Bars => ({
  open: change(bars.open, 'open'),
  high: change(bars.high, 'high'),
  low: change(bars.low, 'low'),
  close: change(bars.close, 'close'),
  volume: change(bars.volume, 'volume'),
})

describe.each(INDICATORS)('$name', (indicator) => {
  const params = indicator.parameters.map((parameter) => parameter.default)
  const bars = randomBars(LENGTH, 7)
  const compute = (of: Bars): Float64Array[] => computeIndicator(indicator, of, params)
  const outputs = compute(bars)
  const warmUp = indicator.warmUp(params)

  it('has no value during its warm-up and one on every bar after it', () => {
    for (const output of outputs) {
      expect(output.length).toBe(LENGTH)
      expect(Array.from(output, Number.isFinite)).toEqual(Array.from(output, (_, i) => i >= warmUp))
    }
  })

  it('has no value at all on a history as long as the warm-up, and one on the next bar', () => {
    for (const output of compute(changed(bars, (column) => column.slice(0, warmUp))))
      expect(output.some(Number.isFinite)).toBe(false)
    for (const output of compute(changed(bars, (column) => column.slice(0, warmUp + 1))))
      expect(output[warmUp]).not.toBeNaN()
  })

  it('does not look ahead: bars cut off the end change nothing before', () => {
    const rng = seededRng(3, indicator.name)
    for (let round = 0; round < 12; round++) {
      const cut = Math.floor(rng.uniform() * LENGTH)
      compute(changed(bars, (column) => column.slice(0, cut))).forEach((output, at) => {
        expect(output).toEqual(outputs[at].slice(0, cut))
      })
    }
  })

  it('leaves the bars as they were', () => {
    expect(bars).toEqual(randomBars(LENGTH, 7))
  })

  it.each([Number.NaN, Infinity])('begins again after a bar that holds %s, with its whole warm-up', (gap) => {
    for (const hole of indicator.inputs) {
      const at = 150
      const broken = changed(bars, (column, field) =>
        field === hole ? column.map((x, i) => (i === at ? gap : x)) : column,
      )
      const after = compute(changed(bars, (column) => column.slice(at + 1)))
      compute(broken).forEach((output, which) => {
        expect(output.slice(0, at)).toEqual(outputs[which].slice(0, at))
        expect(output[at]).toBeNaN()
        expect(output.slice(at + 1)).toEqual(after[which])
      })
    }
  })

  it('does not look at a column that it does not name', () => {
    const unused = FIELDS.filter((field) => field !== 'close' && !indicator.inputs.includes(field))
    const without = changed(bars, (column, field) => (unused.includes(field) ? column.map(() => Number.NaN) : column))
    expect(compute(without)).toEqual(outputs)
  })

  it('is NaN throughout on a column of NaN', () => {
    const empty = changed(bars, (column) => column.map(() => Number.NaN))
    for (const output of compute(empty)) expect(output.every(Number.isNaN)).toBe(true)
  })

  it('doubles with the price, or stays where it is, exactly', () => {
    const doubled = compute(
      changed(bars, (column, field) => (PRICES.includes(field) ? column.map((x) => 2 * x) : column)),
    )
    const factor = indicator.unit === 'price' || indicator.unit === 'price per bar' ? 2 : 1
    if (indicator.unit === 'degrees') return expect(doubled[0][LENGTH - 1]).not.toBe(outputs[0][LENGTH - 1])
    doubled.forEach((output, at) => expect(output).toEqual(outputs[at].map((value) => factor * value)))
  })

  it('moves with the level of prices only where it should', () => {
    const moved = compute(
      changed(bars, (column, field) => (PRICES.includes(field) ? column.map((x) => x + 64) : column)),
    )
    const shift = indicator.unit === 'price' && indicator.panel === 'price' ? 64 : 0
    const last = LENGTH - 1
    if (indicator.divides === true || WEIGHTS_PRICES.includes(indicator.name)) {
      expect(moved[0][last]).not.toBeCloseTo(outputs[0][last] + shift, 6)
      return
    }
    moved.forEach((output, at) =>
      output.forEach((value, i) => {
        if (i >= warmUp) expect(value).toBeCloseTo(outputs[at][i] + shift, 7)
      }),
    )
  })

  it('computes prices below zero, or says NaN: never an infinity', () => {
    const under = changed(bars, (column, field) => (PRICES.includes(field) ? column.map((x) => x - 75) : column))
    for (const output of compute(under)) expect(output.some((value) => Math.abs(value) === Infinity)).toBe(false)
  })

  it('computes prices that stand still, or says NaN: never an infinity', () => {
    const flat = changed(bars, (column, field) => column.map(() => (field === 'volume' ? 0 : 70.1)))
    for (const output of compute(flat)) expect(output.some((value) => Math.abs(value) === Infinity)).toBe(false)
  })
})

describe('the registry', () => {
  it('names every indicator and every column once', () => {
    const names = INDICATORS.map(({ name }) => name)
    const stems = INDICATORS.flatMap(({ outputs }) => outputs)
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(stems).size).toBe(stems.length)
  })
})

describe('what is undefined', () => {
  const flat = changed(randomBars(60, 1), (column, field) => column.map(() => (field === 'volume' ? 0 : 70.1)))
  const lastOf = (name: string, bars: Bars): number => {
    const indicator = INDICATORS.find((one) => one.name === name)
    if (!indicator) throw new Error(name)
    return computeIndicator(
      indicator,
      bars,
      indicator.parameters.map((one) => one.default),
    )[0][59]
  }

  it.each([
    'rsi',
    'rsi-cutler',
    'stochastic',
    'williams-r',
    'z-score',
    'cci',
    'correlation',
    'plus-di',
    'ultimate',
    'mfi',
  ])('%s has no value where nothing moved', (name) => expect(lastOf(name, flat)).toBeNaN())

  it.each([
    ['sma', 70.1],
    ['bollinger', 70.1],
    ['standard-deviation', 0],
    ['realised-vol', 0],
    ['atr', 0],
    ['obv', 0],
    ['ad', 0],
  ])('%s of prices that stand still is %d', (name, value) => expect(lastOf(name, flat)).toBeCloseTo(value, 10))

  it.each(['roc', 'natr', 'trix', 'realised-vol', 'parkinson', 'garman-klass', 'yang-zhang', 'mfi'])(
    '%s has no value across prices below zero',
    (name) => {
      const under = changed(randomBars(60, 1), (x, field) => (field === 'volume' ? x : x.map((price) => price - 200)))
      expect(lastOf(name, under)).toBeNaN()
    },
  )
})
