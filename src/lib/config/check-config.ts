import { readdirSync } from 'node:fs'
import { ContangoError } from '../kernel/errors.js'
import type { ConfigIssue } from './config-issue.js'
import type { ConfigCheck, ConfigFile } from './config.js'
import { loadSection, type ConfigFolders, type Environment } from './load-section.js'
import type { ResolvedSettings } from './resolve-settings.js'
import type { Secrets } from './secret.js'
import { sections } from './sections.js'
import { settingLeaves } from './settings-schema.js'

/** Reads every file, section and secret there is and lists what is wrong with any of them; throws nothing. */
export function checkConfig(
  resolved: ResolvedSettings,
  secrets: Secrets,
  folders: ConfigFolders,
  env: Environment,
): ConfigCheck {
  const files: ConfigFile[] = [...resolved.files]
  const issues: ConfigIssue[] = [...resolved.issues, ...secretIssues(secrets)]
  for (const definition of Object.values(sections)) {
    const loaded = loadSection(definition, folders, env)
    if (loaded.ok) files.push(loaded.value.file)
    else issues.push(...loaded.issues)
  }
  return { files, issues, unknown: unknownEntries(folders.workspaceDir) }
}

function secretIssues(secrets: Secrets): ConfigIssue[] {
  return settingLeaves.flatMap((leaf) => {
    if (leaf.secret === undefined) return []
    try {
      secrets.get(leaf.secret)
      return []
    } catch (error) {
      if (!(error instanceof ContangoError)) throw error
      return [{ file: `secret ${leaf.secret}`, line: null, column: null, path: '', message: error.message }]
    }
  })
}

/** A misspelt file would silently leave the built-in one in force. Dot files and a README are nobody's mistake. */
function unknownEntries(workspaceDir: string | null): string[] {
  if (workspaceDir === null) return []
  const known = new Set([...Object.values(sections).map(({ file }) => file), 'portfolios', 'jobs'])
  let entries: string[]
  try {
    entries = readdirSync(workspaceDir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return entries.filter((name) => !name.startsWith('.') && !/^readme/i.test(name) && !known.has(name)).sort()
}
