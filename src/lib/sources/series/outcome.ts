import { ContangoError } from '../../kernel/errors.js'

/** A series that did not arrive. */
export interface SeriesFailure {
  readonly series: string
  readonly error: ContangoError
}

/** These end the run at once: the next series would meet the same. */
export function isFatal(error: unknown): boolean {
  if (!(error instanceof ContangoError)) return true
  return !['source', 'refused', 'noData'].includes(error.kind) || error.code.endsWith('_KEY_REJECTED')
}

/** The vendor or the way to it is down, rather than something being wrong with one request. */
export function isOutage({ code }: ContangoError): boolean {
  return ['UNREACHABLE', 'TIMEOUT', 'HTTP_STATUS', 'RATE_LIMITED'].includes(code) || code.endsWith('_FORBIDDEN')
}

/** Some series failed: one error that names each of them; those that arrived are stored. */
export function failedSeries(
  vendor: string,
  failures: readonly SeriesFailure[],
  stored: readonly string[],
): ContangoError {
  const [first] = failures
  if (failures.length === 1 && stored.length === 0) return named(first)
  const kinds = new Set(failures.map(({ error }) => error.kind))
  const isOneCause = stored.length === 0 && new Set(failures.map(({ error }) => error.code)).size === 1
  const names = failures.map(({ series }) => series)
  const listed = names.length > 6 ? `${names.slice(0, 6).join(', ')} …` : names.join(', ')
  const rest =
    stored.length === 0 ? 'nothing was stored' : stored.length === 1 ? 'the other is stored' : 'the others are stored'
  return new ContangoError(
    kinds.size === 1 ? first.error.kind : 'source',
    `${vendor.toUpperCase()}_${stored.length === 0 ? 'FAILED' : 'PARTIAL'}`,
    `${failures.length} of ${failures.length + stored.length} series failed (${listed}): ${first.error.message}; ${rest}`,
    first.error.kind === 'source' && !isOneCause ? 'the same command again fetches what is missing' : first.error.hint,
    {
      failed: failures.map(({ series, error }) => ({ series, code: error.code, message: error.message })),
      stored,
    },
    { cause: first.error },
  )
}

/** A line that broke says nothing of what was asked for. */
function named({ series, error }: SeriesFailure): ContangoError {
  const { kind, code, message, hint, details } = error
  if (message.includes(series)) return error
  return new ContangoError(kind, code, `${series}: ${message}`, hint, { ...details, series }, { cause: error })
}
