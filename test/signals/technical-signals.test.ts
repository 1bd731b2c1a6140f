import { describe, expect, it } from 'vitest'
import { dayFromIso } from '../../src/lib/kernel/day.js'
import { signalNamed } from '../../src/lib/signals/definitions.js'
import { directionOf, type SignalHistory, type SignalInputs } from '../../src/lib/signals/signal.js'
import { sampleInputs } from './sample-inputs.js'

const base = sampleInputs(3, 400)
const numbers = (length: number, of: (i: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, i) => of(i))

function inputsOf(close: Float64Array, more: Partial<SignalInputs> = {}): SignalInputs {
  return { ...base, days: base.days.slice(0, close.length), close, ...more }
}
function run(
  name: string,
  inputs: SignalInputs,
  changed: Record<string, number> = {},
): SignalHistory & { why: (i: number) => string } {
  const definition = signalNamed(name)
  const params = { ...Object.fromEntries(definition.parameters.map((one) => [one.name, one.default])), ...changed }
  const history = definition.compute(inputs, params)
  return { ...history, why: (i) => definition.reason(history, i, params) }
}
const columnOf = ({ columns }: SignalHistory, name: string): Float64Array =>
  columns.find((one) => one.name === name)!.values

describe('moving averages', () => {
  it('mean of 5 is 2, mean of 2 is 3.5 on 0 1 2 3 4: gap 1.5, graded by σ·3/√15', () => {
    const { value, score } = run('ma-cross-fast', inputsOf(numbers(30, (i) => (i % 5 === 4 ? 4 : i % 5))), {
      fast: 2,
      slow: 5,
      volatilityDays: 5,
    })
    expect(value[9]).toBeCloseTo(3.5 - 2, 12)
    // changes of the last five days: −4 1 1 1 1; mean 0, squares 20, ddof 1: σ = √5
    const x = 1.5 / (Math.sqrt(5) * (3 / Math.sqrt(15)))
    expect(score[9]).toBeCloseTo(Math.min(1, x / 2), 12)
  })

  it('one point up a day for 300 days has σ 0 and no score; with a hitch it is long to the full', () => {
    expect(run('ma-cross-long', inputsOf(numbers(300, (i) => i))).score[299]).toBeNaN()
    const hitched = run('ma-cross-long', inputsOf(numbers(300, (i) => i + 0.2 * (i % 2))))
    expect(hitched.score[299]).toBe(1)
    expect(hitched.why(299)).toMatch(
      /the 50-day average is 75\.00 USD\/bbl above the 200-day one .* so LONG, strength 100 %/,
    )
  })
})

it('RSI: falls alone are 0 of 100: 50 points from 50, long to the full', () => {
  const { value, score, why } = run('rsi', inputsOf(numbers(10, (i) => 50 - i)), { period: 4 })
  expect(value[5]).toBe(0)
  expect(score[5]).toBe(1)
  expect(why(5)).toBe('RSI(4) 0.0 is oversold, so LONG, strength 100 %')
  expect(why(2)).toBe('the first value needs 5 settlement days, there are 3')
})

it('RSI of 4 rises and 1 fall of one point is 80 by Cutler’s sums at the seed: 30 points from 50, short with 0.75', () => {
  const { value, score } = run('rsi', inputsOf(Float64Array.of(1, 2, 3, 2, 3, 4)), { period: 5 })
  expect(value[5]).toBeCloseTo(80, 12)
  expect(score[5]).toBeCloseTo(-0.75, 12)
})

it('Bollinger: 19 closes at 10 and one at 12 is √19 deviations above: short to the full', () => {
  const { value, score } = run('bollinger', inputsOf(numbers(20, (i) => (i === 19 ? 12 : 10))))
  expect(value[19]).toBeCloseTo(Math.sqrt(19), 10)
  expect(score[19]).toBe(-1)
})

it('momentum: +6 in 4 days at σ 2 is 1.5 deviations of 4: score 0.75 of full 2', () => {
  // changes +3 0 +3 0 …: of an even count the deviation, ddof 1, of 60 is 1.5·√(60/59)
  const { value, score } = run('momentum', inputsOf(numbers(100, (i) => 3 * Math.ceil(i / 2))), { lookback: 4 })
  expect(value[99]).toBe(6)
  expect(score[99]).toBeCloseTo(6 / (1.5 * Math.sqrt(60 / 59) * 2) / 2, 12)
})

it('MACD: a price that rises faster and faster is above its signal line: long, graded by σ', () => {
  const history = run('macd', inputsOf(numbers(120, (i) => 50 + (i * i) / 500 + 0.1 * (i % 2))))
  const [line, signalLine, volatility] = ['macd', 'signalLine', 'volatility'].map(
    (name) => columnOf(history, name)[119],
  )
  expect(history.value[119]).toBeCloseTo(line - signalLine, 12)
  expect(history.score[119]).toBeCloseTo(Math.min(1, (line - signalLine) / volatility / 0.8), 12)
  expect(directionOf(history.score[119])).toBe('LONG')
})

it('the curve: a slope two deviations below its mean of the window has flattened: long', () => {
  const slope = numbers(20, (i) => (i === 19 ? -1 : i % 2 === 0 ? 0.1 : 0.2))
  const history = run(
    'curve-slope',
    inputsOf(
      numbers(20, () => 70),
      { curve: { ...base.curve, slope } },
    ),
    { window: 20 },
  )
  expect(columnOf(history, 'slopeSd')[19]).toBeLessThan(-2.5)
  expect(history.score[19]).toBe(1)
  expect(history.why(19)).toContain('the slope is -1.0000 USD/bbl a month (backwardation)')
})

it('breakout: the middle of the channel is neutral, a new high is long to the full, a new low short', () => {
  const { value, score } = run('breakout', inputsOf(Float64Array.of(10, 14, 12, 15, 9)), { channel: 3 })
  expect(Array.from(value)).toEqual([Number.NaN, Number.NaN, 0, 1, -1])
  expect(Array.from(score)).toEqual([Number.NaN, Number.NaN, 0, 1, -1])
})

it('ADX: straight up is a trend of 100, long; to and fro by one point is none', () => {
  const close = numbers(60, (i) => 50 + i)
  const alone = run('adx-trend', inputsOf(close))
  expect(alone.value[59]).toBeCloseTo(100, 9)
  expect(alone.score[59]).toBe(1)
  const fro = run('adx-trend', inputsOf(numbers(60, (i) => 50 + (i % 2))))
  expect(fro.value[59]).toBeLessThan(10)
  expect(fro.score[59]).toBe(0)
})

describe('carry', () => {
  const flat = (value: number): Float64Array => numbers(10, () => value)
  const curve = {
    ...base.curve,
    near: flat(80),
    next: flat(79),
    nextDays: flat(30),
    year: flat(88),
    yearDays: flat(365),
  }

  it('80 over 79 in 30 days earns ln(80/79)·365/30 = 15.3 % a year: half strength', () => {
    const { value, score, why } = run('roll-yield', inputsOf(flat(80), { curve }))
    expect(value[9]).toBeCloseTo((Math.log(80 / 79) * 365) / 30, 12)
    expect(score[9]).toBeCloseTo(value[9] / 0.3, 12)
    expect(why(9)).toContain('backwardation pays the long 15.3 % a year')
  })

  it('80 under 88 in a year costs ln(88/80) = 9.5 %: short', () => {
    expect(run('carry', inputsOf(flat(80), { curve })).score[9]).toBeCloseTo(-Math.log(1.1) / 0.2, 12)
  })

  it('a price below zero has no logarithm: not known for the days of the mean, with the reason', () => {
    const near = flat(20)
    near[4] = -37.63
    const { score, why } = run('roll-yield', inputsOf(flat(20), { curve: { ...curve, near } }), { smoothDays: 2 })
    expect(Array.from(score, Number.isNaN)).toEqual([true, false, false, false, true, true, false, false, false, false])
    expect(why(4)).toBe('-37.63 USD/bbl is not above zero: no logarithm of it')
    expect(why(5)).toBe('a day of the mean has no roll yield')
  })
})

it('spread: far above its mean sells it, so that a product that the spread sells is bought', () => {
  const values = numbers(30, (i) => (i === 29 ? 20 : 10 + (i % 2)))
  const spread = { name: 'crack', title: 'crack', unit: 'USD/bbl' as const, days: base.days.slice(0, 30), values }
  const of = (side: 1 | -1): number =>
    run(
      'crack-reversion',
      inputsOf(
        numbers(30, () => 70),
        { crack: { ...spread, side } },
      ),
      { window: 20 },
    ).score[29]
  expect(of(1)).toBe(-1)
  expect(of(-1)).toBe(1)
})

it('a spread whose legs last settled six days before says nothing', () => {
  const days = Int32Array.from([base.days[0], base.days[0] + 5, base.days[0] + 6])
  const spread = {
    name: 'c',
    title: 'c',
    unit: 'USD/bbl' as const,
    days: days.slice(0, 1),
    values: Float64Array.of(3),
    side: 1 as const,
  }
  const { value, why } = run('calendar-reversion', { ...inputsOf(Float64Array.of(1, 2, 3)), days, calendar: spread })
  expect(Array.from(value)).toEqual([3, 3, Number.NaN])
  expect(why(2)).toContain('no value of the spread in the 5 days up to')
})

it('seasonality: five Januaries that rose and no fall are long; a year that has not ended is not among them', () => {
  const first = dayFromIso('2010-01-04')!
  const days = Int32Array.from({ length: 2200 }, (_, i) => first + i)
  // up 1 a day in the first half of each year of 365 days, down in the second, with noise of ±0.25
  const close = new Float64Array(days.length)
  for (let i = 1; i < days.length; i++)
    close[i] = close[i - 1] + (i % 365 < 182 ? 1 : -1) + (i % 2 === 0 ? 0.25 : -0.25) + ((i * 7) % 5) / 50
  const { score, why } = run('seasonality', { ...base, days, close }, { horizon: 20 })
  const inSpring = 5 * 365 + 100
  const inAutumn = 5 * 365 + 250
  expect(directionOf(score[inSpring])).toBe('LONG')
  expect(directionOf(score[inAutumn])).toBe('SHORT')
  expect(why(inSpring)).toContain('the next 20 days rose in 5 of 5 past years')
  expect(why(4 * 365 + 100)).toBe('4 of the past years have the 20 days that follow this date, 5 are needed')
})
