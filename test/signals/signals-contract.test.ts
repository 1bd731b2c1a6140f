import { describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { compositeHistory, type CompositeWeights } from '../../src/lib/signals/composite.js'
import { inputsUpTo } from '../../src/lib/signals/inputs-up-to.js'
import { SIGNALS } from '../../src/lib/signals/definitions.js'
import type { SignalDefinition, SignalHistory, SignalInputs, SignalParameters } from '../../src/lib/signals/signal.js'
import { inputsWithGap, sampleInputs, shiftedInputs } from './sample-inputs.js'

const CUTS = 12
const inputs = sampleInputs()
const WEIGHTS: CompositeWeights = {
  families: { technical: 0.5, fundamental: 0.3, ml: 0.2 },
  signals: {},
  threshold: 0.1,
  fullScore: 0.5,
}

const defaultsOf = ({ parameters }: SignalDefinition): SignalParameters =>
  Object.fromEntries(parameters.map((one) => [one.name, one.default]))

const computed = (of: SignalInputs): SignalHistory[] => SIGNALS.map((one) => one.compute(of, defaultsOf(one)))
const whole = new Map(computed(inputs).map((one) => [one.name, one]))

const columnsOf = ({
  score,
  confidence,
  value,
  knownOn,
  period,
  columns,
}: SignalHistory): (readonly [string, Float64Array | Int32Array])[] => [
  ['score', score],
  ['confidence', confidence],
  ['value', value],
  ['knownOn', knownOn],
  ['period', period ?? new Int32Array()],
  ...columns.flatMap((column) => [
    [column.name, column.values] as const,
    [`${column.name}.knownOn`, column.knownOn ?? new Int32Array()] as const,
  ]),
]

/** Position of the first value that differs, bit for bit; −1 where none does. */
const firstDifference = (a: ArrayLike<number>, b: ArrayLike<number>, length: number): number => {
  for (let i = 0; i < length; i++) if (!Object.is(a[i], b[i])) return i
  return -1
}

describe.each(SIGNALS.map((one) => [one.name, one] as const))('signal %s', (name, definition) => {
  const params = defaultsOf(definition)
  const history = whole.get(name)!
  const first = history.score.findIndex((score) => !Number.isNaN(score))

  it('says something on this history: long, short, and what day', () => {
    expect(first).toBeGreaterThanOrEqual(0)
    expect(history.score.some((score) => score > 0)).toBe(true)
    expect(history.score.some((score) => score < 0)).toBe(true)
    expect(history).toMatchObject({ name, family: definition.family })
  })

  it('truncating the future changes nothing before it, on random days', () => {
    const rng = seededRng(7, name)
    for (let k = 0; k < CUTS; k++) {
      const length = 1 + rng.integer(inputs.days.length - 1)
      const day = inputs.days[length - 1]
      const cut = definition.compute(inputsUpTo(inputs, day), params)
      expect(cut.days.length).toBe(length)
      for (const [i, [column, values]] of columnsOf(cut).entries()) {
        const [, before] = columnsOf(history)[i]
        expect(firstDifference(values, before, values.length), `${column} cut on ${isoFromDay(day)}`).toBe(-1)
      }
      expect(definition.reason(cut, length - 1, params)).toBe(definition.reason(history, length - 1, params))
    }
  })

  it('has a score from −1 to 1, a confidence from 0 to 100 that is 0 just where it is neutral, and knows nothing early', () => {
    const { score, confidence, knownOn, days } = history
    const isSound = (i: number): boolean => {
      if (Number.isNaN(confidence[i]) !== Number.isNaN(score[i]) || !(knownOn[i] <= days[i])) return false
      if (Number.isNaN(score[i])) return true
      const size = Math.abs(score[i])
      return size <= 1 && confidence[i] <= 100 * size && (confidence[i] === 0) === (size === 0)
    }
    const unsound = score.findIndex((_, i) => !isSound(i))
    expect([unsound, score[unsound], confidence[unsound], knownOn[unsound]]).toEqual([
      -1,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('has no value before its warm-up is over', () => {
    const warmUp = definition.warmUp(params)
    const isOfPrices = definition.needs.every((need) => need === 'close')
    if (isOfPrices && name !== 'seasonality') expect(first).toBe(warmUp)
    else expect(first).toBeGreaterThanOrEqual(warmUp)
  })

  it('NaN in, NaN out; the gap is forgotten after it', () => {
    const fromPrices = definition.needs.some((need) => need === 'close' || need === 'curve')
    const gap = [1200, 1201]
    const holed = definition.compute(inputsWithGap(inputs, gap[0], gap[1]), params)
    if (!fromPrices) {
      expect(holed).toEqual(history)
      return
    }
    expect(holed.score[gap[0]]).toBeNaN()
    expect(holed.score[gap[1]]).toBeNaN()
    expect(firstDifference(holed.score, history.score, gap[0])).toBe(-1)
    const after = holed.score.subarray(gap[1])
    const recovered = after.findIndex((score) => !Number.isNaN(score))
    expect(recovered).toBeGreaterThan(0)
    expect(recovered).toBeLessThanOrEqual(Math.max(1, definition.warmUp(params)) + 1)
    const all = definition.compute(inputsWithGap(inputs, 0, inputs.days.length), params)
    expect(all.score.every(Number.isNaN)).toBe(true)
    expect(definition.reason(all, 1999, params)).not.toMatch(/NaN|undefined|null/)
  })

  it(`${definition.shiftInvariant ? 'does not change' : 'changes'} when every price is 25 USD higher`, () => {
    const shifted = definition.compute(shiftedInputs(inputs, 25), params)
    let largest = 0
    expect(history.score.findIndex((score, i) => Number.isNaN(shifted.score[i]) !== Number.isNaN(score))).toBe(-1)
    history.score.forEach((score, i) => {
      if (!Number.isNaN(score)) largest = Math.max(largest, Math.abs(shifted.score[i] - score))
    })
    if (definition.shiftInvariant) expect(largest).toBeLessThan(1e-7)
    else expect(largest).toBeGreaterThan(1e-3)
  })

  it('says why in words, known or not, on every day of a sample', () => {
    for (let i = 0; i < history.days.length; i += 37) {
      const text = definition.reason(history, i, params)
      expect(text).not.toMatch(/NaN|undefined|null|Infinity/)
      expect(/so (LONG|SHORT|NEUTRAL)/.test(text)).toBe(!Number.isNaN(history.score[i]))
      const word = history.score[i] > 0 ? 'LONG' : history.score[i] < 0 ? 'SHORT' : 'NEUTRAL'
      if (!Number.isNaN(history.score[i])) expect(text).toContain(`so ${word}`)
    }
  })

  it('lives through one day, and through prices that never move', () => {
    const one = definition.compute(inputsUpTo(inputs, inputs.days[0]), params)
    expect(one.score.length).toBe(1)
    expect(definition.reason(one, 0, params)).not.toMatch(/NaN|undefined/)
    const flat = definition.compute({ ...inputs, close: new Float64Array(inputs.days.length).fill(70) }, params)
    expect(flat.score.filter((score) => Math.abs(score) === Infinity)).toEqual(new Float64Array())
  })
})

describe('the composite', () => {
  const histories = [...whole.values()]
  const all = compositeHistory(inputs.days, histories, WEIGHTS)

  it('truncating the future changes nothing before it, on random days', () => {
    const rng = seededRng(11, 'composite')
    for (let k = 0; k < CUTS; k++) {
      const length = 1 + rng.integer(inputs.days.length - 1)
      const part = inputsUpTo(inputs, inputs.days[length - 1])
      const cut = compositeHistory(part.days, computed(part), WEIGHTS)
      for (const column of ['score', 'confidence', 'agreement', 'direction', 'knownOn'] as const) {
        expect(firstDifference(cut[column], all[column], length), column).toBe(-1)
      }
    }
  })

  it('is known where any signal is, and its parts add up to it', () => {
    let [furthest, unevenly] = [0, 0]
    all.score.forEach((score, i) => {
      const isKnown = histories.some((one) => !Number.isNaN(one.score[i]))
      if (Number.isNaN(score) === isKnown || !(all.knownOn[i] <= inputs.days[i] || !isKnown))
        expect.fail(`day ${isoFromDay(inputs.days[i])}: ${score}, known on ${isoFromDay(all.knownOn[i])}`)
      if (!isKnown) return
      const parts = all.families.reduce((sum, one) => sum + (one.share[i] > 0 ? one.share[i] * one.score[i] : 0), 0)
      furthest = Math.max(furthest, Math.abs(score - parts))
      unevenly = Math.max(unevenly, Math.abs(all.families.reduce((sum, one) => sum + one.share[i], 0) - 1))
    })
    expect(furthest).toBeLessThan(5e-13)
    expect(unevenly).toBeLessThan(5e-13)
  })
})
