import type { Command, Interfaces } from '@oclif/core'

type Declared = Pick<typeof Command, 'args' | 'flags' | 'baseFlags' | 'strict'>

/** What a command declares, without the habit of reading a missing argument from the process's standard input. */
export function withoutStdin({ args, flags, baseFlags, strict }: Declared): Declared {
  return { flags, baseFlags, strict, args: mapped(args, (arg) => ({ ...arg, ignoreStdin: true })) }
}

/**
 * What a command declares, where words that are not known yet stand for any value: a job is checked before it runs.
 * @param isOpen tells such words
 */
export function withOpenWords(
  command: Declared,
  argv: readonly string[],
  isOpen: (word: string) => boolean,
): ReturnType<typeof withoutStdin> {
  const openValues = argv.filter(isOpen).flatMap((word) => [word, word.slice(word.indexOf('=') + 1)])
  const open = <T extends Parsing>(definition: T): T => ({
    ...definition,
    ...(definition.options === undefined ? {} : { options: [...definition.options, ...openValues] }),
    parse: async (input: string, context: object, options: object): Promise<unknown> =>
      typeof input === 'string' && isOpen(input) ? input : definition.parse?.(input, context, options),
  })
  const { args, flags, baseFlags, strict } = withoutStdin(command)
  return {
    strict,
    args: mapped(args, (arg) => open(arg as Parsing) as typeof arg),
    flags: mapped(flags, (flag) => open(flag as Parsing) as typeof flag),
    baseFlags: mapped(baseFlags as Interfaces.FlagInput, (flag) => open(flag as Parsing) as typeof flag),
  }
}

/** A flag or an argument, as far as its values go. */
interface Parsing {
  readonly options?: readonly string[]
  readonly parse?: (input: string, context: object, options: object) => Promise<unknown>
}

/** A command without arguments declares none. */
function mapped<T>(definitions: Record<string, T> | undefined, change: (definition: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(definitions ?? {}).map(([name, definition]) => [name, change(definition)]))
}
