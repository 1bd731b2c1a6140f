// Builds dist/cli.cjs (one CommonJS bundle whose modules are initialised when first used), the oclif manifest and
// the V8 code cache. `--fast` stops after the bundle.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { parsedConfigPlugin } from './parsed-config.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
/** Native, or large and needed by few commands: loaded from node_modules by the code that uses them. */
const EXTERNAL = [
  'canvas',
  'vega',
  'vega-lite',
  'apache-arrow',
  'dejavu-fonts-ttf',
  'esbuild',
  'typescript',
  'ts-node',
  'tsx',
]

function commandFiles(folder = join(root, 'src/commands')) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? commandFiles(path) : entry.name.endsWith('.ts') ? [path] : []
    })
}

/** The entry: a getter per command, so that a class and what it imports come to life only when asked for. */
function entrySource() {
  const getters = commandFiles().map((path) => {
    const id = relative(join(root, 'src/commands'), path)
      .replace(/\.ts$/, '')
      .replaceAll('/', ':')
      .replace(/:index$/, '')
    return `  get ${JSON.stringify(id)}() { return require(${JSON.stringify(path)}).default },`
  })
  return `const COMMANDS = {\n${getters.join('\n')}\n}
const load = async (id) => COMMANDS[id]
exports.COMMANDS = COMMANDS
exports.start = (root) => require(${JSON.stringify(join(root, 'src/main.ts'))}).main(root, Object.keys(COMMANDS), load)
exports.runCommand = (argv, host) => require(${JSON.stringify(join(root, 'src/lib/cli/run.ts'))}).runCommand(argv, { ...host, commandIds: Object.keys(COMMANDS), loadCommand: load })
`
}

/**
 * oclif sorts its commands with localeCompare, whose first call loads ICU's collation: 8 ms of every start, for names that are
 * plain ASCII.
 */
const plainCommandOrder = {
  name: 'plain-command-order',
  setup(plugin) {
    plugin.onLoad({ filter: /@oclif[\\/]core[\\/]lib[\\/]config[\\/]plugin\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const contents = text.replace('a.id.localeCompare(b.id)', '(a.id < b.id ? -1 : a.id > b.id ? 1 : 0)')
      if (contents === text) throw new Error(`${path} sorts its commands in another way: see plain-command-order`)
      return { contents, loader: 'js' }
    })
  },
}

/** Messages of zod in sixty languages, of which English is asked for: a tenth of the bundle. */
const englishOnly = {
  name: 'english-only',
  setup(plugin) {
    plugin.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
      loader: 'js',
    }))
  },
}

async function bundle() {
  mkdirSync(dist, { recursive: true })
  const { outputFiles } = await build({
    write: false,
    stdin: { contents: entrySource(), resolveDir: root, sourcefile: 'commands.cjs', loader: 'js' },
    outfile: join(dist, 'cli.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: EXTERNAL,
    plugins: [parsedConfigPlugin(root), plainCommandOrder, englishOnly],
    minifySyntax: true,
    minifyWhitespace: true,
    charset: 'ascii',
    legalComments: 'none',
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': '__bundleUrl' },
    logLevel: 'warning',
  })
  // bin/load-bundle.js hands the bundle an import() that works inside node:vm, and reads it a byte a character: what
  // esbuild leaves beyond ASCII (regular expressions, tagged templates) is escaped.
  const text = outputFiles[0].text
    .replaceAll(/\bimport\((?="[a-z@]|outsideModuleUrl)/g, '__import(')
    .replaceAll(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const parameters = 'exports, require, module, __filename, __dirname, __import'
  // V8 tells a cache by the length of its source alone: the old one would pass for a bundle of the same length.
  rmSync(join(dist, 'cli.cache'), { force: true })
  writeFileSync(join(dist, 'cli.cjs'), `(function (${parameters}) {${text}\n})`)
}

/** src/workers/NAME.ts → dist/worker-NAME.cjs: a thread loads its own small file and nothing of the command line. */
async function bundleWorkers() {
  const folder = join(root, 'src/workers')
  for (const file of readdirSync(folder).sort()) {
    await build({
      entryPoints: [join(folder, file)],
      outfile: join(dist, `worker-${file.replace(/\.ts$/, '.cjs')}`),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      minifySyntax: true,
      minifyWhitespace: true,
      charset: 'ascii',
      legalComments: 'none',
      logLevel: 'warning',
    })
  }
}

/** The manifest lets help and parsing work without loading a command. */
async function writeManifest() {
  const { Plugin } = await import('@oclif/core')
  rmSync(join(root, 'oclif.manifest.json'), { force: true })
  const plugin = new Plugin({
    root,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  const manifest = JSON.parse(JSON.stringify(plugin.manifest))
  for (const command of Object.values(manifest.commands)) {
    for (const key of ['isESM', 'relativePath', 'pluginName', 'pluginType', 'pluginAlias']) delete command[key]
  }
  writeFileSync(join(root, 'oclif.manifest.json'), `${JSON.stringify(sorted(manifest), null, 1)}\n`)
}

/** Keys in order, but for arguments: theirs is that of the command line. */
function sorted(value, name = '') {
  if (Array.isArray(value)) return value.map((item) => sorted(item))
  if (value === null || typeof value !== 'object') return value
  const keys = name === 'args' ? Object.keys(value) : Object.keys(value).sort()
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key], key)]))
}

/** Runs real commands in a throw-away workspace, so that the functions they need are in the cache already compiled. */
function writeCodeCache() {
  const home = mkdtempSync(join(tmpdir(), 'contango-cache-'))
  try {
    execFileSync(process.execPath, [join(root, 'scripts/write-code-cache.cjs'), join(home, 'workspace')], {
      cwd: home,
      env: { ...process.env, NO_COLOR: '1', CONTANGO_HOME: '' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

await bundle()
await bundleWorkers()
if (!process.argv.includes('--fast')) {
  await writeManifest()
  writeCodeCache()
  console.log(
    `built dist/cli.cjs (${Math.round(readFileSync(join(dist, 'cli.cjs')).length / 1024)} KiB), oclif.manifest.json, code cache`,
  )
}
