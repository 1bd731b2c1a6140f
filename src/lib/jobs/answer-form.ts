import type { AnswerForm } from './job-plan.js'

const FORMS: Readonly<Record<string, AnswerForm>> = {
  json: 'json',
  ndjson: 'ndjson',
  csv: 'csv',
  table: 'txt',
  arrow: 'arrow',
}
const DATA_ENDING = /\.(ndjson|jsonl|csv|arrow|txt)$/i

/**
 * In which form a command line answers on standard output, and whether the runner has to ask for JSON: it does where the
 * line does not choose by `-f`, by the ending of `-o`, or by streaming.
 */
export function answerForm(words: readonly string[]): { readonly form: AnswerForm; readonly askForJson: boolean } {
  const end = words.indexOf('--')
  const own = end === -1 ? words : words.slice(0, end)
  const asked = valueOf(own, '-f', '--format')
  if (asked !== null) return { form: FORMS[asked] ?? 'json', askForJson: false }
  if (own.includes('--json')) return { form: 'json', askForJson: false }
  if (own.includes('--watch')) return { form: 'ndjson', askForJson: false }
  const output = valueOf(own, '-o', '--output')
  const intoFile = output !== null && DATA_ENDING.test(output) && !own.includes('--chart')
  return { form: 'json', askForJson: !intoFile }
}

/** What `-o FILE`, `-oFILE`, `--output FILE` or `--output=FILE` says. */
function valueOf(words: readonly string[], short: string, long: string): string | null {
  for (const [i, word] of words.entries()) {
    if (word === short || word === long) return words[i + 1] ?? ''
    if (word.startsWith(`${long}=`)) return word.slice(long.length + 1)
    if (word.startsWith(short) && !word.startsWith('--')) return word.slice(short.length).replace(/^=/, '')
  }
  return null
}
