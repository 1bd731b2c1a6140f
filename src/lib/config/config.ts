import type { SectionValues } from './sections.js'
import type { SettingKey, Settings } from './settings-schema.js'

/** A configuration file that was read. */
export interface ConfigFile {
  /** `contango.yaml`, `config/instruments.yaml` or `user config.yaml`: never a full path. */
  readonly file: string
  readonly sha256: string
  readonly origin: 'workspace' | 'built-in' | 'user'
}

/**
 * The configuration of a run. `settings` comes from flags, environment, `contango.yaml`, the user file and the
 * defaults; each section is one YAML file of the workspace's `config/`, else the built-in one. A section is read,
 * validated and frozen on first touch, so that a command pays only for what it uses.
 */
export interface Config extends SectionValues {
  readonly settings: Settings
  /** Where each setting came from: `flag --x`, `env NAME`, `contango.yaml:12`, `user config.yaml:3`, `default`. */
  readonly origins: Readonly<Record<SettingKey, string>>
  /** The files behind what was touched so far: they stand in `inputs[]`. */
  files(): readonly ConfigFile[]
  /** A secret by its environment name, or from the file that NAME_FILE names; null if neither is set. Never printed. */
  secret(name: string): string | null
}
