import type { EpochDay } from '../kernel/day.js'

/** How long an order works. */
export type TimeInForce =
  /** The session in which it first can be filled. */
  | { readonly kind: 'day' }
  /** Until it is filled or cancelled. */
  | { readonly kind: 'gtc' }
  /** Through the day that lies so many calendar days after the one on which it was decided. */
  | { readonly kind: 'gtd'; readonly days: number }

/** Reads `day`, `gtc`, `gtd:5`; null for anything else. */
export function parseTimeInForce(text: string): TimeInForce | null {
  if (text === 'day' || text === 'gtc') return { kind: text }
  const match = /^gtd:([1-9]\d{0,3})$/.exec(text)
  return match ? { kind: 'gtd', days: Number(match[1]) } : null
}

/** Last session of an order that is decided in one session and can be filled from `first` on. */
export function lastSessionOf(timeInForce: TimeInForce, decided: EpochDay, first: EpochDay): EpochDay {
  switch (timeInForce.kind) {
    case 'day':
      return first
    case 'gtc':
      return Infinity
    case 'gtd':
      return decided + timeInForce.days
  }
}

/** What `parseTimeInForce` reads. */
export function timeInForceText(timeInForce: TimeInForce): string {
  return timeInForce.kind === 'gtd' ? `gtd:${timeInForce.days}` : timeInForce.kind
}
