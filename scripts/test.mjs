// `npm test`: everything that must hold before a change lands. Arguments go to vitest: npm test -- test/market
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()

const local = (name) => join(root, 'node_modules', '.bin', name)
const filters = process.argv.slice(2)

function check(name, command, args) {
  return new Promise((resolve) => {
    const startedMs = performance.now()
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
      process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`)
      if (code !== 0) process.stdout.write(`${output}\n`)
      resolve(code === 0)
    })
  })
}

/** What tsc and prettier know of files that have not changed. ESLint keeps nothing: its rules of types look into other files. */
const cache = (name) => join(root, 'node_modules', '.cache', name)
const prettierCache = ['--cache', '--cache-strategy=content', '--cache-location', cache('prettier')]
// the longest first
const checks =
  filters.length > 0
    ? []
    : [
        ['lint', local('eslint'), ['--max-warnings=0', '.']],
        ['types', local('tsc'), ['-p', '.', '--incremental', '--tsBuildInfoFile', cache('types.tsbuildinfo')]],
        [
          'format',
          local('prettier'),
          ['--check', '--log-level=warn', ...prettierCache, 'src', 'test', 'scripts', 'bin', 'wasm'],
        ],
        ['generated files are true', process.execPath, ['scripts/generate.mjs', '--check']],
        ['import rules', local('depcruise'), ['--config', '.dependency-cruiser.cjs', 'src']],
        ['dead code', local('knip'), []],
      ]
let green = true
const lanes = [1, 2].map(async () => {
  for (let next = checks.shift(); next !== undefined; next = checks.shift()) if (!(await check(...next))) green = false
})
await Promise.all(lanes)

const folder = mkdtempSync(join(tmpdir(), 'contango-test-'))
const results = join(folder, 'results.json')
const vitest = spawnSync(
  local('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...filters],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  },
)
const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = readResults()
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`)
process.exit(green && vitest.status === 0 ? 0 : 1)

function readResults() {
  try {
    return JSON.parse(readFileSync(results, 'utf8'))
  } catch {
    return {}
  }
}
