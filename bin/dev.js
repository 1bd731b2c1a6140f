#!/usr/bin/env node
'use strict'
// Builds from source without the code cache, then runs: what a developer types while editing.
const { execFileSync } = require('node:child_process')
const { join } = require('node:path')

const root = join(__dirname, '..')
execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--fast'], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
require('./load-bundle.js')(root)?.bundle.start(root)
