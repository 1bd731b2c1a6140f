import { parameterWords } from '../../backtest/parameter-words.js'
import type { ParameterValues, Strategy } from '../../backtest/strategy.js'
import { parseConstraint, type Constraint } from './constraint.js'
import type { Dimension } from './dimension.js'
import { parseDimension } from './parse-dimension.js'

/** What a search may try: every parameter of the strategy, in its order, and what must hold between them. */
export interface SearchSpace {
  readonly strategy: Strategy
  readonly dimensions: readonly Dimension[]
  readonly constraints: readonly Constraint[]
  /** Whether the parameters go together, for the constraints and for the strategy itself. */
  readonly allows: (values: ParameterValues) => boolean
}

/**
 * Reads what stands after `--` as a search: `--fast 5:20:5 --slow 20,30,40,50`. A parameter that is not named keeps its default.
 * @param constraints `["fast<slow"]`
 */
export function parseSearchSpace(
  strategy: Strategy,
  words: readonly string[],
  constraints: readonly string[],
): SearchSpace {
  const said = parameterWords(strategy, words)
  const dimensions = strategy.parameters.map((parameter): Dimension => {
    const word = said.find((one) => one.parameter === parameter)
    if (word === undefined) return { name: parameter.name, kind: 'values', values: [parameter.default] }
    return parseDimension(strategy, parameter, word.text)
  })
  const numeric = strategy.parameters
    .filter(({ kind }) => kind === 'integer' || kind === 'number')
    .map(({ name }) => name)
  const parsed = constraints.map((text) => parseConstraint(text, numeric))
  return {
    strategy,
    dimensions,
    constraints: parsed,
    allows: (values) => parsed.every(({ holds }) => holds(values)) && (strategy.conflict?.(values) ?? null) === null,
  }
}

/** Parameters that take more than one value: what a picture has on its axes. */
export function searchedDimensions({ dimensions }: SearchSpace): Dimension[] {
  return dimensions.filter((dimension) => dimension.kind === 'interval' || dimension.values.length > 1)
}
