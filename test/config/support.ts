import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../../src/lib/config/config.js'
import { loadConfig, type ConfigInput } from '../../src/lib/config/create-config.js'
import { findWorkspace } from '../../src/lib/config/workspace.js'
import { temporaryFolder } from '../support/temporary-folder.js'

export const packageRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** A throw-away folder with these files in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = temporaryFolder('contango-config-')
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** The configuration of a workspace with these files; an empty `contango.yaml` unless there is one among them. */
export function configOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  input: Partial<ConfigInput> = {},
): Config {
  const home = folderWith({ 'contango.yaml': '', ...files })
  const workspace = findWorkspace({ cwd: home, env: {}, packageRoot })
  return loadConfig({ workspace, env: {}, flags: {}, packageRoot, ...input })
}

/** Runs as a user whom file permissions bind; root is not. */
export async function asOrdinaryUser<T>(run: () => T | Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return run()
  process.seteuid!('nobody')
  try {
    return await run()
  } finally {
    process.seteuid!(0)
  }
}
