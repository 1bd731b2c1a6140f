import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startCftcServer, type CftcServer } from '../../support/cftc-server.js'
import { words, type Finished } from '../../support/contango.js'
import { inside, type InsideOptions } from '../../support/inside.js'
import { misbehave } from '../../support/eia-server.js'
import { withoutPatience } from '../../support/impatient.js'
import { lakeBytes, workspaceBytes } from '../../support/lake-bytes.js'

let folder: string
let home: string
let server: CftcServer
let nth = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-cftc-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  home = join(folder, `desk${nth++}`)
  expect((await inside(['init', home])).code).toBe(0)
  withoutPatience(home, 'cftc.yaml')
  server = await startCftcServer()
})
afterEach(() => server.close())

/** Runs the command; whatever happens, the token is in no output and nowhere in the workspace. */
async function run(line: string, options: InsideOptions = {}): Promise<Finished> {
  const env = { CFTC_APP_TOKEN: server.token, CONTANGO_CFTC_BASE_URL: server.origin, ...options.env }
  const finished = await inside(words(line), { home, ...options, env })
  expect(finished.stdout + finished.stderr).not.toContain(server.token)
  expect(workspaceBytes(home).includes(server.token)).toBe(false)
  return finished
}

interface Document {
  data: {
    series: { series: string; added: number; revised: number; requests: number; first: string; last: string }[]
    planned: { url: string }[]
  }
  error: { code: string; details: Record<string, unknown> }
}
const document = (finished: Finished): Document => JSON.parse(finished.stdout) as Document

describe('contango fetch cftc', () => {
  it('stores each group of traders as a series, under the names that imports and the simulator use', async () => {
    const first = await run('fetch cftc --product wti --json')
    expect(first.code, first.stderr).toBe(0)
    const { series } = document(first).data
    expect(series.map((one) => one.series)).toEqual(
      [
        ...['OI', 'NONCOMM_LONG', 'NONCOMM_SHORT', 'NONCOMM_SPREAD', 'COMM_LONG', 'COMM_SHORT'],
        ...['NONREPT_LONG', 'NONREPT_SHORT', 'PROD_LONG', 'PROD_SHORT', 'SWAP_LONG', 'SWAP_SHORT', 'SWAP_SPREAD'],
        ...['MM_LONG', 'MM_SHORT', 'MM_SPREAD', 'OTHER_LONG', 'OTHER_SHORT', 'OTHER_SPREAD'],
      ].map((part) => `CFTC_067651_${part}`),
    )
    expect(series.every((one) => one.added === 13 && one.first === '2024-01-02' && one.last === '2024-03-26')).toBe(
      true,
    )
    expect(server.headers.every((headers) => headers['x-app-token'] === server.token)).toBe(true)
    expect(server.requests.every((url) => !url.href.includes(server.token))).toBe(true)
    // the second week of the second field: 1000 + 1
    const longs = await run('data export CFTC_067651_NONCOMM_LONG -o longs.csv', { cwd: home })
    expect(longs.code, longs.stderr).toBe(0)
    const again = await run('fetch cftc --product wti --json --no-cache')
    expect(document(again).data.series.every((one) => one.added === 0 && one.revised === 0)).toBe(true)
    expect(server.requests.at(-1)?.searchParams.get('$where')).toContain(">= '2024-01-16T00:00:00.000'")
  })

  it('knows Tuesday’s positions from Monday on: they appear on Friday after the settlement', async () => {
    expect((await run('fetch cftc --product wti --report disaggregated')).code).toBe(0)
    const at = async (asOf: string): Promise<string> => {
      const out = await run(`fundamentals positioning wti --as-of ${asOf} --json`)
      return (JSON.parse(out.stdout) as { data: { markets: { period: string }[] } }).data.markets[0].period
    }
    // the report on Tuesday 6 February 2024 was published on Friday the 9th at 15:30
    expect(await at('2024-02-09')).toBe('2024-01-30')
    expect(await at('2024-02-12')).toBe('2024-02-06')
  })

  it('asks page after page until one is empty, whatever the site makes of the limit', async () => {
    server.cap = 5
    const finished = await run('fetch cftc --product wti --report legacy --json')
    expect(finished.code, finished.stderr).toBe(0)
    expect(server.requests.map((url) => url.searchParams.get('$offset'))).toEqual(['0', '5', '10', '13'])
    expect(document(finished).data.series[0]).toMatchObject({ added: 13, requests: 4 })
  })

  it('asks for all markets of a report in one request, and for combined positions under names of their own', async () => {
    const finished = await run('fetch cftc --combined --json')
    expect(finished.code, finished.stderr).toBe(0)
    expect(server.requests).toHaveLength(4)
    expect(document(finished).data.series).toHaveLength(5 * 19)
    expect(document(finished).data.series[0].series).toBe('CFTC_067651_COMB_OI')
    expect(server.requests[0].pathname).toBe('/resource/jun7-fc8e.json')
  })

  it('keeps what it had of a week that is revised: a new vintage, known from the fetch on', async () => {
    expect((await run('fetch cftc --product wti --report legacy')).code).toBe(0)
    server.rows.get('6dca-aqww')!.find((row) => String(row['report_date_as_yyyy_mm_dd']).startsWith('2024-03-19'))![
      'open_interest_all'
    ] = '1600000'
    const again = await run('fetch cftc --product wti --report legacy --no-cache --json')
    const oi = document(again).data.series.find((one) => one.series === 'CFTC_067651_OI')
    expect(oi).toMatchObject({ added: 0, revised: 1 })
  })

  it('ends with the exit code of what went wrong, and the lake stays as it was', async () => {
    expect((await run('fetch cftc --product wti')).code).toBe(0)
    const before = lakeBytes(home)
    const text = misbehave.changed((rows) => {
      // a vendor's answer is of no type that the test could hold it to
      ;(rows as unknown as Record<string, unknown>[])[0]['open_interest_all'] = 'many'
      return rows
    })
    const renamed = misbehave.changed((rows) =>
      // rows of the wire, as above
      (rows as unknown as Record<string, unknown>[]).map(({ open_interest_all: count, ...rest }) => ({
        ...rest,
        open_interest: count,
      })),
    )
    const line = 'fetch cftc --product wti --report legacy --no-cache --json'
    const cases: [string, number, string, InsideOptions?, Parameters<CftcServer['always']>[0]?][] = [
      ['fetch cftc --product gasoil --json', 2, 'NO_CFTC_CODE'],
      ['fetch cftc --code 12 --json', 2, 'BAD_CFTC_CODE'],
      ['fetch cftc --code 999999 --report legacy --json', 4, 'CFTC_FAILED'],
      [line, 5, 'CFTC_KEY_REJECTED', { env: { CFTC_APP_TOKEN: 'NotTheToken0' } }],
      [line, 5, 'CFTC_FAILED', { env: { CONTANGO_CFTC_BASE_URL: 'http://127.0.0.1:1' } }],
      [line, 5, 'CFTC_FAILED', {}, misbehave.status(429)],
      [line, 5, 'CFTC_FAILED', {}, misbehave.status(429, {}, { 'retry-after': '3600' })],
      [line, 5, 'CFTC_FAILED', {}, misbehave.status(503)],
      [line, 5, 'CFTC_FAILED', {}, misbehave.silence()],
      [line, 6, 'CFTC_FAILED', {}, text],
      [line, 6, 'CFTC_FAILED', {}, renamed],
      [line, 6, 'CFTC_FAILED', {}, misbehave.truncated()],
      [line, 5, 'CFTC_FAILED', {}, misbehave.cutOff()],
    ]
    for (const [typed, exit, code, options, answer = null] of cases) {
      server.always(answer)
      const finished = await run(typed, options)
      expect([typed, finished.code, document(finished).error.code], finished.stdout).toEqual([typed, exit, code])
    }
    expect(lakeBytes(home)).toBe(before)
  })

  it('tries again after one 429 and one broken page, and has all of it', async () => {
    server.next(misbehave.status(429, {}, { 'retry-after': '0' }), null, misbehave.truncated())
    const finished = await run('fetch cftc --product wti --report legacy --json')
    expect(finished.code, finished.stderr).toBe(0)
    expect(document(finished).data.series[0].added).toBe(13)
  })
})
