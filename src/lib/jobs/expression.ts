/** What stands between `${{` and `}}`, and in `when`. */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  /** `steps.var.data.results.0.varUsd`: names and positions, one below the other. */
  | { readonly kind: 'path'; readonly path: readonly (string | Expression)[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }

export const OPERATORS = ['||', '&&', '==', '!=', '<=', '>=', '<', '>'] as const
export type Operator = (typeof OPERATORS)[number]

/** Where and why a text is no expression. */
export class ExpressionError extends Error {}

const TOKEN =
  /\s*(?:(?<number>-?\d+(?:\.\d+)?(?![A-Za-z0-9_.-]))|(?<text>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")|(?<segment>[A-Za-z0-9_][A-Za-z0-9_-]*)|(?<sign>\|\||&&|==|!=|<=|>=|[<>!().,[\]]))/y

interface Token {
  readonly kind: 'number' | 'text' | 'segment' | 'sign' | 'end'
  readonly text: string
}

const MAX_DEPTH = 32

/**
 * Reads an expression: `||`, `&&`, comparisons, `!`, parentheses, numbers, 'texts', paths and calls.
 * @throws ExpressionError in words that say what is wrong with the text
 */
export function parseExpression(source: string): Expression {
  const tokens = tokensOf(source)
  let at = 0
  let depth = 0
  const peek = (): Token => tokens[at]
  const next = (): Token => tokens[at++]
  const accept = (sign: string): boolean => {
    if (peek().kind !== 'sign' || peek().text !== sign) return false
    at++
    return true
  }
  const expect = (sign: string): void => {
    if (!accept(sign)) throw new ExpressionError(`"${sign}" is missing before ${shown(peek())}`)
  }

  const binary = (operators: readonly Operator[], operand: () => Expression): Expression => {
    let left = operand()
    for (;;) {
      const operator = operators.find((sign) => accept(sign))
      if (operator === undefined) return left
      left = { kind: 'binary', operator, left, right: operand() }
    }
  }
  const or = (): Expression => {
    if (++depth > MAX_DEPTH) throw new ExpressionError(`is nested deeper than ${MAX_DEPTH} levels`)
    const expression = binary(['||'], and)
    depth--
    return expression
  }
  const and = (): Expression => binary(['&&'], comparison)
  const comparison = (): Expression => binary(['==', '!=', '<=', '>=', '<', '>'], unary)
  const unary = (): Expression => {
    let negations = 0
    while (accept('!')) negations++
    let expression = primary()
    for (; negations > 0; negations--) expression = { kind: 'not', of: expression }
    return expression
  }
  const primary = (): Expression => {
    const token = next()
    if (token.kind === 'number') return { kind: 'value', value: Number(token.text) }
    if (token.kind === 'text') return { kind: 'value', value: unquoted(token.text) }
    if (token.kind === 'segment') return named(token.text)
    if (token.kind === 'sign' && token.text === '(') {
      const inner = or()
      expect(')')
      return inner
    }
    throw new ExpressionError(`a value is missing before ${shown(token)}`)
  }
  const named = (name: string): Expression => {
    if (name === 'true' || name === 'false') return { kind: 'value', value: name === 'true' }
    if (name === 'null') return { kind: 'value', value: null }
    if (/^\d/.test(name)) throw new ExpressionError(`"${name}" is neither a number nor a name`)
    if (accept('(')) {
      const args: Expression[] = []
      if (!accept(')')) {
        do args.push(or())
        while (accept(','))
        expect(')')
      }
      return { kind: 'call', name, args }
    }
    const path: (string | Expression)[] = [name]
    for (;;) {
      if (accept('.')) {
        const segment = next()
        if (segment.kind !== 'segment' && segment.kind !== 'number')
          throw new ExpressionError(`a name is missing after "${name}."`)
        path.push(...segment.text.split('.'))
      } else if (accept('[')) {
        path.push(or())
        expect(']')
      } else return { kind: 'path', path }
    }
  }

  const expression = or()
  if (peek().kind !== 'end') throw new ExpressionError(`${shown(peek())} is one word too many`)
  return expression
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  const text = source.trimEnd()
  if (text.trim() === '') throw new ExpressionError('is empty')
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex
    const groups = TOKEN.exec(text)?.groups
    if (!groups) throw new ExpressionError(`cannot be read at "${text.slice(from).trim().slice(0, 20)}"`)
    const [kind, word] = Object.entries(groups).find(([, found]) => found !== undefined)!
    tokens.push({ kind: kind as Token['kind'], text: word })
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}

function shown(token: Token): string {
  return token.kind === 'end' ? 'its end' : `"${token.text}"`
}

function unquoted(text: string): string {
  const inner = text.slice(1, -1)
  return text.startsWith("'") ? inner.replaceAll("''", "'") : inner.replace(/\\(.)/g, '$1')
}

/** Every path and call of an expression, the expression itself included. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression
  switch (expression.kind) {
    case 'path':
      for (const step of expression.path) if (typeof step !== 'string') yield* partsOf(step)
      return
    case 'call':
      for (const arg of expression.args) yield* partsOf(arg)
      return
    case 'not':
      yield* partsOf(expression.of)
      return
    case 'binary':
      yield* partsOf(expression.left)
      yield* partsOf(expression.right)
  }
}
