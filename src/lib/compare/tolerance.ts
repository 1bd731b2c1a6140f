import { ContangoError } from '../kernel/errors.js'
import { parsePathPattern, type PathPattern } from './path-pattern.js'

/** How far two numbers may lie apart: |new − old| ≤ absolute, or ≤ relative · |old|; either suffices. */
export interface Tolerance {
  readonly absolute: number
  /** A fraction of |old|. */
  readonly relative: number
}

export const EXACT: Tolerance = { absolute: 0, relative: 0 }

export interface PathTolerance extends Tolerance {
  readonly pattern: PathPattern
}

/** `data.results.*.varUsd=1%`, `**.price=0.005`, `rows.*.equity=1e-9%,0.01`: per cent is relative, a number is absolute. */
export function parseTolerance(text: string): PathTolerance {
  const at = text.lastIndexOf('=')
  if (at < 1) throw malformed(text, 'it has no "="')
  const bracket = text.lastIndexOf(']')
  if (bracket > at) throw malformed(text, 'it has no "=" after the path')
  return { pattern: parsePathPattern(text.slice(0, at).trim()), ...amountsOf(text.slice(at + 1), text) }
}

/** True where the newer number is near enough to the older one. */
export function isWithin(older: number, newer: number, { absolute, relative }: Tolerance): boolean {
  const apart = Math.abs(newer - older)
  return apart <= absolute || apart <= relative * Math.abs(older)
}

/** `0.01 or 1 %`, `exact`. */
export function toleranceText({ absolute, relative }: Tolerance): string {
  const parts = [
    absolute > 0 ? String(absolute) : '',
    relative > 0 ? `${Number((relative * 100).toPrecision(12))} %` : '',
  ]
  return parts.filter((part) => part !== '').join(' or ') || 'exact'
}

function amountsOf(text: string, whole: string): Tolerance {
  const tolerance = { absolute: 0, relative: 0 }
  for (const part of text.split(',').map((one) => one.trim())) {
    const match = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)$/i.exec(part)
    const value = match === null ? Number.NaN : Number(match[1])
    if (match === null || !Number.isFinite(value)) throw malformed(whole, `"${part}" is neither a number nor per cent`)
    if (match[2] === '%') tolerance.relative = value / 100
    else tolerance.absolute = value
  }
  return tolerance
}

function malformed(text: string, why: string): ContangoError {
  return new ContangoError(
    'usage',
    'BAD_TOLERANCE',
    `--tol "${text}" is not understood: ${why}`,
    '--tol "data.results.*.varUsd=1%", --tol "**.price=0.005"',
    { tolerance: text },
  )
}
