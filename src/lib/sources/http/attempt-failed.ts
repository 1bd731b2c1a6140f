import type { ContangoError } from '../../kernel/errors.js'

/** An attempt failed in a way that may pass: the client tries again, and throws `final` when no attempt is left. */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed'

  constructor(
    readonly final: ContangoError,
    /** What the vendor asked us to wait; null where it did not say. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(final.message, { cause: final })
  }
}
