import type { CommandFacts } from '../cli/check-command.js'
import type { ContangoError } from '../kernel/errors.js'

/** What a job must know of the command line that runs its steps. */
export interface CommandLines {
  /** The command that words name. @throws usage UNKNOWN_COMMAND */
  facts(words: readonly string[]): Promise<CommandFacts>
  /** What is wrong with a command line; words with an open place may stand for any value. */
  check(argv: readonly string[], isOpen: (word: string) => boolean): Promise<ContangoError | null>
  /** JSON Schema of the documents that a command prints, by its id; of failures by `error`. */
  schema(commandId: string): unknown
  /** The name that was probably meant. */
  closest(word: string, candidates: readonly string[]): string | null
}
