import { ContangoError } from '../../kernel/errors.js'

/** The refusal of a fit that found no optimum. */
export function notConverged(method: string): ContangoError {
  return new ContangoError(
    'numeric',
    'FIT_NOT_CONVERGED',
    `${method}: the likelihood has no optimum that could be reached on these observations`,
    'give more observations (--window), or another --method',
    { method },
  )
}
