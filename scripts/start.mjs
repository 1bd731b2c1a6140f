// `npm start`: set up, then the main job on whatever the lake holds; on an empty lake, on the simulator.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()

const bin = join(root, 'bin/run.js')

/** Runs one command on this terminal. Exit 10, a tripped check, is a result. */
function contango(...args) {
  const { status, signal } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (signal !== null) process.exit(signal === 'SIGINT' ? 130 : 143)
  if (status !== 0 && status !== 10) process.exit(status ?? 1)
}

function answer(...args) {
  const { status, stdout } = spawnSync(process.execPath, [bin, ...args, '--json', '--quiet'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  })
  if (status !== 0 && status !== 10) process.exit(status ?? 1)
  return JSON.parse(stdout).data
}

const heading = (text) => process.stdout.write(`\n── ${text} ${'─'.repeat(Math.max(0, 72 - text.length))}\n\n`)

const curves = () => answer('data', 'ls').datasets.filter((dataset) => dataset.kind === 'curves')
if (curves().length === 0) {
  heading('The lake is empty: filling it from the built-in simulator')
  contango('fetch', 'sim')
}
const products = new Set(curves().map((dataset) => dataset.name))
heading('Prices')
contango('prices')
for (const product of ['CL', 'BRN', 'RB', 'HO'].filter((one) => products.has(one))) {
  heading(`Curve ${product}`)
  contango('curve', product, '--ranks', '12')
}
heading('Spreads')
contango('spreads')
heading('Report')
contango('report', 'market', '-o', 'reports/market.html')
if (curves().every((dataset) => dataset.simulated)) {
  process.stdout.write(
    '\nEvery figure above is SIMULATED. Your own data: contango fetch csv FILE, or contango fetch eia.\n',
  )
}
process.stdout.write(`\nThe report: ${join(root, 'reports', 'market.html')}\n`)
