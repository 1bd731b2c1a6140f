import { join } from 'node:path'
import type { z } from 'zod'
import type { ConfigFile } from './config.js'
import { deepFreeze } from './deep-freeze.js'
import type { Loaded } from './loaded.js'
import { validateYaml } from './validate-yaml.js'
import { readYamlFile, type YamlFile } from './yaml-file.js'

/** One file of `config/`: what `sections/<name>.ts` exports as `section`. */
export interface SectionDefinition {
  readonly name: string
  /** Base name inside `config/`: `instruments.yaml`. */
  readonly file: string
  readonly schema: z.ZodType
}

/** The two folders in which a section's file may stand; the workspace's wins, file by file. */
export interface ConfigFolders {
  /** null without a workspace. */
  readonly workspaceDir: string | null
  readonly builtInDir: string
}

export interface LoadedSection {
  readonly name: string
  /** Output of the section's schema, frozen. */
  readonly value: unknown
  readonly yaml: YamlFile
  readonly file: ConfigFile
}

/** Reads, validates and freezes one section: the workspace's file if there is one, else the built-in one, never a mix. */
export function loadSection(
  section: SectionDefinition,
  { workspaceDir, builtInDir }: ConfigFolders,
): Loaded<LoadedSection> {
  const label = `config/${section.file}`
  const isOwn = workspaceDir !== null && workspaceDir !== builtInDir
  const own = isOwn ? readYamlFile(join(workspaceDir, section.file), label) : null
  const read = own ?? readYamlFile(join(builtInDir, section.file), label)
  if (read === null) {
    return { ok: false, issues: [{ file: label, line: null, column: null, path: '', message: 'does not exist' }] }
  }
  if (!read.ok) return read
  const yaml = read.value
  const checked = validateYaml(yaml, section.schema)
  if (!checked.ok) return checked
  const origin = own === null ? 'built-in' : 'workspace'
  return {
    ok: true,
    value: {
      name: section.name,
      value: deepFreeze(checked.value),
      yaml,
      file: { file: label, sha256: yaml.sha256, origin },
    },
  }
}
