import { ContangoError } from '../kernel/errors.js'
import type { ParameterValues, Strategy, StrategyParameter } from './strategy.js'

/**
 * Reads what stands after `--`: `--name value` or `--name=value`, each once; what is not named keeps its default.
 * @param words `['--fast', '10', '--slow=30']`
 */
export function parseStrategyParameters(strategy: Strategy, words: readonly string[]): ParameterValues {
  const values: Record<string, number | string> = {}
  for (const parameter of strategy.parameters) values[parameter.name] = parameter.default
  const given = new Set<string>()
  for (let i = 0; i < words.length; i++) {
    const match = /^--([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(words[i])
    const parameter = match && strategy.parameters.find(({ name }) => name === match[1])
    if (!parameter) throw unknownParameter(strategy, words[i])
    const { name } = parameter
    if (given.has(name)) throw badParameter(strategy, `--${name} is given twice`, name)
    given.add(name)
    const text = match[2] ?? words[++i]
    if (text === undefined) throw badParameter(strategy, `--${name} needs a value`, name)
    values[name] = parsedValue(strategy, parameter, text)
  }
  const conflict = strategy.conflict?.(values) ?? null
  if (conflict !== null) throw badParameter(strategy, conflict, null)
  return values
}

function parsedValue(strategy: Strategy, parameter: StrategyParameter, text: string): number | string {
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

function names({ parameters }: Strategy): string {
  return parameters.length === 0 ? 'it has none' : `it takes ${parameters.map(({ name }) => `--${name}`).join(', ')}`
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

function badParameter(strategy: Strategy, message: string, parameter: string | null): ContangoError {
  return new ContangoError('usage', 'BAD_PARAMETER', `${strategy.name}: ${message}`, 'contango backtest list', {
    strategy: strategy.name,
    parameter,
  })
}
