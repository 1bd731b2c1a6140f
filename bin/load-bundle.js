'use strict'
const { existsSync, readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const vm = require('node:vm')

/**
 * Runs dist/cli.cjs with the V8 code cache that the build made beside it. A cache that V8 rejects (another Node
 * version) is simply not used.
 */
module.exports = function loadBundle(root) {
  const filename = join(root, 'dist', 'cli.cjs')
  if (!existsSync(filename)) {
    process.stderr.write('error: contango is not built\n  try: npm run build\n')
    process.exitCode = 3
    return
  }
  const cacheFile = join(root, 'dist', 'cli.cache')
  const script = new vm.Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'utf8')}\n})`,
    {
      filename,
      cachedData: existsSync(cacheFile) ? readFileSync(cacheFile) : undefined,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  )
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, join(root, 'dist'))
  module.exports.start(root, script)
}
