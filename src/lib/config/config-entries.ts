import type { ConfigEntry, ConfigScalar } from './config.js'
import type { LoadedSection } from './load-section.js'
import type { ResolvedSettings } from './resolve-settings.js'
import type { Secrets } from './secret.js'
import { settingAt, settingLeaves } from './settings-schema.js'

const isScalar = (value: unknown): value is ConfigScalar => value === null || typeof value !== 'object'

/** Top-level names of settings, then the sections. */
export function entryNames(sectionNames: readonly string[]): readonly string[] {
  return [...new Set([...settingLeaves.map((leaf) => leaf.path[0]), ...sectionNames])]
}

function settingEntries({ settings, origins }: ResolvedSettings): ConfigEntry[] {
  return settingLeaves.map((leaf) => ({
    key: leaf.key,
    value: settingAt(settings, leaf.path) as ConfigEntry['value'],
    origin: origins[leaf.key],
  }))
}

/** Leaves of a section as its file writes them; a list of scalars is one value. */
function* sectionLeaves(
  value: unknown,
  path: readonly (string | number)[],
): Generator<{ path: readonly (string | number)[]; value: ConfigEntry['value'] }> {
  if (isScalar(value)) yield { path, value }
  else if (Array.isArray(value) && value.every(isScalar)) yield { path, value: [...value] }
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* sectionLeaves(item, [...path, i])
  else for (const [key, item] of Object.entries(value as object)) yield* sectionLeaves(item, [...path, key])
}

function sectionEntries({ name, yaml, file, overrides }: LoadedSection): ConfigEntry[] {
  const isSet = (path: readonly (string | number)[]): boolean =>
    overrides.some((override) => override.path.join('.') === path.join('.'))
  const variables = overrides.map(({ path, value, variable }) => ({
    key: [name, ...path].join('.'),
    value,
    origin: `env ${variable}`,
  }))
  const written = [...sectionLeaves(yaml.value, [])].filter(({ path }) => !isSet(path))
  const leaves = written.map(({ path, value }) => ({
    key: [name, ...path].join('.'),
    value,
    origin: `${file.origin === 'built-in' ? 'built-in ' : ''}${yaml.label}:${yaml.positionOf(path, 'key').line}`,
  }))
  return [...leaves, ...variables]
}

/** A secret says whether it is named and where it would come from, never what it is; its file is not opened. */
function secretEntries(secrets: Secrets): ConfigEntry[] {
  return settingLeaves.flatMap((leaf) => {
    if (leaf.secret === undefined) return []
    const origin = secrets.originOf(leaf.secret)
    return [
      { key: leaf.key.replace(/File$/, ''), value: origin === null ? null : '(set)', origin: origin ?? 'default' },
    ]
  })
}

/** The rows of `config show`; with a name those of that name and below it, the section's own leaves included. */
export function configEntries(
  resolved: ResolvedSettings,
  secrets: Secrets,
  section: (() => LoadedSection) | null,
  name?: string,
): readonly ConfigEntry[] {
  const general = [...settingEntries(resolved), ...secretEntries(secrets)]
  if (name === undefined) return general
  const exact = general.filter(({ key }) => key === name)
  if (exact.length > 0) return exact // `eia.baseUrl` is answered without `config/eia.yaml`
  return [...general, ...(section === null ? [] : sectionEntries(section()))].filter(
    ({ key }) => key === name || key.startsWith(`${name}.`),
  )
}
