const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `90`, `90s`, `5m`, `1.5h`, `250ms` → milliseconds; a plain number is seconds. null for anything else. */
export function durationMs(input: string | number): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(String(input).trim())
  return match ? Math.round(Number(match[1]) * UNITS_MS[match[2] ?? 's']) : null
}
