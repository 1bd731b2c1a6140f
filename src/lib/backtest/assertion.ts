import { ContangoError } from '../kernel/errors.js'

const OPERATORS = {
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
} as const

/** What the command line demands of a result: `sharpe>=0.5`. */
export interface Assertion {
  readonly text: string
  readonly name: string
  readonly operator: keyof typeof OPERATORS
  readonly bound: number
}

export interface CheckedAssertion {
  readonly assertion: string
  readonly value: number | null
  readonly holds: boolean
}

/** Reads `NAME OPERATOR NUMBER`; an unknown name lists the known ones. */
export function parseAssertion(text: string, names: readonly string[]): Assertion {
  const match = /^\s*([A-Za-z][A-Za-z0-9.]*)\s*(>=|<=|==|!=|>|<)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/i.exec(
    text,
  )
  if (!match) {
    throw new ContangoError(
      'usage',
      'BAD_ASSERTION',
      `--assert takes NAME OPERATOR NUMBER with one of ${Object.keys(OPERATORS).join(' ')}, not "${text}"`,
      '--assert "sharpe>=0.5"',
      { assertion: text },
    )
  }
  const [, name, operator, bound] = match
  if (!names.includes(name)) {
    throw new ContangoError(
      'usage',
      'UNKNOWN_METRIC',
      `--assert "${text}": there is no number ${name}; there are ${names.join(', ')}`,
      '--assert "sharpe>=0.5"',
      { assertion: text, name, names },
    )
  }
  return { text, name, operator: operator as keyof typeof OPERATORS, bound: Number(bound) }
}

/** A number that is undefined fulfils nothing. */
export function checkAssertion(
  { text, name, operator, bound }: Assertion,
  numbers: Readonly<Record<string, number | null>>,
): CheckedAssertion {
  const value = numbers[name] ?? null
  return { assertion: text, value, holds: value !== null && OPERATORS[operator](value, bound) }
}
