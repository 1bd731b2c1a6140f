import { ContangoError, type ErrorDetails } from '../../kernel/errors.js'

/** A file that is not imported, with where and why. */
export function refusal(code: string, message: string, hint: string, details: ErrorDetails = {}): ContangoError {
  return new ContangoError('refused', code, message, hint, details)
}

const LONGEST_QUOTED = 40

/** A cell as an error shows it: one line, cut where it is long, control characters replaced. */
export function shown(text: string): string {
  let clean = ''
  for (const character of text.slice(0, LONGEST_QUOTED)) clean += character < ' ' ? '·' : character
  return text.length > LONGEST_QUOTED ? `"${clean}…"` : `"${clean}"`
}

/** `date, CL01, CL02 … (37 columns)`: names of columns, cut where there are many. */
export function listed(names: readonly string[], most = 12): string {
  const quoted = names.slice(0, most).map((name) => (name === '' ? '""' : name))
  return names.length > most ? `${quoted.join(', ')} … (${names.length} in all)` : quoted.join(', ')
}
