import { join } from 'node:path'
import type { z } from 'zod'
import type { ConfigFile } from './config.js'
import { deepFreeze } from './deep-freeze.js'
import type { Loaded } from './loaded.js'
import { plainMessage, validateYaml } from './validate-yaml.js'
import { readYamlFile, type YamlFile } from './yaml-file.js'

/** One file of `config/`: what `sections/<name>.ts` exports as `section`. */
export interface SectionDefinition {
  readonly name: string
  /** Base name inside `config/`: `instruments.yaml`. */
  readonly file: string
  readonly schema: z.ZodType
  /** Environment variables that override single numbers of the file. */
  readonly env?: readonly SectionVariable[]
}

/** `MAX_VAR_LIMIT` → `varUsd`: what stands at `path` of the file, or would. */
export interface SectionVariable {
  readonly variable: string
  readonly path: readonly string[]
}

export type Environment = Readonly<Record<string, string | undefined>>

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
  /** Variables in force, with what they set. */
  readonly overrides: readonly (SectionVariable & { readonly value: number })[]
}

/**
 * Reads, validates and freezes one section: the workspace's file if there is one, else the built-in one, never a mix.
 * A variable of the section wins over what the file says.
 */
export function loadSection(
  section: SectionDefinition,
  { workspaceDir, builtInDir }: ConfigFolders,
  env: Environment,
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
  const written = validateYaml(yaml, section.schema)
  if (!written.ok) return written
  const overridden = withVariables(section, yaml.value, env)
  if (!overridden.ok) return overridden
  const { overrides, value } = overridden.value
  const origin = own === null ? 'built-in' : 'workspace'
  return {
    ok: true,
    value: {
      name: section.name,
      value: deepFreeze(overrides.length === 0 ? written.value : value),
      yaml,
      overrides,
      file: { file: label, sha256: yaml.sha256, origin },
    },
  }
}

/** The file's values with the section's variables in their places; a variable that does not fit is named as `env NAME`. */
function withVariables(
  section: SectionDefinition,
  written: unknown,
  env: Environment,
): Loaded<Pick<LoadedSection, 'overrides' | 'value'>> {
  const overrides: (SectionVariable & { readonly value: number })[] = []
  let tree = written
  for (const entry of section.env ?? []) {
    const text = env[entry.variable]?.trim()
    if (text === undefined || text === '') continue
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
    const candidate = withValue(tree, entry.path, value)
    const checked = section.schema.safeParse(candidate, { jitless: true })
    if (Number.isNaN(value) || !checked.success) {
      const message = Number.isNaN(value)
        ? `"${text}" is not a number`
        : checked.error?.issues.map(plainMessage).join('; ')
      const path = [section.name, ...entry.path].join('.')
      return {
        ok: false,
        issues: [{ file: `env ${entry.variable}`, line: null, column: null, path, message: message ?? 'does not fit' }],
      }
    }
    overrides.push({ ...entry, value })
    tree = candidate
  }
  const value: unknown = overrides.length === 0 ? null : section.schema.parse(tree, { jitless: true })
  return { ok: true, value: { overrides, value } }
}

function withValue(tree: unknown, [key, ...rest]: readonly string[], value: number): unknown {
  const node = typeof tree === 'object' && tree !== null ? (tree as Record<string, unknown>) : {}
  return { ...node, [key]: rest.length === 0 ? value : withValue(node[key], rest, value) }
}
