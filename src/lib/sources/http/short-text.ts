/** Text from outside as part of a message: on one line, and not endless. */
export function shortText(text: string, maxLength = 60): string {
  const line = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}
