import { ContangoError } from '../kernel/errors.js'
import type { Step } from './path.js'

type Wanted =
  | { readonly kind: 'any' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'name'; readonly name: string }
  /** Text of a key's value, or a place in the list. */
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'keys'; readonly keys: readonly (readonly [name: string, value: string])[] }

/** Which paths of a document are meant: `data.results.*.varUsd`, `data.results[method=normal].*`, `**.lots`. */
export interface PathPattern {
  readonly text: string
  readonly steps: readonly Wanted[]
}

/**
 * Steps are separated by dots; `*` is any one step (a member or an element), `**` any number of them, `[3]` or `.3` an
 * element by its place, `[normal]` one by the value of a key, `[method=normal,confidence=0.95]` by name and value,
 * `["a.b"]` a member whose name holds a dot.
 */
export function parsePathPattern(text: string): PathPattern {
  const steps: Wanted[] = []
  const token = /\.?(?:\[("(?:[^"\\]|\\.)*"|[^\]]*)\]|([^.[\]]+))/gy
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const match = token.exec(text)
    const dotted = text[at] === '.'
    if (match === null || (at === 0 ? dotted : match[1] === undefined && !dotted)) throw malformed(text)
    steps.push(match[1] === undefined ? wantedMember(match[2]) : wantedElement(match[1], text))
  }
  if (steps.length === 0) throw malformed(text)
  return { text, steps }
}

/** True where the pattern names the path itself. */
export function matchesPath(pattern: PathPattern, path: readonly Step[]): boolean {
  return matchesFrom(pattern.steps, 0, path, 0)
}

/** True where the pattern names the path or something that it lies in. */
export function matchesPathOrParent(pattern: PathPattern, path: readonly Step[]): boolean {
  for (let length = 1; length <= path.length; length++) {
    if (matchesFrom(pattern.steps, 0, path.slice(0, length), 0)) return true
  }
  return false
}

function matchesFrom(wanted: readonly Wanted[], w: number, path: readonly Step[], p: number): boolean {
  if (w === wanted.length) return p === path.length
  const one = wanted[w]
  if (one.kind === 'deep') {
    for (let skip = p; skip <= path.length; skip++) if (matchesFrom(wanted, w + 1, path, skip)) return true
    return false
  }
  return p < path.length && matchesStep(one, path[p]) && matchesFrom(wanted, w + 1, path, p + 1)
}

function matchesStep(wanted: Wanted, step: Step): boolean {
  switch (wanted.kind) {
    case 'any':
    case 'deep':
      return true
    case 'name':
      return step.kind === 'member' ? step.name === wanted.name : hasLabel(step, wanted.name)
    case 'label':
      return step.kind === 'element' && hasLabel(step, wanted.label)
    case 'keys':
      return (
        step.kind === 'element' &&
        wanted.keys.every(([name, value]) => step.keys.some((key) => key[0] === name && key[1] === value))
      )
  }
}

function hasLabel(step: Step & { kind: 'element' }, label: string): boolean {
  return String(step.index) === label || step.keys.some(([, value]) => value === label)
}

function wantedMember(name: string): Wanted {
  if (name === '*') return { kind: 'any' }
  return name === '**' ? { kind: 'deep' } : { kind: 'name', name }
}

function wantedElement(inside: string, text: string): Wanted {
  if (inside === '') throw malformed(text)
  if (inside === '*') return { kind: 'any' }
  if (inside.startsWith('"')) return { kind: 'name', name: JSON.parse(inside) as string }
  if (!inside.includes('=')) return { kind: 'label', label: inside }
  return {
    kind: 'keys',
    keys: inside.split(',').map((part) => {
      const at = part.indexOf('=')
      if (at < 1) throw malformed(text)
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const
    }),
  }
}

function malformed(text: string): ContangoError {
  return new ContangoError(
    'usage',
    'BAD_PATH',
    `"${text}" is no path of a document`,
    'data.results.*.varUsd, data.results[method=normal].varUsd, **.lots',
    { path: text },
  )
}
