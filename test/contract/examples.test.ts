import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { contango, packageRoot, words } from '../support/contango.js'
import { inside } from '../support/inside.js'
import { exampleFiles } from '../support/example-files.js'
import { startCftcServer, type CftcServer } from '../support/cftc-server.js'
import { startEiaServer, type EiaServer } from '../support/eia-server.js'
import type { Loopback } from '../support/loopback.js'
import { startYahooServer } from '../support/yahoo-server.js'
import { startFredServer, type FredServer } from '../support/fred-server.js'

interface ManifestCommand {
  readonly id: string
  readonly examples?: readonly (string | { readonly command: string })[]
}
const manifest = JSON.parse(readFileSync(join(packageRoot, 'oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, ManifestCommand>
}
const commands = Object.values(manifest.commands)
/** These write to the lake, or make a workspace: they get one of their own. */
const WRITES = /^(fetch|init)\b/
/** The simulator has none of their data: they read what the fetch commands wrote. */
const READS_OWN = /^fundamentals (opec|turnarounds)$/

let folder: string
let server: EiaServer
let cftc: CftcServer
let fred: FredServer
let yahoo: Loopback

/** Every vendor that examples ask is on loopback. */
function vendors(): Record<string, string> {
  return {
    EIA_API_KEY: server.key,
    CONTANGO_EIA_BASE_URL: server.baseUrl,
    CONTANGO_CFTC_BASE_URL: cftc.origin,
    FRED_API_KEY: fred.key,
    CONTANGO_FRED_BASE_URL: fred.baseUrl,
    CONTANGO_YAHOO_BASE_URL: yahoo.origin,
  }
}

describe('every example of every help page', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'contango-examples-'))
    for (const [name, text] of Object.entries(exampleFiles)) writeFileSync(join(folder, name), text)
    await inside(['init', 'own'], { cwd: folder })
    ;[server, cftc, fred] = await Promise.all([startEiaServer(), startCftcServer(), startFredServer()])
    yahoo = await startYahooServer()
    const settings = join(folder, 'own', 'config', 'yahoo.yaml')
    writeFileSync(settings, readFileSync(settings, 'utf8').replace(/requestsPerSecond: .*/, 'requestsPerSecond: 100'))
    const own = { home: join(folder, 'own'), cwd: folder, env: vendors() }
    for (const line of ['eia --preset steo', 'opec-quotas quotas.csv', 'turnarounds turnarounds.csv']) {
      expect((await inside(['fetch', ...words(line)], own)).code, line).toBe(0)
    }
    // What `diff` and `verify` look at.
    for (const line of ['yesterday.json', 'today.json', 'var.json'].map((name) => `var --book example -o ${name}`)) {
      expect((await inside(words(line), { home: inject('simHome'), cwd: folder })).code, line).toBe(0)
    }
    // What `backtest show` and `backtest compare` look at.
    for (const line of ['ma-crossover wti --keep -o result.json', 'buy-hold wti -o buy-hold.json']) {
      expect((await inside(words(`backtest ${line}`), { home: inject('simHome'), cwd: folder })).code, line).toBe(0)
    }
    // What `optimize merge` looks at.
    mkdirSync(join(folder, 'shards'))
    const shard = 'optimize ma-crossover wti --shard 1/1 --cells shards/1.parquet -- --fast 5,10 --slow 20,40'
    expect((await inside(words(shard), { home: inject('simHome'), cwd: folder })).code, shard).toBe(0)
    for (const file of ['old-equity.csv', 'new-equity.csv']) {
      const line = `backtest buy-hold wti --equity ${file}`
      expect((await inside(words(line), { home: inject('simHome'), cwd: folder })).code, line).toBe(0)
    }
  })
  afterAll(async () => {
    await Promise.all([server.close(), cftc.close(), fred.close(), yahoo.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  for (const { id, examples = [] } of commands) {
    const name = id.replaceAll(':', ' ')
    it(`contango ${name} shows two at least`, () => expect(examples.length).toBeGreaterThanOrEqual(2))
    for (const example of examples) {
      const line = (typeof example === 'string' ? example : example.command).replaceAll('<%= config.bin %>', 'contango')
      it(line, async () => {
        expect(line).toMatch(/^contango /)
        const [command, ...pipe] = line.split('|')[0].split(' < ')
        const stdin = pipe.length > 0 ? exampleFiles[pipe[0].trim()] : line.startsWith('cat ') ? '' : undefined
        let argv = words(command).slice(1)
        if (id === 'runs:show') argv = ['runs', 'show', await lastRunId(), ...argv.slice(3)]
        const home = WRITES.test(name) || READS_OWN.test(name) ? join(folder, 'own') : inject('simHome')
        // What reads a file through the shell's redirection runs in a process of its own.
        const finished = await (stdin === undefined ? inside : contango)(argv, {
          cwd: folder,
          home: name === 'init' ? undefined : home,
          stdin,
          env: vendors(),
        })
        expect([0, 10], `${finished.stderr}\n${finished.stdout}`).toContain(finished.code)
      })
    }
  }
})

async function lastRunId(): Promise<string> {
  const { stdout } = await inside(['runs', '--json'], { home: inject('simHome') })
  return (JSON.parse(stdout) as { data: { runs: { id: string }[] } }).data.runs[0].id
}
