import type { Strategy, Target } from '../../src/lib/backtest/strategy.js'

/** Holds what a list says, from the close of each bar on. */
export function scripted(targets: readonly Target[], name = 'scripted'): Strategy {
  return {
    name,
    summary: '',
    rule: '',
    parameters: [],
    firstDecisionBar: () => 0,
    prepare: () => (bar, held) => targets[bar] ?? held,
  }
}
