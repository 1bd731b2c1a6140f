import type { ConfigIssue } from './config-issue.js'
import type { BookFile } from './portfolio.js'
import type { ExecutionConfig } from './sections/execution.js'
import type { SectionValues } from './sections.js'
import type { Settings } from './settings-schema.js'

/** A configuration file that was read. */
export interface ConfigFile {
  /** `contango.yaml`, `config/instruments.yaml` or `user config.yaml`: never a full path. */
  readonly file: string
  readonly sha256: string
  readonly origin: 'workspace' | 'built-in' | 'user'
}

export type ConfigScalar = string | number | boolean | null

/** One value and where it came from. */
export interface ConfigEntry {
  /** `eia.baseUrl`, `spreads.0.name` … */
  readonly key: string
  /** As the file, the variable or the flag says it; of a secret `(set)` or null. */
  readonly value: ConfigScalar | ConfigScalar[]
  /** `flag --x`, `env NAME`, `contango.yaml:12`, `built-in config/spreads.yaml:7`, `user config.yaml:3`, `default`. */
  readonly origin: string
}

/** The result of checking all files. */
export interface ConfigCheck {
  readonly files: readonly ConfigFile[]
  readonly issues: readonly ConfigIssue[]
  /** Entries of the workspace's `config/` that nothing reads. */
  readonly unknown: readonly string[]
}

/**
 * The configuration of a run. `settings` comes from flags, environment, `contango.yaml`, the user file and the
 * defaults; each section is one YAML file of the workspace's `config/`, else the built-in one. Everything is read,
 * validated and frozen on first touch, so that a command pays only for what it uses.
 */
export interface Config extends SectionValues {
  readonly settings: Settings
  /** The files behind what was touched so far and on which answers depend: they stand in `inputs[]`. */
  files(): readonly ConfigFile[]
  /** A book of `config/portfolios/` by its name, or a file; it stands in `inputs[]` from then on. */
  book(reference: string, resolveFile: (file: string) => string): BookFile
  /** What fills cost, out of a file of the form of config/execution.yaml; it stands in `inputs[]` from then on. */
  costsOf(path: string): ExecutionConfig
  /** A secret by its environment name, or from the file that NAME_FILE names; null if neither is set. Never printed. */
  secret(name: string): string | null
  /** The names that `entries` takes: groups of settings and sections. */
  readonly names: readonly string[]
  /** All settings and secrets; with a name those below it, and the leaves of the section of that name. */
  entries(name?: string): readonly ConfigEntry[]
  /** Reads every file there is and lists all mistakes; throws nothing. */
  check(): ConfigCheck
}
