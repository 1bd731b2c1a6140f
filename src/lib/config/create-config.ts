import { checkConfig } from './check-config.js'
import { badConfig } from './config-issue.js'
import { configEntries, entryNames } from './config-entries.js'
import type { Config, ConfigFile } from './config.js'
import { readExecutionFile, type ExecutionFile } from './execution-file.js'
import { readBook, type BookFile } from './portfolio.js'
import { loadSection, type ConfigFolders, type LoadedSection } from './load-section.js'
import type { Loaded } from './loaded.js'
import { resolveSettings, userFilePath, type ResolvedSettings } from './resolve-settings.js'
import { createSecrets } from './secret.js'
import { sections, type SectionValues } from './sections.js'
import { settingAt, settingLeaves } from './settings-schema.js'
import type { Workspace } from './workspace.js'

export interface ConfigInput {
  /** null for the few commands that need none; then the built-in files and the user file apply. */
  readonly workspace: Workspace | null
  readonly env: Readonly<Record<string, string | undefined>>
  /** Flags by name, those that the user typed: a flag's default must not shadow a file. */
  readonly flags: Readonly<Record<string, unknown>>
  /** The folder of contango's own package.json, whose `config/` is built in. */
  readonly packageRoot: string
  /** A secret was read: the redactor must know it before anything is printed. */
  readonly onSecret?: (value: string) => void
  readonly onWarning?: (code: string, message: string) => void
}

function orThrow<T>(loaded: Loaded<T>): T {
  if (!loaded.ok) throw badConfig(loaded.issues)
  return loaded.value
}

/** The configuration of a run. Reads nothing yet: each part is read on first touch, and throws then if it is wrong. */
export function loadConfig(input: ConfigInput): Config {
  const { workspace, env, flags, packageRoot, onSecret = () => {}, onWarning = () => {} } = input
  const folders: ConfigFolders = {
    workspaceDir: workspace?.configDir ?? null,
    builtInDir: `${packageRoot}/config`,
  }
  let resolved: ResolvedSettings | null = null
  const settled = (): ResolvedSettings =>
    (resolved ??= resolveSettings({
      env,
      flags,
      workspaceFile: workspace?.settingsFile ?? null,
      userFile: userFilePath(env),
    }))
  const settings = (): ResolvedSettings => {
    const result = settled()
    if (result.issues.length > 0) throw badConfig(result.issues)
    return result
  }
  const touched = new Map<string, LoadedSection>()
  const books = new Map<string, BookFile>()
  const costs = new Map<string, ExecutionFile>()
  const section = (name: string): LoadedSection => {
    let loaded = touched.get(name)
    if (!loaded) {
      loaded = orThrow(loadSection(sections[name], folders, env))
      touched.set(name, loaded)
    }
    return loaded
  }
  const secretLeaves = settingLeaves.filter((leaf) => leaf.secret !== undefined)
  const secrets = createSecrets({
    env,
    home: workspace?.home ?? packageRoot,
    fileSetting: (name) => {
      const leaf = secretLeaves.find((candidate) => candidate.secret === name)
      const file = leaf && settingAt(settled().settings, leaf.path)
      return leaf && typeof file === 'string' ? { key: leaf.key, file } : null
    },
    onSecret,
    onWarning,
  })
  // a value in the environment can turn up in any message, whether or not the command ever asks for it
  for (const leaf of secretLeaves) {
    const value = env[leaf.secret!]?.trim()
    if (value) onSecret(value)
  }
  const sectionNames = Object.keys(sections)
  const own = {
    get settings() {
      return settings().settings
    },
    files: (): readonly ConfigFile[] => [
      ...(resolved?.shaping ?? []),
      ...[...touched.values()].map((loaded) => loaded.file),
      ...[...books.values(), ...costs.values()].map(({ file }) => file),
    ],
    book: (reference: string, resolveFile: (file: string) => string) => {
      const book = books.get(reference) ?? readBook(reference, folders, resolveFile)
      books.set(reference, book)
      return book
    },
    costsOf: (path: string) => {
      const read = costs.get(path) ?? readExecutionFile(path)
      costs.set(path, read)
      return read.value
    },
    secret: (name: string) => secrets.get(name),
    names: entryNames(sectionNames),
    entries: (name?: string) => {
      const below = sectionNames.find((candidate) => name === candidate || name?.startsWith(`${candidate}.`))
      return configEntries(settings(), secrets, below === undefined ? null : () => section(below), name)
    },
    check: () => checkConfig(settled(), secrets, folders, env),
  }
  const getters = Object.fromEntries(
    sectionNames.map((name) => [name, { enumerable: true, get: () => section(name).value }]),
  )
  return Object.freeze(Object.defineProperties(own, getters)) as typeof own & SectionValues // a getter for each section
}
