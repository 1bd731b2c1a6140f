import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Path of a file inside an installed package, from the sources and from the bundle alike.
 * @param entry what the package's export map allows: its main entry or its package.json
 * @param relative from the folder of that entry
 */
export function resolvePackageFile(entry: string, relative: string): string {
  return join(dirname(require.resolve(entry)), relative)
}
