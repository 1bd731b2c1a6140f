import { badParameter, parseParameterValue } from '../../backtest/parameter-words.js'
import type { Strategy, StrategyParameter } from '../../backtest/strategy.js'
import { shortNumber, type Dimension } from './dimension.js'

const FORMS = 'start:stop:step (5:20:5), a list (20,30,40) or log:start:stop:count (log:0.01:10:7)'
/** Values of one range: more are a mistake of the step. */
const MOST_VALUES = 100_000

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`
const RANGE = new RegExp(`^(log:)?(${NUMBER}):(${NUMBER})(?::(${NUMBER}))?$`, 'i')

/**
 * Reads what a parameter may be: items between commas, each a value, `start:stop:step` (the stop among them if a step
 * reaches it), or `log:start:stop:count` (even steps of the logarithm, both ends among them). `start:stop` is every whole
 * number, or any number between for a search that draws; so is `log:start:stop`.
 */
export function parseDimension(strategy: Strategy, parameter: StrategyParameter, text: string): Dimension {
  const { name } = parameter
  if (parameter.kind === 'text') return { name, kind: 'values', values: [text] }
  const items = text.split(',').map((item) => item.trim())
  if (items.some((item) => item === ''))
    throw badParameter(strategy, `--${name} has an empty value in "${text}"`, name, FORMS)
  const values: (number | string)[] = []
  for (const item of items) {
    const range = parameter.kind === 'choice' ? null : RANGE.exec(item)
    if (range === null) {
      values.push(parseParameterValue(strategy, parameter, item))
      continue
    }
    const log = range[1] !== undefined
    const [start, stop] = [range[2], range[3]].map((word) => Number(parseParameterValue(strategy, parameter, word)))
    const problem = rangeProblem(parameter.kind, log, start, stop, range[4])
    if (problem !== null) throw badParameter(strategy, `--${name} ${item}: ${problem}`, name, FORMS)
    const whole = parameter.kind === 'integer'
    if (range[4] === undefined && (log || !whole)) {
      if (items.length > 1) {
        throw badParameter(strategy, `--${name}: ${item} has no step, and stands beside other values`, name, FORMS)
      }
      return { name, kind: 'interval', low: start, high: stop, log, whole }
    }
    values.push(
      ...(log ? logSteps(start, stop, Number(range[4]), whole) : evenSteps(start, stop, Number(range[4] ?? 1))),
    )
  }
  return { name, kind: 'values', values: [...new Set(values)] }
}

function rangeProblem(
  kind: StrategyParameter['kind'],
  log: boolean,
  start: number,
  stop: number,
  last: string | undefined,
): string | null {
  if (start > stop) return `it is empty: ${start} is above ${stop}`
  if (log && !(start > 0)) return 'a logarithm needs a start above 0'
  if (last === undefined) return null
  const number = Number(last)
  if (log) {
    if (Number.isInteger(number) && number >= 1 && number <= MOST_VALUES) return null
    return `the last number counts the steps: a whole number from 1 to ${MOST_VALUES}, not ${last}`
  }
  if (!(number > 0)) return `the step must be above 0, not ${last}`
  if (kind === 'integer' && !Number.isInteger(number)) return `the step must be a whole number, not ${last}`
  return (stop - start) / number < MOST_VALUES ? null : `it has more than ${MOST_VALUES} values`
}

function evenSteps(start: number, stop: number, step: number): number[] {
  const count = Math.floor((stop - start) / step + 1e-9) + 1
  return Array.from({ length: count }, (_, i) => shortNumber(start + i * step))
}

function logSteps(start: number, stop: number, count: number, whole: boolean): number[] {
  return Array.from({ length: count }, (_, i) => {
    const value = count === 1 ? start : i === count - 1 ? stop : start * (stop / start) ** (i / (count - 1))
    return whole ? Math.round(value) : shortNumber(value)
  })
}
