import { Args, Flags } from '@oclif/core'
import { dayFromIso, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { monthFromIso, type ContractMonth } from '../market/contract-month.js'

/**
 * How a value is written into `params`: most as they are, days and months as ISO, files as name and sha256, folders of documents as sha256; other words for an
 * argument not at all.
 */
export type ParamKind = 'plain' | 'date' | 'month' | 'file' | 'folder' | 'book' | 'strategy' | 'run' | 'other-words'

const KIND_BY_HELP_VALUE: Readonly<Record<string, ParamKind>> = {
  'YYYY-MM-DD': 'date',
  'YYYY-MM': 'month',
  FILE: 'file',
  DIR: 'folder',
  'NAME|FILE': 'book',
  STRATEGY: 'other-words',
}

/** What `params` should make of a flag: its help value names the kind. */
export function flagParamKind(definition: object): ParamKind {
  const { helpValue } = definition as { helpValue?: string }
  return KIND_BY_HELP_VALUE[helpValue ?? ''] ?? 'plain'
}

/**
 * What `params` should make of an argument: those named `file` or `files` are files; `strategy` and `job` are a name or a
 * file; `runs` a name, a file, or a strategy with its parameters in one word.
 */
export function argumentParamKind(name: string): ParamKind {
  if (name === 'strategy') return 'strategy'
  if (name === 'runs') return 'run'
  if (/^jobs?$/.test(name)) return 'book'
  return /^files?$/.test(name) ? 'file' : 'plain'
}

function badValue(name: string, input: string, expected: string): ContangoError {
  return new ContangoError('usage', 'BAD_FLAG_VALUE', `--${name} takes ${expected}, not "${input}"`, undefined, {
    flag: name,
    value: input,
  })
}

function parseDay(name: string, input: string): EpochDay {
  const day = dayFromIso(input)
  if (day === null) throw badValue(name, input, 'a date as YYYY-MM-DD')
  return day
}

function parseNumber(name: string, input: string, limits: { min?: number; max?: number }, whole: boolean): number {
  const expected = [
    whole ? 'a whole number' : 'a number',
    limits.min === undefined ? '' : `from ${limits.min}`,
    limits.max === undefined ? '' : `to ${limits.max}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
  const value = /^[+-]?(\d+(_\d+)*\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(input)
    ? Number(input.replaceAll('_', ''))
    : Number.NaN
  const inside = value >= (limits.min ?? -Infinity) && value <= (limits.max ?? Infinity)
  if (!inside || (whole && !Number.isSafeInteger(value))) throw badValue(name, input, expected)
  return value
}

const dateFlag = Flags.custom<EpochDay>({
  helpValue: 'YYYY-MM-DD',
  parse: async (input, _context, options) => parseDay(options.name, input),
})
const monthFlag = Flags.custom<ContractMonth>({
  helpValue: 'YYYY-MM',
  parse: async (input, _context, options) => {
    const month = monthFromIso(input)
    if (month === null) throw badValue(options.name, input, 'a month as YYYY-MM')
    return month
  },
})
const integerFlag = Flags.custom<number, { min?: number; max?: number }>({
  helpValue: 'N',
  parse: async (input, _context, options) => parseNumber(options.name, input, options, true),
})
const numberFlag = Flags.custom<number, { min?: number; max?: number }>({
  helpValue: 'X',
  parse: async (input, _context, options) => parseNumber(options.name, input, options, false),
})
const nameFlag = Flags.custom<string>({
  helpValue: 'NAME',
  parse: async (input, _context, options) => {
    if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(input)) {
      throw badValue(
        options.name,
        input,
        'a name of 1 to 64 letters, digits, ".", "_" and "-" that does not start with a dot',
      )
    }
    return input
  },
})
const fileFlag = Flags.custom<string>({ helpValue: 'FILE' })
const strategyFileFlag = Flags.custom<string>({ helpValue: 'STRATEGY' })
const bookFlag = Flags.custom<string>({ helpValue: 'NAME|FILE' })
const productFlag = Flags.custom<string>({ helpValue: 'PRODUCT' })
const urlFlag = Flags.custom<string>({
  helpValue: 'URL',
  parse: async (input, _context, options) => {
    if (!URL.canParse(input) || !/^https?:$/.test(new URL(input).protocol))
      throw badValue(options.name, input, 'an http or https address')
    return input.replace(/\/+$/, '')
  },
})

/** The flags that commands declare: each parses and refuses in one way everywhere. */
export const flags = {
  /** A day as YYYY-MM-DD → {@link EpochDay}. */
  date: dateFlag,
  /** A delivery month as YYYY-MM → yyyymm. */
  month: monthFlag,
  integer: integerFlag,
  number: numberFlag,
  /** A path, resolved against the current folder by `ctx.resolveFile`; in `params` its base name and sha256. */
  file: fileFlag,
  /** A file in the place of STRATEGY; `strategyFirst` puts it there before the command line is parsed. */
  strategyFile: strategyFileFlag,
  /** A book: a name of `config/portfolios/`, or a file; read by `ctx.config.book`. */
  book: bookFlag,
  /** A name that may become part of a path. */
  name: nameFlag,
  url: urlFlag,
  string: Flags.string,
  boolean: Flags.boolean,
  /** One of a fixed list. */
  choice: Flags.option,
  /** A product by key, code or alias; resolved by `ctx.market.resolveProduct`. */
  product: productFlag,
}

/** The arguments that commands declare. */
export const args = {
  string: Args.string,
  product: Args.custom<string>({
    description:
      'wti, brent, rbob, heating-oil, gasoil, natgas, dubai, brent-cme, or the exchange code (CL, BRN, RB, HO …)',
  }),
  file: Args.string,
}
