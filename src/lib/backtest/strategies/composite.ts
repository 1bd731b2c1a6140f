import { ContangoError } from '../../kernel/errors.js'
import { parseStrategyParameters } from '../parse-strategy-parameters.js'
import type { Decide, ParameterValues, Strategy } from '../strategy.js'

/** A strategy that others make up, with its own parameters. */
interface Member {
  readonly strategy: Strategy
  readonly values: ParameterValues
  readonly weight: number
}

/**
 * Several strategies as one. Each is followed from its own first decision on, whatever the others do; together they decide
 * once all of them do.
 * @param named finds a member by its name; throws usage where there is none
 */
export function compositeOf(named: (name: string) => Strategy): Strategy {
  const membersOf = ({ members, weights }: ParameterValues): Member[] => {
    const texts = listOf(String(members))
    const shares = listOf(String(weights)).map(Number)
    if (shares.length > 0 && shares.length !== texts.length) {
      throw bad(`${texts.length} members have ${shares.length} weights`)
    }
    if (shares.some((share) => !Number.isFinite(share))) throw bad(`weights are numbers, not "${weights}"`)
    if (texts.length === 0) throw bad('it has no members')
    return texts.map((text, i) => ({ ...memberOf(text, named), weight: shares[i] ?? 1 / texts.length }))
  }
  return {
    name: 'composite',
    summary: 'Several strategies as one, by their weights or by vote',
    rule: 'weights: the sum of weight × target of each member. vote: long where the members that are long have more than quorum of all weight, short where those that are short have, else flat. Each member is followed from its own first decision, all together from the last of these',
    parameters: [
      {
        name: 'members',
        kind: 'text',
        default: 'ma-crossover,rsi-reversion',
        summary: 'Names with their parameters: ma-crossover:fast=5:slow=20,signal:carry.',
      },
      { name: 'weights', kind: 'text', default: '', summary: 'One for each member; equal parts of 1 without.' },
      {
        name: 'mode',
        kind: 'choice',
        default: 'weights',
        options: ['weights', 'vote'],
        summary: 'Add up what the members hold, or count them.',
      },
      {
        name: 'quorum',
        kind: 'number',
        default: 0.5,
        min: 0,
        max: 1,
        summary: 'vote: share of all weight that a side needs more than.',
      },
    ],
    conflict(values) {
      const members = membersOf(values)
      if (values['mode'] !== 'vote') return null
      return members.every(({ weight }) => weight >= 0) && members.some(({ weight }) => weight > 0)
        ? null
        : 'a vote has weights of 0 and more, and one above 0'
    },
    columns: (values) => [
      ...new Set(membersOf(values).flatMap((member) => member.strategy.columns?.(member.values) ?? [])),
    ],
    firstDecisionBar: (values) =>
      Math.max(...membersOf(values).map((member) => member.strategy.firstDecisionBar(member.values))),
    prepare(bars, values, cached) {
      const members = membersOf(values)
      const decide: Decide[] = members.map((member) => member.strategy.prepare(bars, member.values, cached))
      const weight = Float64Array.from(members, (member) => member.weight)
      const next = Int32Array.from(members, (member) => member.strategy.firstDecisionBar(member.values))
      const held = new Float64Array(members.length)
      const all = weight.reduce((sum, share) => sum + share, 0)
      const needed = Number(values['quorum']) * all
      const votes = values['mode'] === 'vote'
      return (bar) => {
        let sum = 0
        let long = 0
        let short = 0
        for (let i = 0; i < held.length; i++) {
          for (; next[i] <= bar; next[i]++) held[i] = decide[i](next[i], held[i])
          sum += weight[i] * held[i]
          if (held[i] > 0) long += weight[i]
          if (held[i] < 0) short += weight[i]
        }
        if (!votes) return sum
        return long > needed ? 1 : short > needed ? -1 : 0
      }
    },
  }
}

/** `ma-crossover:fast=5:slow=20`, `signal:carry`. */
function memberOf(text: string, named: (name: string) => Strategy): Pick<Member, 'strategy' | 'values'> {
  const [head, ...rest] = text.split(':')
  const isSignal = head === 'signal'
  // Parameters of a signal stand by their order, as in contango signals.
  const name = isSignal ? text : head
  const words = isSignal ? [] : rest.map((part) => `--${part}`)
  const strategy = named(name)
  if (words.some((word) => !word.includes('='))) throw bad(`"${text}": parameters of a member are NAME=VALUE`)
  return { strategy, values: parseStrategyParameters(strategy, words) }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function bad(message: string): ContangoError {
  return new ContangoError(
    'usage',
    'BAD_MEMBERS',
    `composite: ${message}`,
    '-- --members ma-crossover,rsi-reversion --weights 0.6,0.4 --mode weights',
  )
}
