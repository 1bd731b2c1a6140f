import type { ParameterValues, Strategy } from '../strategy.js'

/** Holds what it is told, bar by bar, whatever the prices, in the size that another strategy would take. */
export function scriptedStrategy(
  decisions: Int8Array,
  like?: { readonly strategy: Strategy; readonly values: ParameterValues },
): Strategy {
  const sizing = like?.strategy.sizing
  return {
    name: 'scripted',
    summary: 'Targets that were fixed before',
    rule: 'the target of each bar stands in a list',
    parameters: [],
    sizing: sizing && (() => sizing(like.values)),
    firstDecisionBar: () => 0,
    prepare: () => (bar) => decisions[bar],
  }
}
