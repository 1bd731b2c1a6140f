import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tlsFile } from '../support/bloomberg-server.js'
import { startCftcServer } from '../support/cftc-server.js'
import { contango, words, type Finished } from '../support/contango.js'
import { misbehave, startEiaServer, type Misbehaviour } from '../support/eia-server.js'
import { startFredServer } from '../support/fred-server.js'
import { withoutPatience } from '../support/impatient.js'
import { inside } from '../support/inside.js'
import { lakeBytes, workspaceBytes } from '../support/lake-bytes.js'
import { startYahooServer } from '../support/yahoo-server.js'

/** A vendor as the tests of this file see every one of them. */
interface Vendor {
  readonly requests: readonly URL[]
  next(...misbehaviours: (Misbehaviour | null)[]): void
  always(misbehaviour: Misbehaviour | null): void
  close(): Promise<void>
  /** What the command reads from its environment, of the server here or at another address. */
  env(origin?: string): Record<string, string>
  readonly key: string | null
}
interface Case {
  readonly name: string
  readonly line: string
  /** What a message of it names. */
  readonly says: RegExp
  readonly config: string
  /** A code that stands for all failures of one report, whatever they were. */
  readonly code?: string
  readonly start: () => Promise<Vendor>
  /** The usual answer with a number that has become something else. */
  readonly retype: (usual: unknown) => unknown
}

const originOf = (url: string): string => new URL(url).origin
/** A value deep in an answer of the wire, which is of no type that a test could hold it to. */
const within = (document: unknown, ...path: (string | number)[]): Record<string, unknown> =>
  path.reduce((at, key) => (at as Record<string | number, unknown>)[key], document) as Record<string, unknown>

const CASES: readonly Case[] = [
  {
    name: 'eia',
    line: 'fetch eia --series RWTC --no-cache',
    says: /EIA.*RWTC|RWTC.*EIA/s,
    config: 'eia.yaml',
    start: async () => {
      const server = await startEiaServer()
      const env = (origin = originOf(server.baseUrl)) => ({
        EIA_API_KEY: server.key,
        CONTANGO_EIA_BASE_URL: `${origin}/v2`,
      })
      return Object.assign(server, { env })
    },
    retype: (usual) => {
      within(usual, 'response', 'data', 0)['value'] = { amount: 70 }
      return usual
    },
  },
  {
    name: 'cftc',
    line: 'fetch cftc --product wti --report legacy --no-cache',
    says: /CFTC.*067651|067651.*CFTC/s,
    config: 'cftc.yaml',
    code: 'CFTC_FAILED',
    start: async () => {
      const server = await startCftcServer()
      const env = (origin = server.origin) => ({
        CFTC_APP_TOKEN: server.token,
        CONTANGO_CFTC_BASE_URL: origin,
      })
      return Object.assign(server, { env, key: server.token })
    },
    retype: (usual) => {
      within(usual, 0)['open_interest_all'] = 'many'
      return usual
    },
  },
  {
    name: 'fred',
    line: 'fetch fred --series DGS10 --no-cache',
    says: /FRED.*DGS10|DGS10.*FRED/s,
    config: 'fred.yaml',
    start: async () => {
      const server = await startFredServer()
      const env = (origin = server.origin) => ({
        FRED_API_KEY: server.key,
        CONTANGO_FRED_BASE_URL: `${origin}/fred`,
      })
      return Object.assign(server, { env })
    },
    retype: (usual) => {
      within(usual, 'observations', 0)['value'] = { n: 4 }
      return usual
    },
  },
  {
    name: 'yahoo',
    line: 'fetch yahoo --symbol CL=F --accept-caveats',
    says: /Yahoo.*CL=F|CL=F.*Yahoo/s,
    config: 'yahoo.yaml',
    start: async () => {
      const server = await startYahooServer()
      const env = (origin = server.origin) => ({ CONTANGO_YAHOO_BASE_URL: origin })
      return Object.assign(server, { env, key: null })
    },
    retype: (usual) => {
      within(usual, 'chart', 'result', 0, 'indicators', 'quote', 0)['close'] = ['79', '79', '79', '79', '79']
      return usual
    },
  },
]

describe.each(CASES)('contango $line', ({ line, says, config, code: ofReport, start, retype }) => {
  let folder: string
  let home: string
  let vendor: Vendor
  let before: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'contango-vendor-'))
    home = join(folder, 'desk')
    expect((await inside(['init', home])).code).toBe(0)
    withoutPatience(home, config)
    vendor = await start()
    const filled = await run()
    expect(filled.code, filled.stderr).toBe(0)
    before = lakeBytes(home)
  })
  afterAll(async () => {
    await vendor.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const run = (env: Record<string, string> = {}): Promise<Finished> =>
    inside([...words(line), '--json'], { home, env: { ...vendor.env(), ...env } })

  /** Ends with the code and exit, named and in at most two requests; the lake as it was, the key nowhere. */
  async function expectFailure(answer: Misbehaviour, exit: number, code: string): Promise<void> {
    const asked = vendor.requests.length
    vendor.always(answer)
    const finished = await run()
    vendor.always(null)
    const { error } = JSON.parse(finished.stdout) as { error: { code: string; details: unknown } }
    expect(finished.code, finished.stdout).toBe(exit)
    expect(error.code).toMatch(ofReport ?? new RegExp(`${code}$`))
    expect(JSON.stringify(error)).toContain(code)
    expect(vendor.requests.length - asked).toBeLessThanOrEqual(2)
    expectNamed(finished)
  }
  function expectNamed(finished: Finished): void {
    expect(finished.stderr).toMatch(says)
    expect(finished.stderr).toContain('\n  try: ')
    expect(lakeBytes(home)).toBe(before)
    if (vendor.key === null) return
    expect(finished.stdout + finished.stderr).not.toContain(vendor.key)
    expect(workspaceBytes(home)).not.toContain(vendor.key)
  }

  it('goes on after one 429 that says when', async () => {
    const asked = vendor.requests.length
    vendor.next(misbehave.status(429, {}, { 'retry-after': '0' }))
    const finished = await run()
    expect(finished.code, finished.stderr).toBe(0)
    expect(vendor.requests.length - asked).toBeGreaterThanOrEqual(2)
  })

  it('ends with exit 5 after 429s that say nothing, and after those that ask for an hour', async () => {
    await expectFailure(misbehave.status(429), 5, 'RATE_LIMITED')
    await expectFailure(misbehave.status(429, {}, { 'retry-after': '3600' }), 5, 'RATE_LIMITED')
  })

  it('ends with exit 5 where nobody answers, and where the line breaks in the middle of a page', async () => {
    const file = join(home, 'config', config)
    const patient = readFileSync(file, 'utf8')
    writeFileSync(file, patient.replace('attemptTimeoutSeconds: 1', 'attemptTimeoutSeconds: 0.1'))
    await expectFailure(misbehave.silence(), 5, 'TIMEOUT')
    writeFileSync(file, patient)
    await expectFailure(misbehave.cutOff(), 5, 'UNREACHABLE')
  })

  it('refuses a field that has changed its type, half a document, and a web page in its place', async () => {
    await expectFailure(misbehave.changed(retype), 6, 'SCHEMA')
    await expectFailure(misbehave.truncated(), 6, 'TRUNCATED_JSON')
    await expectFailure(misbehave.html(), 6, 'NOT_JSON')
  })

  it('says so where this machine’s clock and the vendor’s are hours apart', async () => {
    vendor.always((_request, response, usual) => {
      const date = new Date(Date.now() + 5 * 3_600_000).toUTCString()
      response.writeHead(200, { 'content-type': 'application/json', date })
      response.end(JSON.stringify(usual))
    })
    const finished = await run()
    vendor.always(null)
    expect(finished.code, finished.stderr).toBe(0)
    expect(finished.stderr).toMatch(/this machine's clock is 5 h behind that of \w+/)
    expect(JSON.parse(finished.stdout)).toMatchObject({
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'CLOCK_SKEW' })]) as unknown,
    })
  })

  it('asks nothing of a server whose certificate has expired', async () => {
    let asked = 0
    const files = {
      key: readFileSync(tlsFile('server-expired.key')),
      cert: readFileSync(tlsFile('server-expired.crt')),
    }
    const expired = createServer(files, (_request, response) => {
      asked++
      response.end('{}')
    })
    await new Promise<void>((resolve) => expired.listen(0, '127.0.0.1', resolve))
    const origin = `https://127.0.0.1:${(expired.address() as AddressInfo).port}`
    // the authority that signed it is one that the machine trusts; Node reads that when a process starts
    const env = { ...vendor.env(origin), NODE_EXTRA_CA_CERTS: tlsFile('ca.crt') }
    const finished = await contango([...words(line), '--json'], { home, env })
    await new Promise((resolve) => expired.close(resolve))
    expect([finished.code, asked], finished.stderr).toEqual([5, 0])
    expect(finished.stderr).toMatch(/CERT_HAS_EXPIRED|certificate has expired/)
    expect(finished.stderr).toContain("check this machine's clock and certificates")
    expectNamed(finished)
  })
})
