// `npm run bench`: measures what the project promises about speed. Whole processes are timed in turns against
// `node -e 0` and compared within this run only; a missed target is printed, never an exit code.
// Arguments choose benches by name (npm run bench -- import); --json prints the figures for a machine.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()

const { backtest } = await import('./bench/backtest.mjs')
const { fetchRows } = await import('./bench/fetch-rows.mjs')
const { historicalVar } = await import('./bench/historical-var.mjs')
const { indicators } = await import('./bench/indicators.mjs')
const { importRanks } = await import('./bench/import-ranks.mjs')
const { jobOverhead } = await import('./bench/job-overhead.mjs')
const { largeSearch } = await import('./bench/large-search.mjs')
const { monteCarlo } = await import('./bench/monte-carlo.mjs')
const { processStart } = await import('./bench/process-start.mjs')
const { quotes } = await import('./bench/quotes.mjs')
const { rankFile } = await import('./bench/rank-file.mjs')
const { readCurve } = await import('./bench/read-curve.mjs')
const { signals } = await import('./bench/signals.mjs')
const { sweep } = await import('./bench/sweep.mjs')
const { varBacktest } = await import('./bench/var-backtest.mjs')
const BENCHES = {
  'process-start': processStart,
  'import-ranks': importRanks,
  'fetch-rows': fetchRows,
  quotes,
  'read-curve': readCurve,
  'job-overhead': jobOverhead,
  'monte-carlo': monteCarlo,
  'historical-var': historicalVar,
  'var-backtest': varBacktest,
  indicators,
  signals,
  backtest,
  sweep,
  'large-search': largeSearch,
}

const words = process.argv.slice(2)
const json = words.includes('--json')
const wanted = words.filter((word) => word !== '--json')
const unknown = wanted.filter((word) => !Object.keys(BENCHES).some((name) => name.includes(word)))
if (unknown.length > 0) {
  process.stderr.write(
    `error: no bench called ${unknown.join(', ')}\n  try: one of ${Object.keys(BENCHES).join(' ')}\n`,
  )
  process.exit(2)
}
const chosen = Object.entries(BENCHES).filter(([name]) => !wanted.length || wanted.some((word) => name.includes(word)))

const folder = mkdtempSync(join(tmpdir(), 'contango-bench-'))
// What a bench compiles lies under node_modules, so that it finds its packages.
const compiled = join(root, 'node_modules', '.cache', `contango-bench-${process.pid}`)
mkdirSync(compiled, { recursive: true })
/** A figure: { what, value, unit, min, max, target, note }; target and note may be absent, value null means not measured. */
const rows = []
let failed = 0
try {
  const ranks = rankFile(folder)
  const machine = `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${loadavg()[0].toFixed(1)}`
  if (!json) process.stdout.write(`${machine}\nrank file: ${ranks.about}\n\n`)
  for (const [name, bench] of chosen) {
    process.stderr.write(`${name} …\n`)
    try {
      for (const row of await bench({ root, folder, compiled, ranks }))
        rows.push({ bench: name, ...row, verdict: verdict(row) })
    } catch (error) {
      failed++
      rows.push({
        bench: name,
        what: 'did not run',
        value: null,
        unit: '',
        note: error.message.split('\n')[0].slice(0, 160),
        verdict: 'failed',
      })
    }
  }
  if (json) process.stdout.write(`${JSON.stringify({ machine, rankFile: ranks.about, figures: rows }, null, 2)}\n`)
  else process.stdout.write(table())
} finally {
  rmSync(folder, { recursive: true, force: true })
  rmSync(compiled, { recursive: true, force: true })
}
if (failed > 0) process.exitCode = 1

function verdict({ value, target }) {
  if (value === null) return 'skipped'
  if (target === undefined) return ''
  return value <= target ? 'met' : 'missed'
}

function figure(value, unit) {
  if (value === undefined || value === null) return ''
  return `${unit === 'MB' || (unit === 'ms' && value >= 100) ? value.toFixed(0) : value.toFixed(2)} ${unit}`
}

function table() {
  const lines = [
    ['bench', 'what', 'median', 'min – max', 'target', 'verdict'],
    ...rows.map(({ bench, what, value, unit, min, max, target, verdict, note }) => [
      bench,
      note ? `${what} (${note})` : what,
      figure(value, unit),
      min === undefined ? '' : `${figure(min, unit)} – ${figure(max, unit)}`,
      target === undefined ? '' : `≤ ${figure(target, unit)}`,
      verdict,
    ]),
  ]
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
