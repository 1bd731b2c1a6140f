#!/usr/bin/env node
'use strict'
// The fast path first: a version needs neither the bundle nor a workspace.
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  process.stdout.write(`${name}/${version}\n`)
} else {
  require('./load-bundle.js')(root)?.bundle.start(root)
}
