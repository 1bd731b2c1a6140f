import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FetchStatusData } from '../../../src/lib/documents/fetch-status.js'
import { startBloombergServer } from '../../support/bloomberg-server.js'
import { packageRoot, words, type Finished } from '../../support/contango.js'
import { inside, type InsideOptions } from '../../support/inside.js'
import { misbehave, startEiaServer, type EiaServer } from '../../support/eia-server.js'
import { startTablesServer } from '../../support/eia-tables.js'
import { withoutPatience } from '../../support/impatient.js'
import { openBloombergDesk } from '../bloomberg/desk.js'

let folder: string
let home: string
let eia: EiaServer
let nth = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-status-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  home = join(folder, `desk${nth++}`)
  expect((await inside(['init', home])).code).toBe(0)
  for (const file of ['eia.yaml', 'cftc.yaml']) withoutPatience(home, file)
  eia = await startEiaServer()
})
afterEach(() => eia.close())

function run(line: string, options: InsideOptions = {}): Promise<Finished> {
  const env = { EIA_API_KEY: eia.key, CONTANGO_EIA_BASE_URL: eia.baseUrl, ...options.env }
  return inside(words(line), { home, ...options, env })
}
const NO_KEY = { env: { EIA_API_KEY: undefined } }

type Source = FetchStatusData['sources'][number]
const statusOf = (finished: Finished): FetchStatusData => {
  expect(finished.code, finished.stderr).toBe(0)
  return (JSON.parse(finished.stdout) as { data: FetchStatusData }).data
}
async function source(name: string, options: InsideOptions = {}, flags = ''): Promise<Source> {
  return statusOf(await run(`fetch status ${flags} --json`, options)).sources.find((one) => one.source === name)!
}

describe('contango fetch status', () => {
  it('counts what asked the vendor: neither a dry run nor a typing error makes it live', async () => {
    expect(await source('eia')).toMatchObject({ mode: 'disconnected', key: 'set', lastRunAt: null })
    await run('fetch eia --preset spot --dry-run')
    await run('fetch eia --preset nonsense')
    await run('fetch eia --preset spot', NO_KEY)
    expect(await source('eia')).toMatchObject({ mode: 'disconnected', lastRunAt: null })
    await run('fetch eia --series RWTC')
    expect(await source('eia')).toMatchObject({ mode: 'live', reason: null, lastExitCode: 0, datasets: 1 })
    await run('fetch eia --preset spot --dry-run')
    expect(await source('eia')).toMatchObject({ mode: 'live' })
    eia.always(misbehave.status(503))
    await run('fetch eia --series RWTC --no-cache')
    expect(await source('eia')).toMatchObject({
      mode: 'connection-error',
      lastExitCode: 5,
      lastErrorCode: 'HTTP_STATUS',
    })
  })

  it('says what works without a key', async () => {
    const missing = await source('eia', NO_KEY)
    expect(missing).toMatchObject({ mode: 'disconnected', key: 'missing' })
    expect(missing.reason).toContain('contango fetch eia --keyless needs none')
    const tables = await startTablesServer()
    const env = {
      EIA_API_KEY: undefined,
      CONTANGO_EIA_TABLES_URL: `${tables.origin}/wpsr`,
      CONTANGO_CFTC_BASE_URL: 'http://127.0.0.1:1',
    }
    const { data } = JSON.parse((await run('fetch all --preset keyless --json', { env })).stdout) as {
      data: { lines: object[] }
    }
    expect(data.lines).toMatchObject([
      { line: 'eia --keyless', exitCode: 0, datasets: 19 },
      { line: 'cftc', exitCode: 5 },
    ])
    await tables.close()
    expect(await source('eia', NO_KEY)).toMatchObject({ mode: 'live', key: 'missing', datasets: 19 })
  })

  it('asks each source under --probe, without the key', async () => {
    expect(await source('eia', {}, '--probe')).toMatchObject({ mode: 'live' })
    expect(eia.requests.every((url) => !url.href.includes(eia.key))).toBe(true)
    await eia.close()
    const probed = await source('eia', {}, '--probe')
    expect(probed.mode).toBe('connection-error')
    expect(probed.reason).toContain('ECONNREFUSED')
  })

  it('has the last period and the last write of every dataset', async () => {
    const before = Date.now() - 1000
    await run('fetch eia --series RWTC')
    const { series } = statusOf(await run('fetch status --json'))
    expect(series).toMatchObject([{ kind: 'series', name: 'RWTC', source: 'eia', last: '2024-03-28' }])
    expect(Date.parse(series[0].updatedAt!)).toBeGreaterThan(before)
  })

  it('shows what streams now, and no longer when it has ended', async () => {
    await run('fetch sim --product wti --from 2023-11-01 --to 2023-12-29')
    const argv = ['quotes', '--tickers', 'wti', '--watch', '--rate', '20']
    const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), ...argv], {
      env: { ...process.env, CONTANGO_HOME: home },
    })
    const ended = new Promise((resolve) => child.on('close', resolve))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect((await source('sim')).watching).toMatchObject([{ tickers: ['CL1 Comdty'] }])
    child.kill('SIGKILL')
    await ended
    expect((await source('sim')).watching).toEqual([])
  })
})

it('has Bloomberg live, in error, simulated or disconnected, with the tickers that it would subscribe', async () => {
  const server = await startBloombergServer()
  const desk = await openBloombergDesk(server)
  const bloomberg = async (env: Record<string, string> = {}): Promise<Source> =>
    statusOf(await desk.run('fetch status --json', { env })).sources.find((one) => one.source === 'bloomberg')!
  try {
    expect(await bloomberg()).toMatchObject({ mode: 'disconnected', key: 'none-needed' })
    expect((await desk.run('quotes')).code).toBe(0)
    expect(await bloomberg()).toMatchObject({
      mode: 'live',
      subscribedTickers: ['CL1 Comdty', 'CO1 Comdty', 'XB1 Comdty', 'HO1 Comdty', 'QS1 Comdty', 'NG1 Comdty'],
    })
    expect((await desk.run('quotes', { env: { BLOOMBERG_PORT: '1' } })).code).toBe(5)
    expect(await bloomberg()).toMatchObject({ mode: 'connection-error', lastExitCode: 5, lastErrorCode: 'UNREACHABLE' })
    expect(await bloomberg({ BLOOMBERG_USE_MOCK: 'true' })).toMatchObject({ mode: 'simulated' })
    desk.configure({ transport: 'none' })
    expect(await bloomberg()).toMatchObject({
      mode: 'disconnected',
      reason: expect.stringContaining('transport is none'),
    })
  } finally {
    await server.close()
    desk.remove()
  }
})
