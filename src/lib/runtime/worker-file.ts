import { fileURLToPath } from 'node:url'

/** Where the build puts the worker of src/workers/NAME.ts: beside the bundle that asks. */
export function workerFile(name: string): string {
  return fileURLToPath(new URL(`./worker-${name}.cjs`, import.meta.url))
}
