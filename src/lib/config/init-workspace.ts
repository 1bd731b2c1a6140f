import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ContangoError } from '../kernel/errors.js'
import { writeAtomic } from '../runtime/write-atomic.js'
import { writeError } from '../runtime/write-error.js'
import { SETTINGS_FILE } from './workspace.js'
import { workspaceTemplate } from './workspace-template.js'

export interface InitOptions {
  /** Absolute path of the folder. */
  readonly home: string
  /** As the user typed it, for messages. */
  readonly typed: string
  /** The folder of contango's own package.json, whose `config/` is copied. */
  readonly packageRoot: string
  /** Say what would be made, and make nothing. */
  readonly dryRun: boolean
  readonly signal: AbortSignal
}

export interface InitResult {
  /** False where the folder was a workspace already: nothing is touched then. */
  readonly created: boolean
  /** Relative to the folder, in the order of making. */
  readonly files: readonly string[]
}

/** Names in the folder; null where there is no folder. */
async function entriesOf(home: string, typed: string): Promise<string[] | null> {
  try {
    return await readdir(home)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    if (code !== 'ENOTDIR') throw writeError(typed, error)
    throw new ContangoError('usage', 'NOT_A_FOLDER', `"${typed}" is a file, not a folder`, 'name a new or empty folder')
  }
}

async function newFiles(packageRoot: string): Promise<Map<string, string>> {
  const folder = join(packageRoot, 'config')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  const files = new Map<string, string>()
  for (const name of names) files.set(`config/${name}`, await readFile(join(folder, name), 'utf8'))
  for (const below of ['portfolios', 'jobs']) {
    const found = existsSync(join(folder, below)) ? await readdir(join(folder, below)) : []
    for (const name of found.filter((file) => file.endsWith('.yaml')).sort()) {
      files.set(`config/${below}/${name}`, await readFile(join(folder, below, name), 'utf8'))
    }
  }
  for (const [name, text] of workspaceTemplate()) files.set(name, text)
  return files
}

/**
 * Makes a folder a workspace: the built-in `config/` to edit, `data/`, `reports/`, and last `contango.yaml`, so that
 * an interrupted run leaves no workspace. A folder that holds anything but dot files is refused; a failure takes away
 * what was made.
 */
export async function initWorkspace({ home, typed, packageRoot, dryRun, signal }: InitOptions): Promise<InitResult> {
  const entries = await entriesOf(home, typed)
  if (entries?.includes(SETTINGS_FILE)) return { created: false, files: [] }
  const found = entries?.find((name) => !name.startsWith('.'))
  if (found !== undefined) {
    throw new ContangoError(
      'usage',
      'FOLDER_NOT_EMPTY',
      `"${typed}" is not empty ("${found}" is in it) and no workspace`,
      'name a new or empty folder; contango init overwrites nothing',
    )
  }
  const files = await newFiles(packageRoot)
  for (const name of entries ?? []) files.delete(name)
  const names = [...files.keys()]
  if (dryRun) return { created: true, files: names }
  const made: string[] = []
  const folders: string[] = []
  try {
    for (const [name, text] of files) {
      signal.throwIfAborted()
      const path = join(home, name)
      const first = await mkdir(dirname(path), { recursive: true })
      if (first !== undefined) folders.push(...foldersBetween(first, dirname(path)))
      await writeAtomic(path, text, signal)
      made.push(path)
    }
  } catch (error) {
    for (const path of made) await rm(path, { force: true })
    for (const folder of folders.reverse()) await rmdir(folder).catch(() => undefined) // someone else's file may be in it
    throw writeError(typed, error)
  }
  return { created: true, files: names }
}

/** The folders that a recursive mkdir made, outermost first. */
function foldersBetween(first: string, last: string): string[] {
  const folders = [last]
  while (folders[0] !== first && folders[0] !== dirname(folders[0])) folders.unshift(dirname(folders[0]))
  return folders
}
