import type { Expression, Operator } from './expression.js'

/** Where an expression finds its names. */
export interface Scope {
  /** The value at a path; undefined where there is none. */
  lookUp(path: readonly string[]): unknown
  call(name: string, args: readonly unknown[]): unknown
}

/** The value of an expression; a path that leads nowhere is null. `||` and `&&` give one of their sides. */
export function evaluateExpression(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case 'value':
      return expression.value
    case 'path':
      return (
        scope.lookUp(
          expression.path.map((step) => (typeof step === 'string' ? step : String(evaluateExpression(step, scope)))),
        ) ?? null
      )
    case 'call':
      return (
        scope.call(
          expression.name,
          expression.args.map((arg) => evaluateExpression(arg, scope)),
        ) ?? null
      )
    case 'not':
      return !isTrue(evaluateExpression(expression.of, scope))
    case 'binary':
      return binary(expression.operator, evaluateExpression(expression.left, scope), () =>
        evaluateExpression(expression.right, scope),
      )
  }
}

/** false, null, 0 and the empty text are not true. */
export function isTrue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== ''
}

function binary(operator: Operator, left: unknown, right: () => unknown): unknown {
  if (operator === '||') return isTrue(left) ? left : right()
  if (operator === '&&') return isTrue(left) ? right() : left
  const [a, b] = comparable(left, right())
  switch (operator) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    default:
      return ordered(operator, a, b)
  }
}

/** Numbers and texts have an order among their like, texts by code unit, so that ISO dates compare; null has none. */
function ordered(operator: Operator, a: unknown, b: unknown): boolean {
  const alike = typeof a === typeof b && (typeof a === 'number' || typeof a === 'string')
  if (!alike) return false
  const [x, y] = [a as number, b as number] // two numbers, or two texts: both compare by their own order
  if (operator === '<') return x < y
  if (operator === '<=') return x <= y
  return operator === '>' ? x > y : x >= y
}

/** A variable of the environment is text: beside a number it counts as the number that it spells. */
function comparable(left: unknown, right: unknown): [unknown, unknown] {
  if (typeof left === 'number' && typeof right === 'string') return [left, numberOr(right)]
  if (typeof left === 'string' && typeof right === 'number') return [numberOr(left), right]
  return [left, right]
}

function numberOr(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}
