import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { contango } from '../support/contango.js'
import { inside } from '../support/inside.js'
import { jobWorkspace, type JobWorkspace } from './job-workspace.js'

let one: JobWorkspace
let other: JobWorkspace
beforeAll(() => {
  one = jobWorkspace(inject('simHome'))
  other = jobWorkspace(inject('simHome'))
})
afterAll(() => {
  one.remove()
  other.remove()
})

/** Lines that differ in date, seed, workspace, configuration, warnings and exit code. */
const LINES: readonly (readonly string[])[] = [
  ['curve', 'wti', '--ranks', '3', '--json'],
  ['curve', 'wti', '--ranks', '3', '--json', '--as-of', '2023-06-30'],
  ['curve', 'brent', '--against', '2023-06-30', '--json'],
  ['prices', '-f', 'csv'],
  ['spreads', '--json', '--as-of', '2023-03-01'],
  ['positions', '--book', 'example', '--json', '--as-of', '2023-12-01'],
  ['var', '--book', 'example', '--method', 'monte-carlo', '--scenarios', '5000', '--seed', '7', '--json'],
  ['var', '--book', 'example', '--method', 'monte-carlo', '--scenarios', '5000', '--seed', '8', '--json'],
  ['limits', 'check', '--book', 'example', '--json'],
  ['curve', 'lumber', '--json'],
  ['fundamentals', 'opec', '--json'],
  ['ticker', 'validate', 'NOPE Comdty', '--json'],
  ['data', 'ls', '--json'],
]

describe('several commands in one process at once', () => {
  it('say to the byte what each says alone in a process of its own', async () => {
    const together = await Promise.all(
      LINES.flatMap((line) => [one, other].map((place) => inside(line, { home: place.home, cwd: place.home }))),
    )
    for (const [i, line] of LINES.entries()) {
      const alone = await contango(line, { home: one.home, cwd: one.home })
      for (const run of together.slice(2 * i, 2 * i + 2)) {
        expect(run.stdout, line.join(' ')).toBe(alone.stdout)
        expect(run.stderr).toBe(alone.stderr)
        expect(run.code).toBe(alone.code)
      }
    }
  })

  it('draw the pictures that each draws alone', async () => {
    const chart = (product: string, name: string): string[] => ['curve', product, '--chart', '-o', name]
    const products = ['wti', 'brent', 'rbob', 'wti']
    await Promise.all(products.map((product, i) => one.run(chart(product, `${i}.svg`))))
    for (const [i, product] of products.entries()) {
      await contango(chart(product, `alone-${i}.svg`), { home: one.home, cwd: one.home })
      expect(readFileSync(join(one.home, `${i}.svg`), 'utf8')).toBe(
        readFileSync(join(one.home, `alone-${i}.svg`), 'utf8'),
      )
    }
  })

  it('keep settings, environment and configuration to themselves', async () => {
    const lines = [
      ['config', 'show', 'lockWaitSeconds', '--json'],
      ['limits', 'check', '--book', 'example', '--json'],
    ]
    const [short, long, strict, lax] = await Promise.all([
      inside(lines[0], { home: one.home, env: { CONTANGO_LOCK_WAIT_SECONDS: '1' } }),
      inside(lines[0], { home: other.home, env: { CONTANGO_LOCK_WAIT_SECONDS: '99' } }),
      inside(lines[1], { home: one.home, env: { MAX_VAR_LIMIT: '1' } }),
      inside(lines[1], { home: one.home, env: {} }),
    ])
    expect(short.stdout).toContain('"lockWaitSeconds": 1\n')
    expect(long.stdout).toContain('"lockWaitSeconds": 99\n')
    expect(strict.code).toBe(10)
    expect(lax.stdout).not.toBe(strict.stdout)
  })

  it('are stopped one by one: an abort ends its own command and no other', async () => {
    const stop = new AbortController()
    const endless = inside(['quotes', '--source', 'sim', '--watch', '--rate', '50'], {
      home: one.home,
      signal: stop.signal,
    })
    const beside = inside(['quotes', '--source', 'sim', '--watch', '--rate', '50', '--count', '40'], { home: one.home })
    const quick = await inside(['curve', 'wti', '--json'], { home: one.home })
    expect(quick.code).toBe(0)
    stop.abort(Object.assign(new Error('its reader is gone'), { code: 'EPIPE' }))
    const [stopped, whole] = await Promise.all([endless, beside])
    expect(stopped.code).toBe(0)
    expect(stopped.stdout).not.toContain('"type":"end"')
    expect(whole.code).toBe(0)
    expect(whole.stdout.trimEnd().split('\n')).toHaveLength(41)
  })

  it('write to one lake in turns and to two at the same time', async () => {
    const fetch = (place: JobWorkspace, ...line: string[]) =>
      inside(['fetch', 'sim', ...line, '--json'], { home: place.home })
    const all = await Promise.all([
      fetch(one, '--from', '2023-01-03', '--to', '2023-06-30'),
      fetch(one, '--from', '2023-01-03', '--to', '2023-12-29'),
      fetch(other, '--from', '2023-01-03', '--to', '2023-12-29'),
    ])
    for (const { code, stderr } of all) expect(code, stderr).toBe(0)
    const checks = await Promise.all([one, other].map((place) => place.run(['data', 'check', '--json'])))
    for (const { code, stdout } of checks) expect(code, stdout).toBe(0)
  })
})
