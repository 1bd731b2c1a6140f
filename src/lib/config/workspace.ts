import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ContangoError } from '../kernel/errors.js'

/** Which rule found the workspace. */
export type WorkspaceOrigin = '--home' | 'CONTANGO_HOME' | 'contango.yaml' | 'clone'

/** The folder that a run works in: `--home`, `CONTANGO_HOME`, nearest `contango.yaml` upward, or the clone itself. */
export interface Workspace {
  readonly home: string
  readonly configDir: string
  readonly dataDir: string
  readonly reportsDir: string
  /** `contango.yaml`, which makes a folder a workspace. */
  readonly settingsFile: string
  readonly origin: WorkspaceOrigin
}

export interface WorkspaceSearch {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** What `--home` said. */
  readonly homeFlag?: string
  /** The folder of contango's own package.json. */
  readonly packageRoot: string
}

export const SETTINGS_FILE = 'contango.yaml'

function workspaceAt(home: string, origin: WorkspaceOrigin): Workspace {
  return {
    home,
    configDir: join(home, 'config'),
    dataDir: join(home, 'data'),
    reportsDir: join(home, 'reports'),
    settingsFile: join(home, SETTINGS_FILE),
    origin,
  }
}

/** A folder that may not be searched, and a file in the place of a folder, hold no workspace. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Named by the user, so anything but a workspace is a mistake to report, never a reason to look elsewhere. */
function namedWorkspace(folder: string, cwd: string, origin: '--home' | 'CONTANGO_HOME'): Workspace {
  const home = resolve(cwd, folder)
  if (!isFile(join(home, SETTINGS_FILE))) {
    const what = existsSync(home) ? `has no ${SETTINGS_FILE}` : 'does not exist'
    throw new ContangoError(
      'config',
      'NOT_A_WORKSPACE',
      `${origin} names "${folder}", which ${what}`,
      `contango init ${folder} makes it a workspace`,
      { folder, origin },
    )
  }
  return workspaceAt(home, origin)
}

/** A clone has the sources beside its package.json; a package installed under node_modules has not. */
function isClone(packageRoot: string): boolean {
  if (!existsSync(join(packageRoot, 'src')) || /[\\/]node_modules[\\/]/.test(packageRoot)) return false
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
    return typeof manifest === 'object' && manifest !== null && 'name' in manifest && manifest.name === 'contango'
  } catch {
    return false
  }
}

/** Finds the workspace of a run, or throws config NO_WORKSPACE with the command that makes one. */
export function findWorkspace({ cwd, env, homeFlag, packageRoot }: WorkspaceSearch): Workspace {
  if (homeFlag !== undefined) return namedWorkspace(homeFlag, cwd, '--home')
  const fromEnvironment = env['CONTANGO_HOME']
  if (fromEnvironment) return namedWorkspace(fromEnvironment, cwd, 'CONTANGO_HOME')
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (isFile(join(folder, SETTINGS_FILE))) return workspaceAt(folder, 'contango.yaml')
    if (folder === dirname(folder)) break
  }
  if (isClone(packageRoot)) return workspaceAt(packageRoot, 'clone')
  throw new ContangoError(
    'config',
    'NO_WORKSPACE',
    `no ${SETTINGS_FILE} in this folder or any above it`,
    'contango init DIR makes a workspace; --home DIR or CONTANGO_HOME names one',
  )
}
