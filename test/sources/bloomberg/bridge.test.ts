import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBloomberg, type Bloomberg } from '../../../src/lib/sources/bloomberg/bloomberg.js'
import { createBridgeTransport } from '../../../src/lib/sources/bloomberg/bridge-transport.js'
import type { SecurityFacts } from '../../../src/lib/sources/bloomberg/schema.js'
import { createTtlCache, type TtlCache } from '../../../src/lib/sources/bloomberg/ttl-cache.js'
import { packageRoot } from '../../support/contango.js'
import { day } from '../../market/market.js'
import { errorCode, openBloombergDesk, type BloombergDesk } from './desk.js'

const standIn = fileURLToPath(new URL('../../fixtures/blpapi', import.meta.url))
const hasPython = ((): boolean => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    console.warn('skipped: there is no python3 for the bridge')
    return false
  }
})()

let desk: BloombergDesk
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contango-bridge-'))
  desk = await openBloombergDesk({ host: 'localhost', port: 8194 })
  desk.configure({ transport: 'bridge' })
})
afterEach(() => {
  desk.remove()
  rmSync(folder, { recursive: true, force: true })
})

const env = (more: Readonly<Record<string, string>> = {}) => ({
  PYTHONPATH: standIn,
  PYTHONDONTWRITEBYTECODE: '1',
  ...more,
})

describe.skipIf(!hasPython)('bin/bloomberg-bridge.py with a stand-in blpapi', () => {
  it('fetches twelve tickers with one request to Bloomberg', async () => {
    const log = join(folder, 'log')
    const finished = await desk.runAlone('fetch bloomberg --product wti --from 2024-03-25 --to 2024-03-28 --json', {
      env: env({ BLPAPI_STANDIN_LOG: log }),
    })
    expect(finished.code, finished.stderr).toBe(0)
    expect(readFileSync(log, 'utf8')).toBe('HistoricalDataRequest 12\n')
    const { data } = JSON.parse(finished.stdout) as { data: object }
    // four days of twelve contracts from CLK24 on
    expect(data).toMatchObject({ transport: 'bridge', datasets: [{ name: 'CL', added: 48, dropped: 0 }] })
    const curve = await desk.runAlone('curve wti --as-of 2024-03-28 -f csv')
    expect(curve.stdout).toMatch(/CLK24.*83\.5/) // 81 + 3 days − half a dollar a rank
  })

  it('shows a snapshot, and streams until the count is full', async () => {
    const shown = await desk.runAlone('quotes --tickers wti,brent --json', { env: env() })
    expect(shown.code, shown.stderr).toBe(0)
    expect(JSON.parse(shown.stdout)).toMatchObject({
      data: {
        source: 'bloomberg',
        simulated: false,
        quotes: [
          { ticker: 'CL1 Comdty', last: 81.5, change: -0.25, bid: 81.49, ask: 81.51, unit: 'USD/bbl' },
          { ticker: 'CO1 Comdty' },
        ],
      },
    })
    const streamed = await desk.runAlone('quotes --tickers wti,brent --watch --count 6', { env: env() })
    expect(streamed.code, streamed.stderr).toBe(0)
    const rows = streamed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(rows).toHaveLength(7)
    expect(rows[0]).toMatchObject({ ticker: 'CL1 Comdty', last: 81.5, bid: 81.49, ask: null, source: 'bloomberg' })
    expect(rows[6]).toEqual({ ok: true, rows: 6, type: 'end' })
  })

  it('starts the bridge anew and subscribes again where the session breaks, and marks what is stale meanwhile', async () => {
    const finished = await desk.runAlone('quotes --tickers wti --watch --count 8', {
      env: env({ BLPAPI_STANDIN: 'drop' }),
    })
    expect(finished.code, finished.stderr).toBe(0)
    expect(finished.stderr).toContain('the subscription is lost')
    const stale = finished.stdout.split('\n').filter((line) => line.includes('"stale":true'))
    expect(stale.length).toBeGreaterThanOrEqual(1)
  })

  it('ends with the exit code of what went wrong, and the lake stays empty', async () => {
    const cases: [scenario: Readonly<Record<string, string>>, exit: number, code: string][] = [
      [{ BLPAPI_STANDIN: 'no-session' }, 5, 'UNREACHABLE'],
      [{ BLPAPI_STANDIN: 'silence', BLOOMBERG_TIMEOUT: '800' }, 5, 'TIMEOUT'],
      [{ BLPAPI_STANDIN: 'crash' }, 5, 'BLOOMBERG_BRIDGE'],
      [{ BLPAPI_STANDIN: 'response-error' }, 5, 'BLOOMBERG_LIMIT'],
      [{ BLPAPI_STANDIN: 'security-error' }, 5, 'BLOOMBERG_SECURITY'],
      [{ PYTHONPATH: folder }, 5, 'BLOOMBERG_NO_BLPAPI'],
    ]
    for (const [scenario, exit, code] of cases) {
      const line = 'fetch bloomberg --product wti --ranks 2 --from 2024-03-25 --to 2024-03-28 --json'
      const finished = await desk.runAlone(line, { env: env(scenario) })
      expect([finished.code, errorCode(finished)], `${JSON.stringify(scenario)} ${finished.stderr}`).toEqual([
        exit,
        code,
      ])
    }
    desk.configure({ python: 'no-such-python' })
    const finished = await desk.runAlone('quotes --json', { env: env() })
    expect([finished.code, errorCode(finished)]).toEqual([5, 'BLOOMBERG_BRIDGE'])
    expect(desk.lake()).not.toContain('PAR1')
  })

  describe('as a program asks it', () => {
    let bloomberg: Bloomberg
    let cache: TtlCache<SecurityFacts>
    beforeEach(() => {
      process.env['PYTHONPATH'] = standIn
      process.env['PYTHONDONTWRITEBYTECODE'] = '1'
      process.env['BLPAPI_STANDIN_LOG'] = join(folder, 'log')
      const transport = createBridgeTransport({
        python: 'python3',
        script: join(packageRoot, 'bin', 'bloomberg-bridge.py'),
        host: 'localhost',
        port: 8194,
        timeoutMs: 5000,
        signal: new AbortController().signal,
        log: () => undefined,
      })
      cache = createTtlCache<SecurityFacts>(10, 60_000, { monotonicMs: () => performance.now() })
      bloomberg = createBloomberg({ transport, referenceCache: cache })
    })
    afterEach(async () => {
      await bloomberg.close()
      delete process.env['PYTHONPATH']
      delete process.env['BLPAPI_STANDIN_LOG']
    })

    it('gives histories, facts, chains and intraday bars', async () => {
      const [history] = await bloomberg.historical({
        securities: ['CL1 Comdty'],
        fields: ['PX_SETTLE', 'PX_VOLUME'],
        from: day('2024-03-25'),
        to: day('2024-03-28'),
      })
      expect(history.rows.map(({ values }) => values['PX_SETTLE'])).toEqual([80.5, 81.5, 82.5, 83.5])
      expect(history.rows[0].values['PX_VOLUME']).toBeNull() // NaN is no number in JSON
      expect(await bloomberg.futuresChain('CL1 Comdty', true)).toEqual(['CLK4 Comdty', 'CLM4 Comdty'])
      const bars = await bloomberg.intradayBars({
        security: 'CL1 Comdty',
        intervalMinutes: 5,
        from: '2024-03-28T14:00:00Z',
        to: '2024-03-28T15:00:00Z',
      })
      expect(bars).toEqual([
        { time: '2024-03-28T14:00:00.000Z', open: 81, high: 82, low: 80.5, close: 81.5, volume: 300 },
      ])
    })

    it('keeps facts for a while and prices never', async () => {
      const tickers = ['CL1 Comdty', 'CL2 Comdty']
      await bloomberg.reference(tickers, ['LAST_TRADEABLE_DT'])
      const [again] = await bloomberg.reference(tickers, ['LAST_TRADEABLE_DT'])
      expect(again.values['LAST_TRADEABLE_DT']).toBe('2024-04-22')
      await bloomberg.reference([...tickers, 'CL3 Comdty'], ['LAST_TRADEABLE_DT'])
      await bloomberg.snapshot(['CL1 Comdty'], ['PX_LAST'])
      await bloomberg.snapshot(['CL1 Comdty'], ['PX_LAST'])
      expect(readFileSync(join(folder, 'log'), 'utf8').trim().split('\n')).toEqual([
        'ReferenceDataRequest 2',
        'ReferenceDataRequest 1',
        'ReferenceDataRequest 1',
        'ReferenceDataRequest 1',
      ])
    })
  })
})
