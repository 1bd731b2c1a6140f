/** Before the flags are parsed: does the line ask for JSON, so that a parse error must be a document too? */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  return words.some(
    (word, i) =>
      word === '--json' ||
      word === '-fjson' ||
      word === '--format=json' ||
      ((word === '-f' || word === '--format') && words[i + 1] === 'json') ||
      ((word === '-o' || word === '--output') && /\.json$/i.test(words[i + 1] ?? '') && !words.includes('--chart')),
  )
}
