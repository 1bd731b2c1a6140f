import { ContangoError } from '../kernel/errors.js'
import type { Strategy, StrategyParameter } from './strategy.js'

/** A parameter that is named after `--`, and what was said of it. */
export interface ParameterWord {
  readonly parameter: StrategyParameter
  readonly text: string
}

/**
 * Reads what stands after `--`: `--name value` or `--name=value`, each once. An unknown name lists the valid ones.
 * @param words `['--fast', '10', '--slow=30']`
 */
export function parameterWords(strategy: Strategy, words: readonly string[]): ParameterWord[] {
  const found: ParameterWord[] = []
  for (let i = 0; i < words.length; i++) {
    const match = /^--([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(words[i])
    const parameter = match && strategy.parameters.find(({ name }) => name === match[1])
    if (!parameter) throw unknownParameter(strategy, words[i])
    const { name } = parameter
    if (found.some((word) => word.parameter === parameter)) {
      throw badParameter(strategy, `--${name} is given twice`, name)
    }
    const text = match[2] ?? words[++i]
    if (text === undefined) throw badParameter(strategy, `--${name} needs a value`, name)
    found.push({ parameter, text })
  }
  return found
}

/** One value as typed; refuses what is not of the parameter's kind or outside of its bounds. */
export function parseParameterValue(strategy: Strategy, parameter: StrategyParameter, text: string): number | string {
  const { name } = parameter
  if (parameter.kind === 'choice') {
    if (parameter.options.includes(text)) return text
    throw badParameter(strategy, `--${name} takes ${parameter.options.join(' or ')}, not "${text}"`, name)
  }
  if (parameter.kind === 'text') return text
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  const { min, max, kind } = parameter
  if (value >= min && value <= max && (kind === 'number' || Number.isInteger(value))) return value
  const limits = min === -Number.MAX_VALUE && max === Number.MAX_VALUE ? '' : ` from ${min} to ${max}`
  const expected = `${kind === 'integer' ? 'a whole number' : 'a number'}${limits}`
  throw badParameter(strategy, `--${name} takes ${expected}, not "${text}"`, name)
}

export function badParameter(
  strategy: Strategy,
  message: string,
  parameter: string | null,
  hint = 'contango backtest list',
): ContangoError {
  return new ContangoError('usage', 'BAD_PARAMETER', `${strategy.name}: ${message}`, hint, {
    strategy: strategy.name,
    parameter,
  })
}

function unknownParameter(strategy: Strategy, word: string): ContangoError {
  return new ContangoError(
    'usage',
    'UNKNOWN_PARAMETER',
    `${strategy.name} has no parameter "${word}": ${names(strategy)}`,
    'contango backtest list',
    { strategy: strategy.name, word, parameters: strategy.parameters.map(({ name }) => name) },
  )
}

function names({ parameters }: Strategy): string {
  return parameters.length === 0 ? 'it has none' : `it takes ${parameters.map(({ name }) => `--${name}`).join(', ')}`
}
