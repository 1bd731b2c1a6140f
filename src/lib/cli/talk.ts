/** Whether and how a run speaks on stderr. */
export interface Voice {
  readonly stderr: NodeJS.WritableStream
  readonly colour: boolean
  readonly quiet: boolean
}

const paint = (on: boolean, code: string, text: string): string => (on ? `\u001B[${code}m${text}\u001B[0m` : text)

export const bold =
  (on: boolean) =>
  (text: string): string =>
    paint(on, '1', text)

export function sayWarning(voice: Voice, message: string): void {
  if (!voice.quiet) voice.stderr.write(`${paint(voice.colour, '33', 'warning:')} ${message}\n`)
}

/** Said even under `-q`: an answer that rests on simulated data never passes for a real one. */
export function saySimulated(voice: Voice, message: string): void {
  voice.stderr.write(`${paint(voice.colour, '35', 'SIMULATED:')} ${message}\n`)
}

export function sayNote(voice: Voice, message: string): void {
  if (!voice.quiet) voice.stderr.write(`${message}\n`)
}

/** Said even under `-q`. */
export function sayError(voice: Voice, message: string, hint: string | undefined): void {
  voice.stderr.write(
    `${paint(voice.colour, '31', 'error:')} ${message}\n${hint === undefined ? '' : `  ${paint(voice.colour, '36', 'try:')} ${hint}\n`}`,
  )
}

export function sayTrip(voice: Voice, message: string): void {
  voice.stderr.write(`${paint(voice.colour, '31', 'tripped:')} ${message}\n`)
}
