import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))
}

/** Every byte of a workspace's lake, with the names of its files. */
export function lakeBytes(home: string): string {
  return filesBelow(join(home, 'data', 'lake'))
    .map((path) => `${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n')
}

/** Every byte of a workspace. */
export function workspaceBytes(home: string): string {
  return filesBelow(home)
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n')
}
