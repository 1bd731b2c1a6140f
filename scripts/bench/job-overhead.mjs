import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contango, spread, timed } from './spawn.mjs'

const ROUNDS = 3
const STEPS = 40

/** What a job costs beside its steps: the runner's own time for each step in process, and daily-risk on a filled lake. */
export function jobOverhead({ folder }) {
  const home = join(folder, 'jobs')
  timed(contango('init', home))
  timed(contango('fetch', 'sim', '--quiet'), { home })
  const chain = Array.from(
    { length: STEPS },
    (_, i) => `  - { id: s${i}, command: 'ticker parse "CL1 Comdty"', needs: [${i === 0 ? '' : `s${i - 1}`}] }`,
  )
  const file = join(folder, 'chain.yaml')
  writeFileSync(file, `steps:\n${chain.join('\n')}\n`)
  const overheads = Array.from({ length: ROUNDS }, () => {
    timed(contango('run', file, '--quiet'), { home })
    return overheadMs(home)
  })
  const daily = Array.from({ length: ROUNDS }, () => timed(contango('run', 'daily-risk', '--quiet'), { home }).ms)
  return [
    { what: `scheduling, a step in process (chain of ${STEPS})`, unit: 'ms', target: 30, ...spread(overheads) },
    { what: 'run daily-risk on a filled lake, whole process', unit: 'ms', target: 12_000, ...spread(daily) },
  ]
}

/** From the run ledger: what lies between the steps of the last job, for each of them. */
function overheadMs(home) {
  const { stdout } = spawnSync(process.execPath, contango('runs', '--limit', String(STEPS + 1), '--json'), {
    env: { ...process.env, CONTANGO_HOME: home },
    encoding: 'utf8',
  })
  const steps = JSON.parse(stdout).data.runs.filter(({ command }) => command !== 'run')
  const starts = steps.map(({ startedAt }) => Date.parse(startedAt)).sort((a, b) => a - b)
  // newest first: the last step ends after the last start, so its own time is no part of the span
  const inside = steps.slice(1).reduce((sum, { durationMs }) => sum + durationMs, 0)
  return (starts.at(-1) - starts[0] - inside) / (steps.length - 1)
}
