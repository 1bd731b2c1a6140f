import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

const bin = join(root, 'bin/run.js')
const usageHook = join(root, 'scripts/bench/write-usage.cjs')

/** argv of a contango command. */
export const contango = (...args) => [bin, ...args]

/** Runs node once and gives its wall time; with `usageFile`, its peak memory and processor time too. */
export function timed(args, { usageFile, home, env: more } = {}) {
  const env = { ...process.env, NO_COLOR: '1', CONTANGO_HOME: home ?? '', ...more }
  if (usageFile) env.CONTANGO_BENCH_USAGE = usageFile
  const started = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, usageFile ? ['--require', usageHook, ...args] : args, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const ms = Number(process.hrtime.bigint() - started) / 1e6
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr.slice(0, 300)}`)
  return { ms, ...(usageFile ? JSON.parse(readFileSync(usageFile, 'utf8')) : {}) }
}

/** Median, least and most. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const value = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { value, min: sorted[0], max: sorted[sorted.length - 1] }
}

/** Every variant once a round, in turns, so that what else the machine does falls on all of them: wall times by variant. */
export function interleaved(variants, rounds) {
  for (const { args, home } of variants) timed(args, { home })
  const times = variants.map(() => [])
  for (let round = 0; round < rounds; round++)
    variants.forEach(({ args, home }, at) => times[at].push(timed(args, { home }).ms))
  return times
}
