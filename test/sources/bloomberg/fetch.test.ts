import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Finished, RunOptions } from '../../support/contango.js'
import {
  misbehave,
  startBloombergServer,
  testPrice,
  tlsFile,
  type BloombergMisbehaviour,
  type BloombergServer,
} from '../../support/bloomberg-server.js'
import { day } from '../../market/market.js'
import { errorCode, filesBelow, openBloombergDesk, type BloombergDesk } from './desk.js'

let server: BloombergServer
let desk: BloombergDesk

beforeEach(async () => {
  server = await startBloombergServer()
  desk = await openBloombergDesk(server)
})
afterEach(async () => {
  await server.close()
  desk.remove()
})

const WINDOW = '--from 2024-01-02 --to 2024-03-28'
const dataOf = <T>(finished: Finished): T => (JSON.parse(finished.stdout) as { data: T }).data

describe('contango fetch bloomberg over blpapi-http', () => {
  it('asks for a curve of twelve months in one request within the body limit, and stores it by contract', async () => {
    const finished = await desk.run(`fetch bloomberg --product wti ${WINDOW} --json`)
    expect(finished.code, finished.stderr).toBe(0)
    expect(server.asked).toHaveLength(1)
    expect(server.asked[0]).toMatchObject({
      method: 'POST',
      path: '/request?ns=blp&service=refdata&type=HistoricalDataRequest',
      body: { startDate: '20240102', endDate: '20240328', periodicitySelection: 'DAILY' },
    })
    expect((server.asked[0].body as { securities: string[] }).securities).toHaveLength(12)
    expect(server.asked[0].bytes).toBeLessThanOrEqual(1024)
    const { datasets } = dataOf<{ datasets: object[] }>(finished)
    // 61 settlement days from 2024-01-02 to 2024-03-28, twelve contracts each
    expect(datasets).toMatchObject([
      { kind: 'curves', name: 'CL', unit: 'USD/bbl', added: 732, dropped: 0, tickers: 12 },
    ])
    const curve = await desk.run('curve wti --as-of 2024-03-28 -f csv')
    expect(curve.stdout).toContain('CLK24')
    const stored = await desk.run('data export CL -f csv --kind curves --from 2024-01-19 --to 2024-01-19')
    expect(stored.stdout, stored.stderr).toContain(String(testPrice('CL', 202402, day('2024-01-19'))))
  })

  it('goes on shortly before the last stored day: nothing is doubled, a correction is seen', async () => {
    const days = server.days
    server.days = days.slice(0, 40)
    expect((await desk.run(`fetch bloomberg --product wti --ranks 3 ${WINDOW}`)).code).toBe(0)
    server.days = days
    const second = await desk.run('fetch bloomberg --product wti --ranks 3 --to 2024-03-28 --json')
    expect((server.asked[1].body as { startDate: string }).startDate).toBe('20240221') // a week before 2024-02-28
    expect(dataOf<{ datasets: object[] }>(second).datasets).toMatchObject([{ added: 63, revised: 0, rows: 183 }])
  })

  it('turns cents per gallon into dollars, fetches bars, and holds contracts against the rules here', async () => {
    const bars = await desk.run(`fetch bloomberg --product rbob --what bars --what reference ${WINDOW} --json`)
    expect(bars.code, bars.stderr).toBe(0)
    const { datasets, reference } = dataOf<{ datasets: object[]; reference: { differs: string[] }[] }>(bars)
    expect(datasets).toMatchObject([{ kind: 'bars', name: 'RB', unit: 'USD/gal', added: 61 }])
    expect(reference).toHaveLength(12)
    expect(reference[0]).toMatchObject({
      ticker: 'XB1 Comdty',
      contract: 'RBJ24',
      lastTradingDay: '2024-03-28',
      contractSize: 42_000,
      pointValue: 420,
      differs: [],
    })
    const listed = await desk.run('prices rbob --json')
    expect(listed.code).toBe(4) // bars are no curve
  })

  it('asks for the contracts of the chain where it is told to', async () => {
    const finished = await desk.run(`fetch bloomberg --product wti --by chain --ranks 3 ${WINDOW} --json`)
    expect(finished.code, finished.stderr).toBe(0)
    const types = server.asked.map(({ path }) => /type=(\w+)/.exec(path)?.[1])
    expect(types[0]).toBe('ReferenceDataRequest')
    expect(types.at(-1)).toBe('HistoricalDataRequest')
    expect(dataOf<{ datasets: object[] }>(finished).datasets).toMatchObject([
      { name: 'CL', dropped: 0, first: '2024-01-02' },
    ])
    // the front months since January: CLG24, CLH24, CLJ24 expired on 20 January, 20 February, 20 March
    const last = server.asked.at(-1)!.body as { securities: string[] }
    expect(last.securities.slice(0, 4)).toEqual(['CLG4 Comdty', 'CLH4 Comdty', 'CLJ4 Comdty', 'CLK4 Comdty'])
  })

  it('splits a request that would be too long for the server', async () => {
    desk.configure({ maxRequestBytes: '400' })
    expect((await desk.run(`fetch bloomberg --product wti ${WINDOW}`)).code).toBe(0)
    expect(server.asked.length).toBeGreaterThan(1)
    expect(server.asked.every(({ bytes }) => bytes <= 400)).toBe(true)
    const asked = server.asked.flatMap(({ body }) => (body as { securities: string[] }).securities)
    expect(asked).toHaveLength(12)
  })

  it('warns of a ticker and a field that Bloomberg does not have, and stores the rest', async () => {
    const finished = await desk.run(`fetch bloomberg --product wti --ranks 13 ${WINDOW} --json`)
    expect(finished.code, finished.stderr).toBe(0)
    const { warnings } = JSON.parse(finished.stdout) as { warnings: { code: string; message: string }[] }
    expect(warnings).toEqual([
      {
        code: 'BLOOMBERG_SECURITY',
        message: 'Bloomberg has nothing of CL13 Comdty: Unknown/Invalid security (BAD_SEC/INVALID_SECURITY)',
      },
    ])
  })

  it('ends with the exit code of what went wrong, says what to check, and the lake stays as it was', async () => {
    expect((await desk.run(`fetch bloomberg --product wti --ranks 2 ${WINDOW}`)).code).toBe(0)
    const before = desk.lake()
    const texts = misbehave.changed(({ data }) => {
      for (const one of data as { securityData: { fieldData: Record<string, unknown>[] } }[]) {
        one.securityData.fieldData[3]['PX_SETTLE'] = '72.50'
      }
    })
    const responseError = misbehave.changed((usual) => {
      usual.data = [
        {
          responseError: {
            category: 'LIMIT',
            subcategory: 'DAILY_CAPACITY_REACHED',
            message: 'Daily capacity reached.',
          },
        },
      ]
    })
    const securityError = misbehave.changed(({ data }) => {
      for (const one of data as { securityData: Record<string, unknown> }[]) {
        one.securityData['securityError'] = { category: 'BAD_SEC', message: 'Not entitled' }
      }
    })
    const down = misbehave.changed((usual) => {
      usual.data = []
      usual.status = { source: 'BProx', category: 'UNCLASSIFIED', errorCode: -1 }
      usual.message = 'session is not connected'
    })
    const oneShort = misbehave.changed(({ data }) => void data.pop())
    const cases: [exit: number, code: string, answer: BloombergMisbehaviour | null, options?: RunOptions][] = [
      [5, 'BLOOMBERG_RATE_LIMITED', misbehave.status(429)],
      [5, 'BLOOMBERG_RATE_LIMITED', misbehave.status(429, { 'retry-after': '1' })],
      [5, 'BLOOMBERG_HTTP_STATUS', misbehave.status(503)],
      [5, 'TIMEOUT', misbehave.silence(), { env: { BLOOMBERG_TIMEOUT: '150' } }],
      [5, 'UNREACHABLE', misbehave.cutOff()],
      [5, 'UNREACHABLE', null, { env: { BLOOMBERG_PORT: '1' } }],
      [6, 'TRUNCATED_JSON', misbehave.truncated()],
      [6, 'BLOOMBERG_SCHEMA', texts],
      [5, 'BLOOMBERG_LIMIT', responseError],
      [5, 'BLOOMBERG_SECURITY', securityError],
      [5, 'BLOOMBERG_UNAVAILABLE', down],
      [5, 'BLOOMBERG_INCOMPLETE', oneShort],
      [3, 'BLOOMBERG_NOT_CHOSEN', null, { env: { BLOOMBERG_USE_MOCK: 'true' } }],
    ]
    for (const [exit, code, answer, options] of cases) {
      server.always(answer)
      const finished = await desk.run(`fetch bloomberg --product wti --ranks 2 ${WINDOW} --json`, options)
      expect([finished.code, errorCode(finished)], finished.stderr).toEqual([exit, code])
      expect(finished.stderr).toContain('try:')
    }
    expect(desk.lake()).toBe(before)
  })

  it('warns, once, of a clock that is far from the server’s: which days have settled follows it', async () => {
    const date = new Date(Date.now() + 5 * 3_600_000).toUTCString()
    server.always((response, usual) => {
      response.writeHead(200, { 'content-type': 'application/json', date })
      response.end(JSON.stringify(usual))
    })
    const finished = await desk.run(`fetch bloomberg --product wti --product brent --ranks 2 ${WINDOW}`)
    expect(finished.code, finished.stderr).toBe(0)
    expect(server.asked).toHaveLength(2)
    expect(finished.stderr.match(/this machine's clock is 5 h behind that of blpapi-http at/g)).toHaveLength(1)
  })

  it('obeys Retry-After and goes on after a passing failure', async () => {
    server.next(misbehave.status(429, { 'retry-after': '0' }))
    expect((await desk.run(`fetch bloomberg --product wti --ranks 2 ${WINDOW}`)).code).toBe(0)
    expect(server.asked).toHaveLength(2)
  })

  it('stores the products that arrived and names the one that did not', async () => {
    server.next(
      null,
      misbehave.changed(({ data }) => void data.pop()),
    )
    const finished = await desk.run(`fetch bloomberg --product wti --product brent --ranks 2 ${WINDOW} --json`)
    expect([finished.code, errorCode(finished)]).toEqual([5, 'BLOOMBERG_PARTIAL'])
    expect(finished.stdout).toContain('BRN curves')
    expect((await desk.run('curve wti --as-of 2024-03-28')).code).toBe(0)
  })

  it('stores bars within the day as a dataset of the lake, and the same again the second time', async () => {
    const line = 'fetch bloomberg --product wti --what intraday --interval 1 --from 2024-03-28 --to 2024-03-28 --json'
    const finished = await desk.run(line)
    expect(finished.code, finished.stderr).toBe(0)
    expect(server.asked[0].body).toEqual({
      security: 'CL1 Comdty',
      eventType: 'TRADE',
      interval: 1,
      startDateTime: '2024-03-28T00:00:00Z',
      endDateTime: '2024-03-29T00:00:00Z',
    })
    expect(dataOf<{ intraday: object[] }>(finished).intraday).toMatchObject([
      { ticker: 'CL1 Comdty', name: 'CL1_Comdty_1m', bars: 3, added: 3, revised: 0 },
    ])
    expect(dataOf<{ intraday: object[] }>(await desk.run(line)).intraday).toMatchObject([{ added: 0, revised: 0 }])
    const listed = await desk.run('data ls --kind intraday --json')
    expect(dataOf<{ datasets: object[] }>(listed).datasets).toMatchObject([
      { name: 'CL1_Comdty_1m', source: 'bloomberg', unit: 'USD/bbl', rows: 3, first: '2024-03-28', files: 1 },
    ])
    const bars = await desk.run('data export CL1_Comdty_1m -f ndjson')
    const [, second] = bars.stdout.split('\n').map((text) => JSON.parse(text || 'null') as object)
    expect(second).toMatchObject({ date: '2024-03-28', time: '2024-03-28T14:01:00.000Z', close: 73.5 })
    expect((await desk.run('data check')).code).toBe(0)
  })

  it('shows under --dry-run what it would ask and asks nothing', async () => {
    const finished = await desk.run(`fetch bloomberg ${WINDOW} --dry-run --json`)
    expect(finished.code, finished.stderr).toBe(0)
    expect(dataOf<{ planned: object[] }>(finished).planned).toHaveLength(7)
    expect(server.asked).toEqual([])
  })
})

describe('mutual TLS', () => {
  const withClient = (name: string): void =>
    desk.configure({
      certificates: `{ ca: ${tlsFile('ca.crt')}, cert: ${tlsFile(`${name}.crt`)}, key: ${tlsFile(`${name}.key`)} }`,
    })
  const fetchOne = (): Promise<Finished> => desk.run(`fetch bloomberg --product wti --ranks 2 ${WINDOW} --json`)

  it('names an expired certificate of ours with its date before anything is sent', async () => {
    withClient('client-expired')
    const finished = await fetchOne()
    expect([finished.code, errorCode(finished)]).toEqual([5, 'BLOOMBERG_CERTIFICATE'])
    expect(finished.stderr).toContain('expired on 2021-01-01')
    expect(server.asked).toEqual([])
  })

  it('exits 5 with a certificate that the server does not know', async () => {
    withClient('stranger')
    const finished = await fetchOne()
    expect(finished.code).toBe(5)
    expect(['BLOOMBERG_CERTIFICATE', 'UNREACHABLE']).toContain(errorCode(finished))
    expect(server.asked).toEqual([])
  })

  it('does not talk to a server whose certificate has expired, or that another authority signed', async () => {
    const expired = await startBloombergServer({ certificate: 'server-expired' })
    const first = await desk.run(`fetch bloomberg --product wti --ranks 2 ${WINDOW} --json`, {
      env: { BLOOMBERG_PORT: String(expired.port) },
    })
    await expired.close()
    expect([first.code, errorCode(first)]).toEqual([5, 'BLOOMBERG_CERTIFICATE'])
    expect(first.stderr).toContain('CERT_HAS_EXPIRED')
    desk.configure({
      certificates: `{ ca: ${tlsFile('other-ca.crt')}, cert: ${tlsFile('client.crt')}, key: ${tlsFile('client.key')} }`,
    })
    const second = await fetchOne()
    expect([second.code, errorCode(second)]).toEqual([5, 'BLOOMBERG_CERTIFICATE'])
    expect(server.asked).toEqual([])
  })

  it('prints neither key nor path of a file, in any output or anywhere in the workspace', async () => {
    desk.configure({
      certificates: `{ ca: ${tlsFile('ca.crt')}, cert: /nowhere/x.crt, key: ${tlsFile('client.key')} }`,
    })
    const missing = await desk.run(`fetch bloomberg --product wti --ranks 2 ${WINDOW} --json -v`)
    expect([missing.code, errorCode(missing)]).toEqual([3, 'BLOOMBERG_CERTIFICATE_FILE'])
    expect(missing.stderr + missing.stdout).not.toContain('/nowhere')
    withClient('client')
    const finished = await desk.run(`fetch bloomberg --product wti --ranks 2 ${WINDOW} -v`)
    const key = readFileSync(tlsFile('client.key'), 'utf8').split('\n')[1]
    expect(finished.stderr).not.toContain(key)
    for (const path of filesBelow(desk.home)) expect(readFileSync(path, 'latin1').includes(key), path).toBe(false)
  })

  it('refuses plain http to another machine', async () => {
    desk.configure({ certificates: '{ ca: null, cert: null, key: null }' })
    const finished = await desk.run(`fetch bloomberg --product wti ${WINDOW} --json`, {
      env: { BLOOMBERG_HOST: 'blp.example.com' },
    })
    expect([finished.code, errorCode(finished)]).toEqual([3, 'BLOOMBERG_PLAIN_HTTP'])
  })
})
