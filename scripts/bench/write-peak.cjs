'use strict'
// Preloaded into a measured process: leaves its peak resident memory, in KiB, in a file.
const { writeFileSync } = require('node:fs')
process.on('exit', () => writeFileSync(process.env.CONTANGO_BENCH_PEAK, String(process.resourceUsage().maxRSS)))
