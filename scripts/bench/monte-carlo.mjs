import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { compile } from './compile.mjs'
import { spread } from './spawn.mjs'

const ROUNDS = 5
const JOB = '1,000,000 × 8 normals, VaR and ES'

function answer(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(0, 300)}`)
  return JSON.parse(stdout)
}

/**
 * A million joint scenarios of eight positions on two workers, in turns with NumPy where there is one. Each process does the
 * job twice and is compared by the second: the workers wait between jobs, as NumPy's threads do. The first, with the
 * start of the workers and code that was never run, is shown for itself.
 */
export async function monteCarlo(bench) {
  const folder = join(bench.root, 'scripts/bench')
  const { outfile: library } = await compile(bench, 'scripts/bench/monte-carlo-entry.ts')
  const worker = join(bench.root, 'dist/worker-monte-carlo.cjs')
  const hasNumpy = spawnSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0
  const ours = []
  const theirs = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(answer(process.execPath, [join(folder, 'monte-carlo-child.mjs'), library, worker]))
    if (hasNumpy) theirs.push(answer('python3', [join(folder, 'monte-carlo.py')]))
  }
  const figure = { what: `${JOB}, against NumPy`, unit: '×', target: 1.2 }
  const numpyMs = hasNumpy ? spread(theirs.map(({ ms }) => ms)).value : null
  return [
    { what: JOB, unit: 'ms', ...spread(ours.map(({ ms }) => ms)), note: `VaR ${ours[0].varUsd.toFixed(3)}` },
    { what: `${JOB}, first of a process`, unit: 'ms', ...spread(ours.map(({ firstMs }) => firstMs)) },
    hasNumpy
      ? { ...figure, ...spread(ours.map(({ ms }, at) => ms / theirs[at].ms)), note: `NumPy ${numpyMs.toFixed(0)} ms` }
      : { ...figure, value: null, note: 'python3 has no numpy here' },
    { what: `${JOB}, peak memory`, unit: 'MB', target: 400, ...spread(ours.map(({ peakMb }) => peakMb)) },
  ]
}
