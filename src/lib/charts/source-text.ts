import { dateText } from './date-text.js'

/** The footer of every picture: where the numbers come from and up to when. */
export function sourceText(source: string, simulated: boolean, asOf: string): string {
  return `Source: ${source}${simulated ? ' (SIMULATED)' : ''} · as of ${dateText(asOf)} · contango`
}
