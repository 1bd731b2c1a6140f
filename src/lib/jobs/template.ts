import { canonicalNumber } from '../kernel/canonical-json.js'
import { ExpressionError, parseExpression, type Expression } from './expression.js'

/** A place in a word where a value will stand. */
export interface Hole {
  /** As it is written, with its braces. */
  readonly source: string
  readonly expression: Expression
}

/** A word of a command line: text, and places for values. */
export type Template = readonly (string | Hole)[]

const OPEN = '${{'
const CLOSE = '}}'

/** `reports/${{ asOf }}.html` → text and holes. @throws ExpressionError */
export function parseTemplate(text: string): Template {
  const parts: (string | Hole)[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf(OPEN, at)
    if (open === -1) break
    const close = text.indexOf(CLOSE, open)
    if (close === -1) throw new ExpressionError(`"${text.slice(open, open + 20)}" has no closing }}`)
    if (open > at) parts.push(text.slice(at, open))
    const end = close + CLOSE.length
    parts.push({ source: text.slice(open, end), expression: parseExpression(text.slice(open + OPEN.length, close)) })
    at = end
  }
  if (at < text.length || parts.length === 0) parts.push(text.slice(at))
  return parts
}

/** A template with the holes filled for which there is a text. */
export function fillTemplate(template: Template, textFor: (expression: Expression) => string | null): Template {
  const filled: (string | Hole)[] = []
  for (const part of template) {
    const piece = typeof part === 'string' ? part : (textFor(part.expression) ?? part)
    const before = filled.at(-1)
    if (typeof piece === 'string' && typeof before === 'string') filled[filled.length - 1] = before + piece
    else filled.push(piece)
  }
  return filled
}

/** A template as text; what stands for a hole is its source unless `open` gives something else. */
export function templateText(template: Template, open?: string): string {
  return template.map((part) => (typeof part === 'string' ? part : (open ?? part.source))).join('')
}

export function hasHoles(template: Template): boolean {
  return template.some((part) => typeof part !== 'string')
}

/** `${{ x }}` around a whole text, or the text alone, as the expression in it: what `when` holds. */
export function parseCondition(text: string): Expression {
  const trimmed = text.trim()
  const inside = trimmed.startsWith(OPEN) && trimmed.indexOf(CLOSE) === trimmed.length - CLOSE.length
  return parseExpression(inside ? trimmed.slice(OPEN.length, -CLOSE.length) : trimmed)
}

/** Splits a command line into words at spaces; quotes and `${{ … }}` hold together. Nothing is expanded here. */
export function splitWords(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let quote: string | null = null
  for (let i = 0; i < line.length; i++) {
    const char = line[i]
    if (line.startsWith(OPEN, i)) {
      const close = line.indexOf(CLOSE, i)
      if (close === -1) throw new ExpressionError(`"${line.slice(i, i + 20)}" has no closing }}`)
      word = (word ?? '') + line.slice(i, close + CLOSE.length)
      i = close + CLOSE.length - 1
    } else if (quote !== null) {
      if (char === quote) quote = null
      else word = (word ?? '') + char
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word)
      word = null
    } else {
      word = (word ?? '') + char
    }
  }
  if (quote !== null) throw new ExpressionError(`a ${quote} is not closed`)
  if (word !== null) words.push(word)
  return words
}

/** What a value looks like inside a word; null for what has no such form. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return null
  const number = canonicalNumber(value)
  return number === null ? null : String(number)
}
