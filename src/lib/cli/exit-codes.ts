import type { ErrorKind } from '../kernel/errors.js'

/** What a shell script sees. Part of the interface: documented in `docs/output.md`. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  config: 3,
  noData: 4,
  source: 5,
  refused: 6,
  numeric: 7,
  denied: 8,
  busy: 9,
  trip: 10,
  interrupted: 130,
  terminated: 143,
} as const

export function exitCodeOf(kind: ErrorKind): number {
  return EXIT[kind]
}
