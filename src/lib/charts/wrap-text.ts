// Advance widths of DejaVu Sans in em, rounded up a little; specs are drawn without a font at hand.
const NARROW = /[ijl.,:;'|!()\u2009 -]/
const WIDE = /[mwMW%@—]/

/** Estimated width of one line in pixels, on the generous side. */
export function textWidthPx(text: string, fontSizePx: number, bold = false): number {
  let em = 0
  for (const char of text) em += NARROW.test(char) ? 0.39 : WIDE.test(char) ? 0.98 : /[A-Z+−=]/.test(char) ? 0.74 : 0.64
  return em * fontSizePx * (bold ? 1.1 : 1)
}

/** Breaks a text at spaces so that no line is wider than `widthPx`, unless a single word is; a sign of per cent stays with its number. */
export function wrapText(text: string, fontSizePx: number, widthPx: number, bold = false): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ (?!%)/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidthPx(longer, fontSizePx, bold) > widthPx) {
      lines.push(line)
      line = word
    } else {
      line = longer
    }
  }
  return line === '' ? lines : [...lines, line]
}
