import { ContangoError } from '../../kernel/errors.js'
import type { PrintedAnswer } from './daily-documents.js'
import type { NotAvailable } from './quality-blocks.js'

/** Runs one command with `--json` and gives what it printed. */
export type RunJson = (argv: readonly string[]) => Promise<{ readonly exitCode: number; readonly text: string }>

export interface GatherRequest {
  readonly book: string
  /** Settlement days that the P&L section covers: 1, or 5 of a week. */
  readonly days: number
  /** Of the answers: null takes that of the book. */
  readonly asOf: string | null
}

interface Printed extends PrintedAnswer {
  readonly ok: boolean
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string | null }
}

const VAR_METHODS = ['normal', 'historical', 'ewma'] as const
const BACKTEST_DAYS = '250'
/** Days of a look back that `var backtest` shows. */
const SERIES_DAYS = '250'
const CRUDES = ['CL', 'BRN'] as const

/**
 * The documents of a report, made by the commands that print them, all about one day. What a command cannot answer is
 * left out with its reason; without positions there is no report.
 */
export async function gatherAnswers(
  run: RunJson,
  { book, days, asOf }: GatherRequest,
): Promise<{ answers: PrintedAnswer[]; notAvailable: NotAvailable[] }> {
  const answers: PrintedAnswer[] = []
  const notAvailable: NotAvailable[] = []
  const ask = async (words: readonly string[]): Promise<PrintedAnswer | null> => {
    const { text, exitCode } = await run([...words, '--json', '--quiet'])
    const printed = JSON.parse(text) as Printed
    if (printed.ok) {
      answers.push(printed)
      return printed
    }
    const { error } = printed
    notAvailable.push({
      what: words.filter((word) => !word.startsWith('--')).join(' '),
      reason: error === undefined ? `exit ${exitCode}` : error.message,
    })
    return null
  }
  const positions = await requirePositions(run, book, asOf)
  answers.push(positions)
  const day = positions.asOf ?? ''
  const on = (date: string): string => `--as-of=${date}`
  const bookFlag = `--book=${book}`

  await ask(['limits', 'check', bookFlag, on(day)])
  let date: string | null = day
  for (let i = 0; i < days && date !== null; i++) {
    const pnl: PrintedAnswer | null = await ask(['pnl', bookFlag, on(date)])
    date = pnl === null ? null : (pnl.data as { previousDate: string }).previousDate
    if (i === 0 && date !== null) await ask(['var', bookFlag, on(date), ...VAR_METHODS.map((method) => `--method=${method}`)])
  }
  await ask(['var', bookFlag, on(day), ...VAR_METHODS.map((method) => `--method=${method}`)])
  await ask([
    'var',
    'backtest',
    bookFlag,
    on(day),
    `--window=${BACKTEST_DAYS}`,
    `--series=${SERIES_DAYS}`,
    '--method=historical',
    '--method=ewma',
    '--method=normal',
  ])
  await ask(['stress', bookFlag, on(day)])
  const prices = await ask(['prices', on(day)])
  const quoted = prices === null ? [] : (prices.data as { prices: { product: string }[] }).prices.map(({ product }) => product)
  const own = (positions.data as { byProduct: { name: string }[] }).byProduct.map(({ name }) => name)
  const shown = CRUDES.filter((product) => quoted.includes(product))
  for (const product of shown.length > 0 ? shown : own.slice(0, 2)) await ask(['curve', product, '--band', on(day)])
  await ask(['spreads', '--band', on(day)])
  await ask(['signals', '--product=all', on(day)])
  await ask(['fundamentals', 'inventory', on(day)])
  await ask(['fundamentals', 'positioning', on(day)])
  return { answers, notAvailable }
}

async function requirePositions(run: RunJson, book: string, asOf: string | null): Promise<PrintedAnswer> {
  const words = ['positions', `--book=${book}`, ...(asOf === null ? [] : [`--as-of=${asOf}`])]
  const { text, exitCode } = await run([...words, '--json', '--quiet'])
  const printed = JSON.parse(text) as Printed
  if (printed.ok) return printed
  const { error } = printed
  const kind = exitCode === 4 ? 'noData' : exitCode === 3 ? 'config' : exitCode === 6 ? 'refused' : 'usage'
  throw new ContangoError(kind, error?.code ?? 'NO_POSITIONS', error?.message ?? 'there are no positions', error?.hint ?? undefined)
}
