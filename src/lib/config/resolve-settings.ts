import { z } from 'zod'
import type { ConfigIssue } from './config-issue.js'
import type { ConfigFile } from './config.js'
import { deepFreeze } from './deep-freeze.js'
import { settingAt, settingLeaves, SettingsFileSchema, type SettingLeaf, type Settings } from './settings-schema.js'
import { plainMessage, validateYaml } from './validate-yaml.js'
import { readYamlFile, type YamlFile } from './yaml-file.js'

export interface SettingsSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Flags that were typed, by name. */
  readonly flags: Readonly<Record<string, unknown>>
  /** Path of `contango.yaml`; null without a workspace. */
  readonly workspaceFile: string | null
  readonly userFile: string | null
}

export interface ResolvedSettings {
  readonly settings: Settings
  /** By setting: `flag --x`, `env NAME`, `contango.yaml:12`, `user config.yaml:3` or `default`. */
  readonly origins: Readonly<Record<string, string>>
  /** Both settings files that exist and could be read. */
  readonly files: readonly ConfigFile[]
  /** Those of them that set something on which answers depend. */
  readonly shaping: readonly ConfigFile[]
  /** Mistakes; a value that has one fell back to the next place. */
  readonly issues: readonly ConfigIssue[]
}

const WORKSPACE_LABEL = 'contango.yaml'
const USER_LABEL = 'user config.yaml'

interface Layer {
  readonly yaml: YamlFile
  readonly file: ConfigFile
  readonly values: unknown
}

/** `$XDG_CONFIG_HOME/contango/config.yaml`, else `~/.config/contango/config.yaml`; null where neither is set. */
export function userFilePath(env: Readonly<Record<string, string | undefined>>): string | null {
  if (env['XDG_CONFIG_HOME']) return `${env['XDG_CONFIG_HOME']}/contango/config.yaml`
  return env['HOME'] ? `${env['HOME']}/.config/contango/config.yaml` : null
}

function readLayer(path: string | null, label: string, origin: ConfigFile['origin'], issues: ConfigIssue[]): Layer[] {
  const read = path === null ? null : readYamlFile(path, label)
  if (read === null) return []
  if (!read.ok) {
    issues.push(...read.issues)
    return []
  }
  const yaml = read.value
  const file: ConfigFile = { file: label, sha256: yaml.sha256, origin }
  if (yaml.value === null) return [{ yaml, file, values: {} }] // a file of nothing but comments sets nothing
  const checked = validateYaml(yaml, SettingsFileSchema)
  if (!checked.ok) {
    issues.push(...checked.issues)
    return []
  }
  return [{ yaml, file, values: checked.value }]
}

/** What a variable's text means for a setting of this type: lists are separated by commas, a switch is true or false. */
function fromText(schema: z.ZodType, text: string): unknown {
  if (schema instanceof z.ZodArray) return text.split(',').map((item) => item.trim())
  if (schema instanceof z.ZodNumber) return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
  if (schema instanceof z.ZodBoolean)
    return { true: true, '1': true, false: false, '0': false }[text.toLowerCase()] ?? text
  return text
}

interface Found {
  readonly value: unknown
  readonly origin: string
  readonly layer?: Layer
}

/** Flag > environment > `contango.yaml` > user file > default, setting by setting. */
function find(leaf: SettingLeaf, sources: SettingsSources, layers: readonly Layer[], issues: ConfigIssue[]): Found {
  const check = (value: unknown, origin: string): Found | null => {
    const result = leaf.schema.safeParse(value, { jitless: true })
    if (result.success) return { value: result.data, origin }
    const message = result.error.issues.map(plainMessage).join('; ')
    issues.push({ file: origin, line: null, column: null, path: leaf.key, message })
    return null
  }
  const flagValue = leaf.flag === undefined ? undefined : sources.flags[leaf.flag]
  const fromFlag = flagValue === undefined ? null : check(flagValue, `flag --${leaf.flag}`)
  if (fromFlag) return fromFlag
  const text = sources.env[leaf.env]
  const fromEnv = text === undefined || text === '' ? null : check(fromText(leaf.schema, text), `env ${leaf.env}`)
  if (fromEnv) return fromEnv
  for (const layer of layers) {
    const value = settingAt(layer.values, leaf.path)
    if (value === undefined) continue
    const { line } = layer.yaml.positionOf(leaf.path, 'key')
    return { value, origin: `${layer.file.file}:${line}`, layer }
  }
  return { value: leaf.fallback, origin: 'default' }
}

/** All settings with their origins. Nothing is thrown: the mistakes are in `issues`. */
export function resolveSettings(sources: SettingsSources): ResolvedSettings {
  const issues: ConfigIssue[] = []
  const layers = [
    ...readLayer(sources.workspaceFile, WORKSPACE_LABEL, 'workspace', issues),
    ...readLayer(sources.userFile, USER_LABEL, 'user', issues),
  ]
  const tree: Record<string, unknown> = {}
  const origins: Record<string, string> = {}
  const shaping = new Set<ConfigFile>()
  for (const leaf of settingLeaves) {
    const { value, origin, layer } = find(leaf, sources, layers, issues)
    const group = leaf.path.slice(0, -1).reduce((node, key) => (node[key] ??= {}) as Record<string, unknown>, tree)
    group[leaf.path.at(-1)!] = value
    origins[leaf.key] = origin
    if (leaf.shapesAnswers && layer) shaping.add(layer.file)
  }
  return deepFreeze({
    settings: tree as unknown as Settings, // built leaf by leaf: each is the output of its own schema
    origins,
    files: layers.map((layer) => layer.file),
    shaping: [...shaping],
    issues,
  })
}
