import { basename } from 'node:path'
import { ContangoError } from '../kernel/errors.js'
import { badConfig } from './config-issue.js'
import type { ConfigFile } from './config.js'
import { section, type ExecutionConfig } from './sections/execution.js'
import { validateYaml } from './validate-yaml.js'
import { readYamlFile } from './yaml-file.js'

/** What fills cost, out of a file of the user's. */
export interface ExecutionFile {
  readonly value: ExecutionConfig
  readonly file: ConfigFile
}

/**
 * Reads a file of the form of config/execution.yaml.
 * @throws usage NO_SUCH_FILE, config BAD_CONFIG with every mistake
 */
export function readExecutionFile(path: string): ExecutionFile {
  const label = basename(path)
  const read = readYamlFile(path, label)
  if (read === null) {
    throw new ContangoError(
      'usage',
      'NO_SUCH_FILE',
      `there is no file "${label}"`,
      '--costs config for config/execution.yaml, or a file of that form',
      { file: label },
    )
  }
  if (!read.ok) throw badConfig(read.issues, 'config/execution.yaml shows how costs are written')
  const checked = validateYaml(read.value, section.schema)
  if (!checked.ok) throw badConfig(checked.issues, 'config/execution.yaml shows how costs are written')
  return { value: checked.value, file: { file: label, sha256: read.value.sha256, origin: 'user' } }
}
