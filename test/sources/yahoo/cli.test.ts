import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words, type Finished } from '../../support/contango.js'
import { inside } from '../../support/inside.js'
import { misbehave } from '../../support/eia-server.js'
import { withoutPatience } from '../../support/impatient.js'
import { lakeBytes } from '../../support/lake-bytes.js'
import type { Loopback } from '../../support/loopback.js'
import { startYahooServer } from '../../support/yahoo-server.js'

let home: string
let server: Loopback
beforeAll(async () => {
  home = join(mkdtempSync(join(tmpdir(), 'contango-yahoo-')), 'desk')
  expect((await inside(['init', home])).code).toBe(0)
  withoutPatience(home, 'yahoo.yaml')
  server = await startYahooServer()
})
afterAll(async () => {
  await server.close()
  rmSync(join(home, '..'), { recursive: true, force: true })
})

const run = (line: string): Promise<Finished> =>
  inside(words(line), { home, env: { CONTANGO_YAHOO_BASE_URL: server.origin } })
const errorCode = (finished: Finished): string =>
  (JSON.parse(finished.stdout) as { error: { code: string } }).error.code

describe('contango fetch yahoo', () => {
  it('asks nothing without a yes, and says what it is', async () => {
    const finished = await run('fetch yahoo --json')
    expect([finished.code, errorCode(finished)]).toEqual([2, 'CAVEATS'])
    expect(finished.stderr).toContain('not settlements')
    expect(server.requests).toHaveLength(0)
  })

  it('stores bars by New York’s day whatever its clocks say, counts a day without a close, and prints the caveats', async () => {
    const finished = await run('fetch yahoo --symbol CL=F --accept-caveats --json')
    expect(finished.code, finished.stderr).toBe(0)
    const { data, warnings } = JSON.parse(finished.stdout) as {
      data: { bars: Record<string, unknown>[] }
      warnings: { code: string }[]
    }
    expect(data.bars).toMatchObject([{ symbol: 'CL', added: 4, missing: 1, first: '2024-03-06', last: '2024-03-12' }])
    expect(warnings.filter(({ code }) => code === 'YAHOO_CAVEAT')).toHaveLength(3)
    expect(server.headers[0]['user-agent']).toContain('Mozilla')
    const again = await run('fetch yahoo --symbol CL=F --accept-caveats --json')
    expect(JSON.parse(again.stdout)).toMatchObject({ data: { bars: [{ added: 0, revised: 0 }] } })
  })

  it('leaves the lake as it was where something is wrong', async () => {
    const before = lakeBytes(home)
    const line = 'fetch yahoo --symbol CL=F --accept-caveats --json'
    const short = misbehave.changed((page) => {
      // a vendor's answer is of no type that the test could hold it to
      const [result] = (page as unknown as { chart: { result: { timestamp: number[] }[] } }).chart.result
      result.timestamp.pop()
      return page
    })
    const cases: [number, string, Parameters<Loopback['always']>[0]][] = [
      [5, 'RATE_LIMITED', misbehave.status(429)],
      [5, 'TIMEOUT', misbehave.silence()],
      [4, 'YAHOO_NO_ROWS', misbehave.status(404)],
      [6, 'YAHOO_SCHEMA', short],
      [6, 'TRUNCATED_JSON', misbehave.truncated()],
    ]
    for (const [exit, code, answer] of cases) {
      server.always(answer)
      const finished = await run(line)
      expect([finished.code, errorCode(finished)], finished.stdout).toEqual([exit, code])
    }
    server.always(null)
    expect(lakeBytes(home)).toBe(before)
  })
})
