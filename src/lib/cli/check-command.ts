import type { ContangoError } from '../kernel/errors.js'
import { asContangoError } from './as-contango-error.js'
import { oclifConfig, splitCommand, unknownCommand } from './find-command.js'
import type { Host } from './host.js'

/** A flag as far as it can be written without the words of a command line. */
export interface FlagFacts {
  readonly takesValue: boolean
  readonly multiple: boolean
  /** `--no-NAME` is a flag too. */
  readonly allowNo: boolean
}

/** Which command a line names and what it takes. */
export interface CommandFacts {
  /** `var:backtest` */
  readonly id: string
  /** How many of the words name it. */
  readonly length: number
  readonly flags: ReadonlyMap<string, FlagFacts>
  /** In order. */
  readonly args: readonly string[]
}

/** The command that a line names, from the manifest; throws usage UNKNOWN_COMMAND. */
export async function commandFacts(words: readonly string[], packageRoot: string): Promise<CommandFacts> {
  const config = await oclifConfig(packageRoot)
  const { id, rest } = splitCommand(words, config)
  const command = id === null ? undefined : config.findCommand(id)
  if (!command) throw unknownCommand(words, config)
  return {
    id: command.id,
    length: words.length - rest.length,
    flags: new Map(
      Object.entries(command.flags).map(([name, flag]) => [
        name,
        {
          takesValue: flag.type === 'option',
          multiple: flag.type === 'option' && flag.multiple === true,
          allowNo: flag.type === 'boolean' && flag.allowNo === true,
        },
      ]),
    ),
    args: Object.keys(command.args),
  }
}

/**
 * Reads a command line as `runCommand` would, without running it.
 * @param isOpen tells words whose value is not known yet
 * @returns what is wrong with it; null for a line that would run
 */
export async function checkCommand(
  argv: readonly string[],
  host: Host,
  isOpen: (word: string) => boolean,
): Promise<ContangoError | null> {
  try {
    const { id, length } = await commandFacts(argv, host.packageRoot)
    const CommandClass = await host.loadCommand(id)
    CommandClass.id = id
    const command = new CommandClass(argv.slice(length), await oclifConfig(host.packageRoot), host)
    await command.check(isOpen)
    return null
  } catch (thrown) {
    return asContangoError(thrown, host.signal)
  }
}
