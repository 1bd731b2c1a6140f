// `npm start`: set up, then the job daily-risk on whatever the lake holds; an empty lake is filled by the simulator.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()

const bin = join(root, 'bin/run.js')
const BOOK = 'example'

/** Runs one command on this terminal and gives its exit code. */
function contango(...args) {
  const { status, signal } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (signal !== null) process.exit(signal === 'SIGINT' ? 130 : 143)
  return status ?? 1
}

function answer(...args) {
  const { status, stdout } = spawnSync(process.execPath, [bin, ...args, '--json', '--quiet'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  })
  if (status !== 0) process.exit(status ?? 1)
  return JSON.parse(stdout).data
}

const heading = (text) => process.stdout.write(`\n── ${text} ${'─'.repeat(Math.max(0, 72 - text.length))}\n\n`)

heading('The job daily-risk')
const exitCode = contango('run', 'daily-risk', '--var', `book=${BOOK}`)
const { lastRun } = answer('run', 'list').jobs.find(({ job }) => job === 'daily-risk')
const { job, steps } = answer('runs', 'show', lastRun?.id ?? '').run
if (exitCode !== 0 && exitCode !== 10) {
  // A data set that is missing is said above; it is no failure where the job itself lets the rest go on.
  const failed = steps.filter((step) => step.exitCode !== null && step.exitCode !== 0)
  if (failed.length === 0 || failed.some(({ allowed }) => !allowed)) process.exit(exitCode)
}
for (const [title, ...words] of [
  ['Prices', 'prices'],
  ['Limits', 'limits', 'check', '--book', BOOK],
]) {
  heading(title)
  const code = contango(...words, '--quiet')
  if (code !== 0 && code !== 10) process.exit(code)
}
const curves = answer('data', 'ls').datasets.filter(({ kind }) => kind === 'curves')
if (curves.every(({ simulated }) => simulated)) {
  process.stdout.write(
    '\nEvery figure above is SIMULATED. Your own data: contango fetch csv FILE, or contango fetch eia.\n',
  )
}
process.stdout.write(`\nThe report: ${join(root, 'reports', `daily-${job.asOf}.html`)}\n`)
