'use strict'
// Preloaded into a measured process: leaves its peak resident memory and processor time in a file.
const { writeFileSync } = require('node:fs')
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const usage = { peakMb: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 }
  writeFileSync(process.env.CONTANGO_BENCH_USAGE, JSON.stringify(usage))
})
