'use strict'
// What oclif's own tools load when they look for the command classes.
const { join } = require('node:path')

exports.COMMANDS = require('./load-bundle.js')(join(__dirname, '..'))?.bundle.COMMANDS ?? {}
