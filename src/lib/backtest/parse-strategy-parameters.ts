import { badParameter, parameterWords, parseParameterValue } from './parameter-words.js'
import type { ParameterValues, Strategy } from './strategy.js'

/**
 * Reads what stands after `--`: `--name value` or `--name=value`, each once; what is not named keeps its default.
 * @param words `['--fast', '10', '--slow=30']`
 */
export function parseStrategyParameters(strategy: Strategy, words: readonly string[]): ParameterValues {
  const values: Record<string, number | string> = {}
  for (const parameter of strategy.parameters) values[parameter.name] = parameter.default
  for (const { parameter, text } of parameterWords(strategy, words)) {
    values[parameter.name] = parseParameterValue(strategy, parameter, text)
  }
  const conflict = strategy.conflict?.(values) ?? null
  if (conflict !== null) throw badParameter(strategy, conflict, null)
  return values
}
