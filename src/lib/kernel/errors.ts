/**
 * Why a command failed, in words that a trader and a shell script both act on.
 * Only `cli/exit-codes.ts` knows which number each kind becomes.
 */
export type ErrorKind =
  'bug' | 'usage' | 'config' | 'noData' | 'source' | 'refused' | 'numeric' | 'denied' | 'busy' | 'interrupted'

export type ErrorDetails = Readonly<Record<string, unknown>>

/** The one error that the project throws: it names the thing that failed and the next command to type. */
export class ContangoError extends Error {
  override readonly name = 'ContangoError'

  /**
   * @param kind decides the exit code
   * @param code stable, UPPER_SNAKE, what scripts match on
   * @param message names the thing, the date and the value that was refused
   * @param hint the next command to type, or what to change
   * @param details machine-readable facts; part of `--json`, so no paths and no secrets
   */
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly hint?: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
