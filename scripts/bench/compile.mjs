import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'

/** A module of src/ compiled as the build compiles it, and loaded. */
export async function compile({ root, compiled }, module) {
  const outfile = join(compiled, `${module.replaceAll(/\W+/g, '-')}.cjs`)
  await build({
    entryPoints: [join(root, module)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['better-sqlite3'],
    logLevel: 'warning',
  })
  return { exports: createRequire(outfile)(outfile), outfile }
}
