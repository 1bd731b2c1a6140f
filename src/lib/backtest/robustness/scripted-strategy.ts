import type { Strategy, Target } from '../strategy.js'

/** Holds what it is told, bar by bar, whatever the prices: the script is read when the run comes to it. */
export function scriptedStrategy(targets: Int8Array): Strategy {
  return {
    name: 'scripted',
    summary: 'Targets that were fixed before',
    rule: 'the target of each bar stands in a list',
    parameters: [],
    firstDecisionBar: () => 0,
    prepare: () => (bar) => targets[bar] as Target,
  }
}
