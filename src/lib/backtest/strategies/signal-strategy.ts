import { parseSignal } from '../../signals/parse-signal.js'
import { extraColumn } from '../extra-column.js'
import type { Strategy } from '../strategy.js'

export const SIGNAL_PREFIX = 'signal:'
/** `signal:composite`: all signals by their weights, as contango signals adds them up. */
export const COMPOSITE = 'composite'

const COMPOSITE_WORDS = {
  title: 'Composite of all signals',
  rule: 'the signals that are known, by the weights of config/signals.yaml',
}

/**
 * A signal of `contango signals` as a strategy, `signal:carry` or `signal:rsi:10:15`: its score or its direction is the target.
 * Where it is not known the target holds.
 * @param name with its prefix
 */
export function signalStrategy(name: string): Strategy {
  const text = name.slice(SIGNAL_PREFIX.length)
  const { title, rule } = text === COMPOSITE ? COMPOSITE_WORDS : parseSignal(text).definition
  return {
    name,
    summary: title,
    rule: `${rule}. direction: long, short or flat by its sign; score: its score, −1 to 1`,
    parameters: [
      {
        name: 'target',
        kind: 'choice',
        default: 'direction',
        options: ['direction', 'score'],
        summary: 'Hold the side of the signal, or as much as it scores.',
      },
      {
        name: 'threshold',
        kind: 'number',
        default: 0,
        min: 0,
        max: 1,
        summary: 'Scores of this size and less are neutral.',
      },
    ],
    columns: () => [name],
    firstDecisionBar: () => 0,
    prepare(bars, { target, threshold }) {
      const score = extraColumn(bars, name)
      const least = Number(threshold)
      const sided = target === 'direction'
      return (bar, held) => {
        const said = score[bar]
        if (said !== said) return held
        if (Math.abs(said) <= least) return 0
        return sided ? Math.sign(said) : said
      }
    },
  }
}
