export const LIMIT_STATUSES = ['ok', 'warning', 'critical', 'breach', 'unknown'] as const
export type LimitStatus = (typeof LIMIT_STATUSES)[number]

/** Utilisations from which a limit is no longer ok. */
export interface LimitLevels {
  readonly warningFraction: number
  readonly criticalFraction: number
  readonly breachFraction: number
}

/**
 * Utilisation = value ÷ limit. warning and critical from their fractions on, breach only above its own: a value that
 * equals its limit is critical. Unknown where there is no value: what cannot be measured is never ok. A limit of 0 forbids:
 * all that is not 0 is a breach, with no utilisation to speak of.
 */
export function limitStatus(
  value: number | null,
  limit: number,
  levels: LimitLevels,
): { readonly utilisation: number | null; readonly status: LimitStatus } {
  if (value === null || !Number.isFinite(value)) return { utilisation: null, status: 'unknown' }
  if (limit === 0) return value === 0 ? { utilisation: 0, status: 'ok' } : { utilisation: null, status: 'breach' }
  const utilisation = value / limit
  const status =
    utilisation > levels.breachFraction
      ? 'breach'
      : utilisation >= levels.criticalFraction
        ? 'critical'
        : utilisation >= levels.warningFraction
          ? 'warning'
          : 'ok'
  return { utilisation, status }
}
