import { ContangoError } from '../kernel/errors.js'

/** `--strategy FILE` and `--signal-file FILE`: other words for a file in the place of STRATEGY. */
const SAID = /^--(?:strategy|signal-file)(?:=(.*))?$/s

/**
 * Puts the file of the first such flag where STRATEGY stands, so that one argument says what is run whichever way it was
 * typed: `wti --strategy ./mine.ts` → `./mine.ts wti`. A second flag stays for the command to refuse; words after `--` are not looked at.
 */
export function strategyFirst(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  const at = argv.findIndex((word, i) => (end === -1 || i < end) && SAID.test(word))
  if (at === -1) return [...argv]
  const attached = SAID.exec(argv[at])?.[1]
  const file = attached ?? argv[at + 1]
  if (file === undefined || (attached === undefined && (file === '--' || file.startsWith('--')))) return [...argv]
  return [file, ...argv.slice(0, at), ...argv.slice(attached === undefined ? at + 2 : at + 1)]
}

/** After {@link strategyFirst} a flag that is left is a second one. */
export function refuseTwoStrategies(left: { readonly strategy?: string; readonly 'signal-file'?: string }): void {
  if (left.strategy === undefined && left['signal-file'] === undefined) return
  throw new ContangoError(
    'usage',
    'TWO_STRATEGIES',
    '--strategy and --signal-file are other words for one STRATEGY',
    'contango backtest compare runs several',
  )
}
