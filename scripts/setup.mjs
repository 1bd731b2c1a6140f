// Installs what is missing and builds what is stale. Node built-ins only: it runs on a fresh clone.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const INSTALL_STAMP = join(root, 'node_modules', '.contango-install')
const BUILD_STAMP = join(root, 'dist', '.contango-build')

function fail(message, hint) {
  process.stderr.write(`error: ${message}\n  try: ${hint}\n`)
  process.exit(3)
}

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One set-up at a time: two terminals that type `npm start` at once take turns. A lock whose owner is gone is dropped. */
function withLock(work) {
  const path = join(root, '.setup.lock')
  for (let waited = 0; ; waited++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const owner = readOrNull(path)
    const abandoned = owner !== null && (/^\d+$/.test(owner) ? !isAlive(Number(owner)) : ageMs(path) > 5000)
    if (abandoned) rmSync(path, { force: true })
    else if (waited > 3000) fail('another set-up holds .setup.lock for ten minutes', 'rm .setup.lock')
    else sleep(200)
  }
  try {
    return work()
  } finally {
    rmSync(path, { force: true })
  }
}

function readOrNull(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function installKey() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  return `${lock} ${process.version} ${process.platform} ${process.arch}`
}

function opensDatabase() {
  const probe = "const D = require('better-sqlite3'); new D(':memory:').close()"
  return spawnSync(process.execPath, ['-e', probe], { cwd: root, stdio: 'ignore' }).status === 0
}

function install() {
  process.stderr.write('contango: installing packages (once; better-sqlite3 may compile for a minute)\n')
  const { NODE_ENV: _, ...env } = process.env
  // npm's own run hands down its configuration; a nested npm must not inherit "omit dev" or a dry run.
  for (const name of Object.keys(env))
    if (/^npm_config_(omit|production|only|dry_run|ignore_scripts|global|prefix|local_prefix)$/i.test(name))
      delete env[name]
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
  })
  if (npm.status !== 0) fail('npm ci failed', 'look at its words above; behind a proxy, set npm config registry')
  if (!opensDatabase()) {
    fail(
      'better-sqlite3 was installed but does not open a database',
      'install python3, make and g++ (Debian: apt-get install -y python3 make g++), then run this again',
    )
  }
  writeFileSync(INSTALL_STAMP, installKey())
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]))
}

function buildKey() {
  const hash = createHash('sha256')
  const files = [
    ...filesUnder(join(root, 'src')),
    ...filesUnder(join(root, 'config')),
    join(root, 'scripts/build.mjs'),
    join(root, 'package.json'),
  ]
  for (const path of files) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  return `${hash.digest('hex')} ${process.version}`
}

/** Makes node_modules/ and dist/ ready; cheap when they are. */
export function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(`contango needs Node 20.19 or later, this is ${process.version}`, 'install a current Node')
  withLock(() => {
    if (readOrNull(INSTALL_STAMP) !== installKey()) install()
    const key = buildKey()
    if (readOrNull(BUILD_STAMP) !== key || !existsSync(join(root, 'dist', 'cli.cache'))) {
      mkdirSync(join(root, 'dist'), { recursive: true })
      rmSync(BUILD_STAMP, { force: true })
      execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] })
      writeFileSync(BUILD_STAMP, key)
    }
  })
}
