import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { words, type Finished } from '../../support/contango.js'
import { inside, type InsideOptions } from '../../support/inside.js'
import { misbehave } from '../../support/eia-server.js'
import { startFredServer, type FredServer } from '../../support/fred-server.js'
import { withoutPatience } from '../../support/impatient.js'
import { lakeBytes, workspaceBytes } from '../../support/lake-bytes.js'

let folder: string
let home: string
let server: FredServer
let nth = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-fred-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  home = join(folder, `desk${nth++}`)
  expect((await inside(['init', home])).code).toBe(0)
  withoutPatience(home, 'fred.yaml')
  server = await startFredServer()
})
afterEach(() => server.close())

/** Runs the command; whatever happens, the key is in no output and nowhere in the workspace. */
async function run(line: string, options: InsideOptions = {}): Promise<Finished> {
  const env = { FRED_API_KEY: server.key, CONTANGO_FRED_BASE_URL: server.baseUrl, ...options.env }
  const finished = await inside(words(line), { home, ...options, env })
  expect(finished.stdout + finished.stderr).not.toContain(server.key)
  expect(workspaceBytes(home).includes(server.key)).toBe(false)
  return finished
}

interface Document {
  data: { series: Record<string, unknown>[] }
  error: { code: string }
}
const document = (finished: Finished): Document => JSON.parse(finished.stdout) as Document

describe('contango fetch fred', () => {
  it('stores values and counts the days that have only a dot', async () => {
    const first = await run('fetch fred --series DGS10 --json')
    expect(first.code, first.stderr).toBe(0)
    expect(document(first).data.series).toMatchObject([
      {
        series: 'DGS10',
        unit: '%',
        frequency: 'daily',
        added: 21,
        missing: 2,
        first: '2024-01-02',
        last: '2024-01-31',
      },
    ])
    const again = await run('fetch fred --series DGS10 --no-cache --json')
    expect(document(again).data.series).toMatchObject([{ added: 0, revised: 0 }])
    expect(server.requests.at(-1)?.searchParams.get('observation_start')).toBe('2024-01-01')
  })

  it('fetches a preset, and after a failure only what is missing', async () => {
    server.always((request, response, usual) => {
      const isDown = request.url?.includes('VIXCLS') ?? false
      response.writeHead(isDown ? 503 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isDown ? {} : usual))
    })
    const partial = await run('fetch fred --preset macro --json')
    expect([partial.code, document(partial).error.code], partial.stderr).toEqual([5, 'FRED_PARTIAL'])
    server.always(null)
    const asked = server.requests.length
    expect((await run('fetch fred --preset macro')).code).toBe(0)
    expect(server.requests.length - asked).toBeLessThanOrEqual(4)
    expect(document(await run('fetch fred --preset macro --json')).data.series).toHaveLength(4)
  })

  it('takes a unit for a series that nobody here knows', async () => {
    server.series.set('T10YIE', [['2024-01-02', '2.20']])
    expect(document(await run('fetch fred --series T10YIE --json')).error.code).toBe('FRED_UNIT_NEEDED')
    const fetched = await run('fetch fred --series T10YIE --unit % --frequency daily --json')
    expect(document(fetched).data.series).toMatchObject([{ series: 'T10YIE', unit: '%', added: 1 }])
  })

  it('ends with the exit code of what went wrong, and the lake stays as it was', async () => {
    expect((await run('fetch fred --series DGS10')).code).toBe(0)
    const before = lakeBytes(home)
    const line = 'fetch fred --series DGS10 --no-cache --json'
    const changed = misbehave.changed((page) => ({ ...page, observations: [{ date: '2024-01-02', value: { n: 4 } }] }))
    const half = misbehave.changed((page) => ({ ...page, observations: [{ date: '2024-01-02', value: '4.00' }] }))
    const cases: [string, number, string, InsideOptions?, Parameters<FredServer['always']>[0]?][] = [
      ['fetch fred --json', 2, 'NOTHING_TO_FETCH'],
      ['fetch fred --preset gold --json', 2, 'UNKNOWN_PRESET'],
      [line, 3, 'FRED_KEY_MISSING', { env: { FRED_API_KEY: undefined } }],
      ['fetch fred --series DGS11 --json', 4, 'FRED_NO_SERIES'],
      [line, 5, 'FRED_KEY_REJECTED', { env: { FRED_API_KEY: 'NotTheKey0NotTheKey0' } }],
      [line, 5, 'UNREACHABLE', { env: { CONTANGO_FRED_BASE_URL: 'http://127.0.0.1:1/fred' } }],
      [line, 5, 'RATE_LIMITED', {}, misbehave.status(429)],
      [line, 5, 'FRED_FORBIDDEN', {}, misbehave.status(423)],
      [line, 5, 'TIMEOUT', {}, misbehave.silence()],
      [line, 6, 'FRED_SCHEMA', {}, changed],
      [line, 5, 'FRED_INCOMPLETE', {}, half],
      [line, 6, 'TRUNCATED_JSON', {}, misbehave.truncated()],
    ]
    for (const [typed, exit, code, options, answer = null] of cases) {
      server.always(answer)
      const finished = await run(typed, options)
      expect([typed, finished.code, document(finished).error.code], finished.stdout).toEqual([typed, exit, code])
    }
    expect(lakeBytes(home)).toBe(before)
  })
})
