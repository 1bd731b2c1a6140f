import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contango, words, type Finished, type RunOptions } from '../../support/contango.js'
import { inside } from '../../support/inside.js'
import { misbehave, startEiaServer, type EiaServer } from '../../support/eia-server.js'
import { filesBelow } from './support.js'

let folder: string
let home: string
let server: EiaServer

/** The workspace's own eia.yaml: the same, but it does not wait. */
function withoutPatience(file: string): void {
  const changed = readFileSync(file, 'utf8')
    .replace(/attemptTimeoutSeconds: .*/, 'attemptTimeoutSeconds: 5')
    .replace(/firstDelaySeconds: .*/, 'firstDelaySeconds: 0.001')
    .replace(/maxDelaySeconds: .*/, 'maxDelaySeconds: 0.001')
    .replace(/retries: .*/, 'retries: 1')
    .replace(/requestsPerSecond: .*/, 'requestsPerSecond: 100')
  writeFileSync(file, changed)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-eia-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let nth = 0
beforeEach(async () => {
  home = join(folder, `desk${nth++}`)
  expect((await inside(['init', home])).code).toBe(0)
  withoutPatience(join(home, 'config', 'eia.yaml'))
  server = await startEiaServer()
})
afterEach(() => server.close())

/** Runs the command; whatever happens, the key is in no output and nowhere in the workspace. */
async function run(line: string, options: RunOptions = {}): Promise<Finished> {
  const finished = await (options.killAfterMs === undefined ? inside : contango)(words(line), {
    home,
    ...options,
    env: { EIA_API_KEY: server.key, CONTANGO_EIA_BASE_URL: server.baseUrl, ...options.env },
  })
  expect(finished.stdout).not.toContain(server.key)
  expect(finished.stderr).not.toContain(server.key)
  // SQLite's -shm and -wal files belong to whoever has the database open: another run may take them away meanwhile.
  const written = filesBelow(home).filter((path) => !/key\.txt$|-(shm|wal)$/.test(path))
  for (const path of written) expect(readFileSync(path, 'latin1').includes(server.key), path).toBe(false)
  return finished
}

const errorCode = (finished: Finished): string =>
  (JSON.parse(finished.stdout) as { error: { code: string } }).error.code

describe('contango fetch eia', () => {
  it('stores a series, and a second run adds nothing', async () => {
    const first = await run('fetch eia --series RWTC --json -v')
    expect(first.code, first.stderr).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject({
      schema: 'contango.fetch-eia/1',
      ok: true,
      asOf: null,
      data: {
        baseHost: new URL(server.baseUrl).host,
        dryRun: false,
        planned: [],
        series: [{ series: 'RWTC', unit: 'USD/bbl', frequency: 'daily', added: 61, revised: 0, last: '2024-03-28' }],
      },
      warnings: [],
    })
    expect(first.stderr).toContain('api_key=***')
    const second = await run('fetch eia --series RWTC -f csv')
    expect(second.stdout.split('\n').slice(0, 2)).toEqual([
      'series,unit,frequency,added,revised,dropped,missing,first,last,requests,cached,sha256',
      expect.stringMatching(/^RWTC,USD\/bbl,daily,0,0,0,0,2024-01-02,2024-03-28,1,false,[0-9a-f]{64}$/),
    ])
  })

  it('takes the key from a file as well', async () => {
    const file = join(home, 'key.txt')
    writeFileSync(file, `${server.key}\n`)
    chmodSync(file, 0o600)
    const finished = await run('fetch eia --series RWTC', { env: { EIA_API_KEY: undefined, EIA_API_KEY_FILE: file } })
    expect(finished.code, finished.stderr).toBe(0)
  })

  it('shows under --dry-run what it would ask, needs no key for it and asks nothing', async () => {
    const finished = await run('fetch eia --preset spot --dry-run --json', { env: { EIA_API_KEY: undefined } })
    expect(finished.code, finished.stderr).toBe(0)
    const { data } = JSON.parse(finished.stdout) as { data: { planned: { url: string; series: string[] }[] } }
    expect(data.planned.flatMap(({ series }) => series)).toHaveLength(6)
    expect(data.planned.every(({ url }) => url.includes('api_key=***'))).toBe(true)
    expect(server.requests).toEqual([])
  })

  it('ends with the exit code of what went wrong, and the lake stays as it was', async () => {
    expect((await run('fetch eia --series RWTC')).code).toBe(0)
    const lake = (): string =>
      filesBelow(join(home, 'data', 'lake'))
        .map((path) => readFileSync(path, 'latin1'))
        .join()
    const before = lake()
    const noKey = { env: { EIA_API_KEY: undefined } }
    const wrongKey = { env: { EIA_API_KEY: 'NotTheKey0NotTheKey0' } }
    const nobody = { env: { CONTANGO_EIA_BASE_URL: 'http://127.0.0.1:1/v2' } }
    const surprise = misbehave.changed((document) => {
      document.response.data[0]['value'] = { amount: 70 }
      return document
    })
    const cases: [
      line: string,
      exit: number,
      code: string,
      options?: RunOptions,
      answer?: Parameters<EiaServer['always']>[0],
    ][] = [
      ['fetch eia', 2, 'NOTHING_TO_FETCH'],
      ['fetch eia --series MCRFPUS2', 2, 'EIA_ROUTE_NEEDED'],
      ['fetch eia --preset gold', 2, 'UNKNOWN_PRESET'],
      ['fetch eia --series RWTC --from 2024-02-01 --to 2024-01-01', 2, 'BAD_WINDOW'],
      ['fetch eia --series RWTC', 3, 'EIA_KEY_MISSING', noKey],
      ['fetch eia --series RWTX --route petroleum/pri/spt', 4, 'EIA_NO_ROWS'],
      ['fetch eia --series RWTC', 5, 'EIA_KEY_REJECTED', wrongKey],
      ['fetch eia --series RWTC', 5, 'UNREACHABLE', nobody],
      ['fetch eia --series RWTC', 5, 'HTTP_STATUS', {}, misbehave.status(503)],
      ['fetch eia --series RWTC', 5, 'RATE_LIMITED', {}, misbehave.status(429)],
      ['fetch eia --series RWTC', 6, 'EIA_SCHEMA', {}, surprise],
      ['fetch eia --series RWTC', 6, 'TRUNCATED_JSON', {}, misbehave.truncated()],
    ]
    for (const [line, exit, code, options, answer = null] of cases) {
      server.always(answer)
      const finished = await run(`${line} --json`, options)
      expect([finished.code, errorCode(finished)], finished.stderr).toEqual([exit, code])
    }
    expect(lake()).toBe(before)
  })

  it('exits 5 with the series that failed, stores the others, and the next run completes them', async () => {
    server.next(null, null, misbehave.status(503), misbehave.status(503))
    const partial = await run('fetch eia --preset spot --json')
    expect([partial.code, errorCode(partial)]).toEqual([5, 'EIA_PARTIAL'])
    const { error } = JSON.parse(partial.stdout) as {
      error: { details: { failed: { series: string }[]; stored: string[] } }
    }
    expect(error.details.failed.length + error.details.stored.length).toBe(6)
    expect(error.details.failed.length).toBeGreaterThan(0)
    expect((await run('fetch eia --preset spot')).code).toBe(0)
    const listed = await run('data ls --json')
    expect((JSON.parse(listed.stdout) as { data: { datasets: unknown[] } }).data.datasets).toHaveLength(6)
  })

  it('refuses under --strict what it drops otherwise: a price on a Sunday', async () => {
    const { rows, ...rest } = server.series.get('RWTC')!
    server.series.set('RWTC', { ...rest, rows: [...rows, ['2024-03-31', '80.00']] })
    const strict = await run('fetch eia --series RWTC --strict --json')
    expect([strict.code, errorCode(strict)]).toEqual([6, 'QUALITY_REFUSED'])
    const lax = await run('fetch eia --series RWTC --json')
    expect(lax.code).toBe(0)
    expect(JSON.parse(lax.stdout)).toMatchObject({
      data: { series: [{ added: 61, dropped: 1, last: '2024-03-28' }] },
      warnings: [{ code: 'ROWS_DROPPED' }],
    })
  })

  it('does not repeat a key that someone typed into the address', async () => {
    const finished = await run(`fetch eia --series RWTC --base-url ${server.baseUrl}?api_key=${server.key} --json`)
    expect([finished.code, errorCode(finished)]).toEqual([2, 'BASE_URL'])
    const ledger = await run('runs --json')
    expect(ledger.code).toBe(0)
  })

  it('stops on Ctrl-C while the vendor is silent, and leaves nothing half-written', async () => {
    server.always(misbehave.silence())
    const finished = await run('fetch eia --preset weekly', { killAfterMs: 700 })
    expect(finished.code, finished.stderr).toBe(130)
    expect(filesBelow(join(home, 'data')).filter((path) => /\.tmp|staging/.test(path))).toEqual([])
  })

  it('two at once: both are stored', async () => {
    const env = { EIA_API_KEY: server.key, CONTANGO_EIA_BASE_URL: server.baseUrl }
    const lines = ['fetch eia --preset spot', 'fetch eia --series COPR_SA --series COPR_IR']
    const [a, b] = await Promise.all(lines.map((line) => contango(words(line), { home, env })))
    expect([a.code, b.code], a.stderr + b.stderr).toEqual([0, 0])
    const listed = await run('data ls --json')
    expect((JSON.parse(listed.stdout) as { data: { datasets: unknown[] } }).data.datasets).toHaveLength(8)
  })
})
