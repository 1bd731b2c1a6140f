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

/** Codes of an interruption by SIGTERM: the run's own, or that of a step which took longer than its `timeout`. */
export const TERMINATED: ReadonlySet<string> = new Set(['SIGTERM', 'STEP_TIMEOUT'])

/** What kind of failure an exit code stands for; whatever is none of ours is a bug. */
export function kindOf(exitCode: number): ErrorKind {
  const kinds: readonly ErrorKind[] = ['usage', 'config', 'noData', 'source', 'refused', 'numeric', 'denied', 'busy']
  if (exitCode === EXIT.interrupted || exitCode === EXIT.terminated) return 'interrupted'
  return kinds.find((kind) => exitCodeOf(kind) === exitCode) ?? 'bug'
}
