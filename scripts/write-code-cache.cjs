// Part of the build, in a process of its own: runs command lines through the bundle, then keeps what V8 compiled.
const { renameSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { Writable } = require('node:stream')
const loadBundle = require('../bin/load-bundle.js')

const root = join(__dirname, '..')
const home = process.argv[2]
const LINES = [
  ['init', home],
  ['fetch', 'sim', '--home', home, '--from', '2023-01-03', '--to', '2024-06-28'],
  ['--help'],
  ['curve', '--help'],
  ['curve', 'wti', '--json', '--home', home],
  ['curve', 'wti', '--home', home],
  ['prices', '--home', home],
  ['spreads', '--home', home],
  ['var', '--book', 'example', '--json', '--home', home],
  ['backtest', 'ma-crossover', 'wti', '--json', '--home', home],
  ['backtest', 'ma-crossover', '--prices', `${home}.csv`, '--json', '--home', home],
]

const BARS = Array.from(
  { length: 60 },
  (_, i) => `${new Date(i * 864e5).toISOString().slice(0, 10)},1,2,0,${1 + (i % 7) / 10}`,
)

async function main() {
  writeFileSync(`${home}.csv`, `date,open,high,low,close\n${BARS.join('\n')}\n`)
  const { bundle, script } = loadBundle(root)
  for (const argv of LINES) {
    let said = ''
    const sink = new Writable({ write: (chunk, _encoding, done) => done() })
    const stderr = new Writable({ write: (chunk, _encoding, done) => ((said += chunk), done()) })
    const code = await bundle.runCommand(argv, {
      io: { stdin: process.stdin, stdout: sink, stderr, stdoutIsTty: false, stderrIsTty: false },
      signal: new AbortController().signal,
      env: process.env,
      cwd: process.cwd(),
      packageRoot: root,
    })
    if (code !== 0) throw new Error(`contango ${argv.join(' ')} exits ${code}\n${said}`)
  }
  const cacheFile = join(root, 'dist', 'cli.cache')
  writeFileSync(`${cacheFile}.${process.pid}`, script.createCachedData())
  renameSync(`${cacheFile}.${process.pid}`, cacheFile)
}

main().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(1)
  },
)
