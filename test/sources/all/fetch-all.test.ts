import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchAll } from '../../../src/lib/sources/all/fetch-all.js'
import { startCftcServer, type CftcServer } from '../../support/cftc-server.js'
import { contango, words, type Finished, type RunOptions } from '../../support/contango.js'
import { inside } from '../../support/inside.js'
import { misbehave, startEiaServer, type EiaServer } from '../../support/eia-server.js'
import { startFredServer, type FredServer } from '../../support/fred-server.js'
import { withoutPatience } from '../../support/impatient.js'

let folder: string
let nth = 0
let home: string
let eia: EiaServer
let cftc: CftcServer
let fred: FredServer

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-all-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  home = join(folder, `desk${nth++}`)
  expect((await inside(['init', home])).code).toBe(0)
  for (const file of ['eia.yaml', 'cftc.yaml', 'fred.yaml']) withoutPatience(home, file)
  ;[eia, cftc, fred] = await Promise.all([startEiaServer(), startCftcServer(), startFredServer()])
})
afterEach(() => Promise.all([eia.close(), cftc.close(), fred.close()]))

function run(line: string, options: RunOptions = {}): Promise<Finished> {
  const env = {
    EIA_API_KEY: eia.key,
    CONTANGO_EIA_BASE_URL: eia.baseUrl,
    CFTC_APP_TOKEN: cftc.token,
    CONTANGO_CFTC_BASE_URL: cftc.origin,
    FRED_API_KEY: fred.key,
    CONTANGO_FRED_BASE_URL: fred.baseUrl,
    ...options.env,
  }
  return (options.killAfterMs === undefined ? inside : contango)(words(line), { home, ...options, env })
}

interface Dataset {
  readonly kind: string
  readonly name: string
  readonly source: string
  readonly rows: number
  readonly sha256: string
}
async function datasets(): Promise<Dataset[]> {
  const finished = await run('data ls --json')
  return (JSON.parse(finished.stdout) as { data: { datasets: Dataset[] } }).data.datasets
}
const document = (finished: Finished): { data: { failed: string[]; lines: Record<string, unknown>[] } } =>
  JSON.parse(finished.stdout) as ReturnType<typeof document>

describe('contango fetch all', () => {
  it('brings in every source; one that fails stops no other, exits 5 and is listed; again fetches what is missing', async () => {
    cftc.always(misbehave.status(503))
    const partial = await run('fetch all --json')
    expect(partial.code, partial.stderr).toBe(5)
    expect(document(partial).data.failed).toEqual(['cftc'])
    expect(document(partial).data.lines.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 5, 0])
    expect(partial.stderr).toContain('cftc (CFTC_FAILED)')
    const status = await run('fetch status --json')
    const modes = (JSON.parse(status.stdout) as { data: { sources: { source: string; mode: string }[] } }).data.sources
    expect(Object.fromEntries(modes.map(({ source, mode }) => [source, mode]))).toMatchObject({
      bloomberg: 'disconnected',
      cftc: 'connection-error',
      eia: 'live',
      fred: 'live',
      sim: 'simulated',
    })
    cftc.always(null)
    const asked = [eia.requests.length, fred.requests.length]
    const again = await run('fetch all --json')
    expect(again.code, again.stderr).toBe(0)
    // what arrived before is fresh on disk: nothing of it is asked for again from its beginning
    const later = [...eia.requests.slice(asked[0]), ...fred.requests.slice(asked[1])]
    expect(later.every((url) => url.searchParams.has('start') || url.searchParams.has('observation_start'))).toBe(true)
    expect(document(again).data.lines.map(({ added }) => added)).toEqual([0, 0, 0, 95 * 13, 0])
  })

  it('killed midway and run again has the lake of a run that was never stopped: nothing lost, nothing twice', async () => {
    const whole = home
    const startedMs = performance.now()
    expect((await run('fetch all')).code).toBe(0)
    const wholeMs = performance.now() - startedMs
    const expected = await datasets()
    home = join(folder, `desk${nth++}`)
    expect(home).not.toBe(whole)
    expect((await inside(['init', home])).code).toBe(0)
    for (const file of ['eia.yaml', 'cftc.yaml', 'fred.yaml']) withoutPatience(home, file)
    // A machine that is quicker now than a moment ago may finish first: then the earlier moments stop it.
    let kills = 0
    for (const share of [0.6, 0.4, 0.25]) {
      const killed = await run('fetch all', { killAfterMs: wholeMs * share, killSignal: 'SIGKILL' })
      expect([0, 137]).toContain(killed.code)
      if (killed.code === 137) kills++
    }
    expect(kills).toBeGreaterThan(0)
    expect((await run('fetch all')).code).toBe(0)
    expect(await datasets()).toEqual(expected)
    expect((await run('data check')).code).toBe(0)
  })

  it('stops on Ctrl-C', async () => {
    eia.always(misbehave.silence())
    fred.always(misbehave.silence())
    expect((await run('fetch all', { killAfterMs: 1200 })).code).toBe(130)
  })

  it('names the presets there are', async () => {
    const finished = await run('fetch all --preset weekly')
    expect([finished.code, finished.stderr]).toEqual([2, expect.stringContaining('--preset takes daily')])
  })
})

describe('a preset', () => {
  it('runs the lines of one source one after another, and the sources side by side', async () => {
    const running = new Set<string>()
    const together: string[] = []
    const results = await fetchAll({
      lines: ['eia --preset spot', 'cftc', 'eia --preset weekly'],
      run: async ([source]) => {
        expect(running.has(source)).toBe(false)
        running.add(source)
        together.push([...running].sort().join('+'))
        await new Promise((resolve) => setImmediate(resolve))
        running.delete(source)
        return { exitCode: 0, document: { data: { series: [{ added: 2, revised: 1, dropped: 0 }, { added: 3 }] } } }
      },
      signal: new AbortController().signal,
      onLine: () => undefined,
    })
    expect(together).toContain('cftc+eia')
    expect(results.map(({ line, added, revised }) => [line, added, revised])).toEqual([
      ['eia --preset spot', 5, 1],
      ['cftc', 5, 1],
      ['eia --preset weekly', 5, 1],
    ])
  })
})
