import type { Config } from '@oclif/core'
import type { Io } from './context.js'

/** Everything a run takes from the outside, so that the shell, a test and a job can each hand over their own. */
export interface Host {
  readonly io: Io
  readonly signal: AbortSignal
  readonly env: Readonly<Record<string, string | undefined>>
  /** FILE arguments resolve against this folder. */
  readonly cwd: string
  /** The folder of contango's own package.json. */
  readonly packageRoot: string
  /** True where standard input is not meant for this run, as in a step of a job: no argument is read from it. */
  readonly ignoresStdin?: boolean
  /** The class behind a command id (`data:ls`). */
  readonly loadCommand: (id: string) => Promise<RunnableCommand>
  /** Of all commands. */
  readonly commandIds: readonly string[]
}

/** A command class as the runner sees it. */
export interface RunnableCommand {
  id: string
  new (
    argv: string[],
    config: Config,
    host: Host,
  ): {
    run(): Promise<number>
    /** Reads the words as `run` would and throws what is wrong with them; words that `isOpen` may stand for any value. */
    check(isOpen: (word: string) => boolean): Promise<void>
  }
}
