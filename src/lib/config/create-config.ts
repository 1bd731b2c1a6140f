import { ContangoError } from '../kernel/errors.js'
import type { Config } from './config.js'
import type { Workspace } from './workspace.js'

export interface ConfigInput {
  /** null for the few commands that need none; then the built-in files and the user file apply. */
  readonly workspace: Workspace | null
  readonly env: Readonly<Record<string, string | undefined>>
  /** Parsed flags by name, those that the user typed: a flag's default must not shadow a file. */
  readonly flags: Readonly<Record<string, unknown>>
  /** The folder of contango's own package.json, whose `config/` is built in. */
  readonly packageRoot: string
  /** A secret was read: the redactor must know it before anything is printed. */
  readonly onSecret?: (value: string) => void
  readonly onWarning?: (code: string, message: string) => void
}

export function loadConfig(_input: ConfigInput): Config {
  throw new ContangoError('bug', 'NOT_BUILT', 'configuration')
}
