import { ContangoError } from '../kernel/errors.js'

interface OclifError {
  readonly oclif?: object
  readonly code?: string
}

/**
 * Whatever was thrown, as the one error type: parse errors are usage, abort reasons themselves, the rest a bug.
 * @param passesOn the command takes what stands after `--` as it is
 */
export function asContangoError(thrown: unknown, signal: AbortSignal, passesOn = false): ContangoError {
  if (thrown instanceof ContangoError) return withoutParserWords(thrown)
  if (signal.aborted && signal.reason instanceof ContangoError) return signal.reason
  if (thrown instanceof Error && (thrown as OclifError).oclif !== undefined) return usageError(thrown, passesOn)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new ContangoError(
    'bug',
    'BUG',
    `unexpected: ${message}`,
    'please report this with the command line and the output of -v',
    {},
    { cause: thrown },
  )
}

/** What a flag's own parser threw, without the lines that oclif put around it. */
function withoutParserWords(error: ContangoError): ContangoError {
  const inside = /^Parsing --[^\n]*\n\t([^]*)\nSee more help with --help$/.exec(error.message)
  if (inside) error.message = inside[1]
  return error
}

/** oclif's words in our form: first line without its advice, the rest as lines. */
function usageError(thrown: Error, passesOn: boolean): ContangoError {
  const message = thrown.message
    .replace(/\nSee more help with --help$/, '')
    .replace(/\u001B\[\d+m/g, '')
    .trim()
  const code = codeOf(message)
  return new ContangoError(
    'usage',
    code,
    message,
    passesOn && code === 'UNKNOWN_FLAG'
      ? 'parameters of a strategy stand after --, as in … -- --fast 10; --help shows the flags of the command'
      : 'add --help to see what this command takes',
    {},
    { cause: thrown },
  )
}

function codeOf(message: string): string {
  if (/^Missing .*required arg/.test(message)) return 'MISSING_ARGUMENT'
  if (/^Unexpected argument/.test(message)) return 'UNEXPECTED_ARGUMENT'
  if (/^Nonexistent flag/.test(message)) return 'UNKNOWN_FLAG'
  if (/^Expected .* to be one of/.test(message)) return 'BAD_FLAG_VALUE'
  if (/^Missing required flag/.test(message)) return 'MISSING_FLAG'
  return 'USAGE'
}
