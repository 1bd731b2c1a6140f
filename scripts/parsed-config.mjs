// An esbuild plugin: fills src/lib/config/parsed-built-in.ts with the values of config/*.yaml, read by the very
// function that reads them at run time.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'

async function loadReader(root) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/lib/config/yaml-file.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'warning',
  })
  const module = { exports: {} }
  const run = new Function('module', 'exports', 'require', outputFiles[0].text)
  run(module, module.exports, createRequire(import.meta.url))
  return module.exports.readYamlFile
}

/** sha256 of each built-in file → its value as JSON text. */
export async function parsedConfig(root) {
  const readYamlFile = await loadReader(root)
  const folder = join(root, 'config')
  const jobs = readdirSync(join(folder, 'jobs')).map((name) => `jobs/${name}`)
  // contango.yaml as contango init writes it stands beside the folder.
  const entries = [...readdirSync(folder), ...jobs, '../contango.yaml']
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const read = readYamlFile(join(folder, name), `config/${name}`)
      if (!read.ok) throw new Error(`config/${name}: ${read.issues.map((issue) => issue.message).join('; ')}`)
      return [read.value.sha256, JSON.stringify(read.value.value)]
    })
  return Object.fromEntries(entries)
}

export function parsedConfigPlugin(root) {
  return {
    name: 'parsed-config',
    setup(plugin) {
      plugin.onLoad({ filter: /[\\/]lib[\\/]config[\\/]parsed-built-in\.ts$/ }, async () => ({
        contents: `export const parsedBuiltIn = ${JSON.stringify(await parsedConfig(root))}`,
        loader: 'js',
      }))
    },
  }
}
