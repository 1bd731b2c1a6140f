import { ContangoError } from '../../kernel/errors.js'
import type { ParameterValues } from '../../backtest/strategy.js'

/** A condition between parameters: `fast<slow`, `slow >= 2*fast + 5`, `lower < exit < upper`. */
export interface Constraint {
  readonly text: string
  readonly holds: (values: ParameterValues) => boolean
}

type Expression = (values: ParameterValues) => number

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
}

/**
 * Reads a constraint: sums, differences, products and quotients of numbers and parameter names, in brackets where wanted, and at
 * least one comparison; `a < b < c` is both. A quotient by zero fulfils nothing.
 * @param names numeric parameters of the strategy
 */
export function parseConstraint(text: string, names: readonly string[]): Constraint {
  const tokens = tokensOf(text, names)
  let at = 0
  const fail = (problem: string): ContangoError =>
    new ContangoError(
      'usage',
      'BAD_CONSTRAINT',
      `--constraint "${text}": ${problem}`,
      '--constraint "fast<slow", or "slow>=2*fast+5"',
      { constraint: text, parameters: names },
    )

  const factor = (): Expression => {
    const token = tokens[at++]
    if (token === '-') {
      const inner = factor()
      return (values) => -inner(values)
    }
    if (token === '(') {
      const inner = sum()
      if (tokens[at++] !== ')') throw fail('a bracket is not closed')
      return inner
    }
    if (token !== undefined && names.includes(token)) return (values) => Number(values[token])
    if (token !== undefined && /^[\d.]/.test(token)) {
      const number = Number(token)
      return () => number
    }
    throw fail(token === undefined ? 'it ends too early' : `"${token}" stands where a number or a parameter should`)
  }
  const product = (): Expression => {
    let left = factor()
    while (tokens[at] === '*' || tokens[at] === '/') {
      const times = tokens[at++] === '*'
      const [a, b] = [left, factor()]
      left = times ? (values) => a(values) * b(values) : (values) => a(values) / b(values)
    }
    return left
  }
  const sum = (): Expression => {
    let left = product()
    while (tokens[at] === '+' || tokens[at] === '-') {
      const plus = tokens[at++] === '+'
      const [a, b] = [left, product()]
      left = plus ? (values) => a(values) + b(values) : (values) => a(values) - b(values)
    }
    return left
  }

  const conditions: ((values: ParameterValues) => boolean)[] = []
  let left = sum()
  while (at < tokens.length) {
    const compare = COMPARISONS[tokens[at]] as ((a: number, b: number) => boolean) | undefined
    if (compare === undefined) throw fail(`"${tokens[at]}" stands where a comparison should`)
    at++
    const [a, b] = [left, sum()]
    conditions.push((values) => {
      const [x, y] = [a(values), b(values)]
      return Number.isFinite(x) && Number.isFinite(y) && compare(x, y)
    })
    left = b
  }
  if (conditions.length === 0) throw fail(`there is no comparison (${Object.keys(COMPARISONS).join(' ')})`)
  return { text, holds: (values) => conditions.every((condition) => condition(values)) }
}

/** Names are matched before signs: `stop-loss` is one of them where a parameter is called so. */
function tokensOf(text: string, names: readonly string[]): string[] {
  const longestFirst = [...names].sort((a, b) => b.length - a.length)
  const tokens: string[] = []
  let rest = text.trimStart()
  while (rest !== '') {
    const name = longestFirst.find((known) => rest.startsWith(known) && !/^[a-z0-9]/i.test(rest.slice(known.length)))
    const token = name ?? /^(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|<=|>=|==|!=|[-+*/()<>])/i.exec(rest)?.[0]
    if (token === undefined) {
      const word = /^[a-z][a-z0-9-]*/i.exec(rest)?.[0] ?? rest[0]
      throw new ContangoError(
        'usage',
        'BAD_CONSTRAINT',
        `--constraint "${text}": "${word}" is no numeric parameter; there are ${names.join(', ') || 'none'}`,
        '--constraint "fast<slow"',
        { constraint: text, parameters: names },
      )
    }
    tokens.push(token)
    rest = rest.slice(token.length).trimStart()
  }
  return tokens
}
