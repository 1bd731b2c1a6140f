'use strict'
const { existsSync, readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const vm = require('node:vm')

/**
 * Compiles and runs dist/cli.cjs with the V8 code cache that the build made beside it. A cache that V8 rejects (another
 * Node version) is simply not used.
 * @returns {{ bundle: object, script: import('node:vm').Script } | null} null, with a message, where nothing is built
 */
module.exports = function loadBundle(root) {
  const filename = join(root, 'dist', 'cli.cjs')
  if (!existsSync(filename)) {
    process.stderr.write('error: contango is not built\n  try: npm run build\n')
    process.exitCode = 3
    return null
  }
  const cacheFile = join(root, 'dist', 'cli.cache')
  // The build has wrapped the bundle in a function and kept it in ASCII: one byte a character is read as it stands.
  const script = new vm.Script(readFileSync(filename, 'latin1'), {
    filename,
    cachedData: existsSync(cacheFile) ? readFileSync(cacheFile) : undefined,
  })
  const module = { exports: {} }
  // A script made by node:vm has no import() of its own: the build lets the bundle call this one.
  const importPackage = (specifier) => import(specifier)
  const run = script.runInThisContext()
  run(module.exports, createRequire(filename), module, filename, join(root, 'dist'), importPackage)
  return { bundle: module.exports, script }
}
