/** A table of a Markdown page without the padding that a formatter adds. */
export function plainTable(markdown: string): string {
  return markdown
    .replace(/ *\| */g, ' | ')
    .replace(/-{3,}/g, '---')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}
