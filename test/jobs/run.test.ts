import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { inside } from '../support/inside.js'
import { jobWorkspace, type JobWorkspace, type RunDocument } from './job-workspace.js'

let place: JobWorkspace
beforeAll(() => {
  place = jobWorkspace(inject('simHome'))
})
afterAll(() => place.remove())

const statusOf = ({ data }: RunDocument): Record<string, string> =>
  Object.fromEntries(data.steps.map(({ id, status }) => [id, status]))
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('a job', () => {
  it('keeps what each step printed, to the byte what the command prints, and names its schema and fingerprint', async () => {
    place.job(
      'two',
      `name: Two steps
steps:
  - id: curve
    command: curve wti --ranks 3
  - id: same
    command: [contango, curve, wti]
    with: { ranks: 3 }
    child: true
`,
    )
    const { code, document } = await place.document(['run', 'two'])
    expect(code).toBe(0)
    const alone = await place.run(['curve', 'wti', '--ranks', '3', '--json'])
    const run = await place.lastRun('two')
    for (const step of document.data.steps) {
      expect(step).toMatchObject({
        status: 'ok',
        exitCode: 0,
        schema: 'contango.curve/1',
        sha256: sha256(alone.stdout),
      })
      expect(place.output(run.id, `${step.id}.json`)).toBe(alone.stdout)
      expect(place.output(run.id, `${step.id}.log`)).toBe(alone.stderr)
    }
    expect(document.data.steps.map(({ mode }) => mode)).toEqual(['in-process', 'child'])
    expect(document.data).toMatchObject({ job: 'two', title: 'Two steps', ran: true, exitCode: 0, counts: { ok: 2 } })
    expect(document.inputs.map((input) => input.series ?? input.config)).toEqual(
      expect.arrayContaining(['CL', 'config/jobs/two.yaml']),
    )
    expect(document.warnings.map((warning) => warning.code)).toContain('SIMULATED')
  })

  it('prints the same bytes twice, whatever runs at once, and no clock, host or path', async () => {
    const runs = await Promise.all([
      inside(['run', 'two', '--json'], { home: place.home, cwd: '/', env: { TZ: 'Asia/Kathmandu' } }),
    ])
    const again = await inside(['run', 'two', '--json', '--jobs', '1'], {
      home: place.home,
      env: { TZ: 'America/New_York' },
    })
    expect(again.stdout).toBe(runs[0].stdout)
    expect(again.stdout).not.toContain(place.home)
    expect(again.stdout).not.toMatch(/durationMs|startedAt/)
  })

  it('passes values of one step’s document to another, words staying whole', async () => {
    place.job(
      'chain',
      `vars: { product: wti }
steps:
  - id: first
    command: curve \${{ vars.product }}
    with: { ranks: 2 }
  - id: second
    command: curve \${{ steps.first.data.product }} --as-of \${{ steps.first.asOf }} --ranks 1
    needs: first
  - id: third
    command: ticker parse "\${{ steps.second.data.points.0.contract }} Comdty"
    needs: second
    when: \${{ steps.second.data.points.0.settlement > 0 && steps.first.exitCode == 0 }}
  - id: never
    command: prices
    needs: first
    when: \${{ steps.first.data.points.0.settlement < 0 }}
`,
    )
    const { code, document } = await place.document(['run', 'chain'])
    expect(code).toBe(0)
    expect(statusOf(document)).toEqual({ first: 'ok', second: 'ok', third: 'ok', never: 'skipped' })
    const run = await place.lastRun('chain')
    const third = JSON.parse(place.output(run.id, 'third.json')) as {
      data: { contract: string }
      params: { ticker: string }
    }
    const second = JSON.parse(place.output(run.id, 'second.json')) as { data: { points: { contract: string }[] } }
    expect(third.params.ticker).toBe(`${second.data.points[0].contract} Comdty`)
    // documents show what the run knew as it is written
    expect(document.data.steps[1].command).toContain('${{ steps.first.data.product }}')
    const other = await place.document(['run', 'chain', '--var', 'product=brent'])
    expect(other.document.data.steps[0].command).toContain('brent')
  })

  it('a value that is not there fails its step with 3 and the line, not the job before it', async () => {
    place.job(
      'missing',
      `steps:
  - id: first
    command: curve wti --ranks 1
  - id: far
    command: curve \${{ steps.first.data.points.99.contract }}
    needs: first
  - id: other
    command: curve \${{ steps.first.data.points.99.contract || "wti" }} --ranks 1
    needs: first
`,
    )
    const { code, document } = await place.document(['run', 'missing'])
    expect(code).toBe(3)
    expect(document.data.steps[1]).toMatchObject({ status: 'failed', exitCode: 3, errorCode: 'BAD_VARIABLE' })
    expect(document.data.steps[1].message).toMatch(/config\/jobs\/missing\.yaml:5/)
    expect(document.data.steps[2].status).toBe('ok')
  })

  it('a failed step stops what needs it and nothing else', async () => {
    place.job(
      'fails',
      `steps:
  - { id: bad, command: curve lumber }
  - { id: after, command: prices, needs: bad }
  - { id: later, command: prices, needs: after }
  - { id: beside, command: prices wti }
  - { id: always, command: curve wti, needs: bad, when: always() }
  - { id: rescue, command: curve wti, needs: bad, when: failure() }
  - { id: not, command: curve wti, needs: beside, when: failure() }
`,
    )
    const { code, document } = await place.document(['run', 'fails'])
    expect(code).toBe(2)
    expect(statusOf(document)).toEqual({
      bad: 'failed',
      after: 'not-run',
      later: 'not-run',
      beside: 'ok',
      always: 'ok',
      rescue: 'ok',
      not: 'skipped',
    })
    expect(document.data.steps[0]).toMatchObject({
      exitCode: 2,
      errorCode: 'UNKNOWN_PRODUCT',
      schema: 'contango.error/1',
    })
    expect(document.data.counts).toEqual({ ok: 3, tripped: 0, failed: 1, skipped: 1, stopped: 0, notRun: 2 })
  })

  it('allow-exit lets what needs a step run; the job ends with the exit code all the same', async () => {
    place.job(
      'allowed',
      `steps:
  - { id: no, command: 'ticker validate "NOPE Comdty"', allow-exit: [10] }
  - { id: after, command: prices wti, needs: no, when: 'steps.no.exitCode == 10' }
`,
    )
    const tripped = await place.document(['run', 'allowed'])
    expect(tripped.code).toBe(10)
    expect(tripped.document.trip?.message).toMatch(/^no \(exit 10/)
    expect(statusOf(tripped.document)).toEqual({ no: 'tripped', after: 'ok' })
    expect(tripped.document.data.steps[0].allowed).toBe(true)

    place.job(
      'refused',
      `steps:
  - { id: no, command: 'ticker validate "NOPE Comdty"' }
  - { id: after, command: prices wti, needs: no }
`,
    )
    const refused = await place.document(['run', 'refused'])
    expect(refused.code).toBe(10)
    expect(statusOf(refused.document)).toEqual({ no: 'tripped', after: 'not-run' })
  })

  it('ends with the first of the exit codes in the order of the contract', async () => {
    place.job(
      'codes',
      `steps:
  - { id: ten, command: 'ticker validate "NOPE Comdty"' }
  - { id: four, command: fundamentals opec }
  - { id: two, command: curve lumber }
`,
    )
    expect((await place.document(['run', 'codes'])).code).toBe(2)
    place.job(
      'codes',
      `steps:
  - { id: ten, command: 'ticker validate "NOPE Comdty"', allow-exit: 10 }
  - { id: four, command: fundamentals opec, allow-exit: [4] }
`,
    )
    const { code, document } = await place.document(['run', 'codes'])
    expect(code).toBe(4)
    expect(document.data.exitCode).toBe(4)
  })

  it('retries as often as it may after a failure, not after a 10, and counts the attempts', async () => {
    place.job(
      'retried',
      `steps:
  - { id: bad, command: curve lumber, retries: 2, retry-delay: 0 }
  - { id: no, command: 'ticker validate "NOPE Comdty"', retries: 2, retry-delay: 0 }
`,
    )
    const { document } = await place.document(['run', 'retried'])
    expect(document.data.steps.map(({ attempts }) => attempts)).toEqual([3, 1])
    const { steps } = await place.lastRun('retried')
    expect(steps.map(({ attempts, exitCode }) => [attempts, exitCode])).toEqual([
      [3, 2],
      [1, 10],
    ])
  })

  it('a retry that finds what was missing goes on', async () => {
    const own = jobWorkspace(inject('simHome'))
    try {
      rmSync(join(own.home, 'data'), { recursive: true })
      own.job(
        'eventually',
        `steps:
  - { id: prices, command: prices wti, retries: 100, retry-delay: 50ms }
  - { id: fetch, command: fetch sim --from 2023-06-01 --to 2023-12-29 }
`,
      )
      const { code, document } = await own.document(['run', 'eventually', '--jobs', '2'])
      expect(code).toBe(0)
      expect(document.data.steps[0].attempts).toBeGreaterThan(1)
      expect(statusOf(document)).toEqual({ prices: 'ok', fetch: 'ok' })
    } finally {
      own.remove()
    }
  })

  it('a matrix runs every combination, each with an output of its own', async () => {
    place.job(
      'matrix',
      `steps:
  - id: curve
    command: curve \${{ matrix.product }} --ranks \${{ matrix.ranks }}
    matrix: { product: [wti, brent], ranks: [1, 2] }
  - id: after
    command: curve \${{ steps.curve.brent.2.data.product }} --ranks 1
    needs: curve
`,
    )
    const { code, document } = await place.document(['run', 'matrix'])
    expect(code).toBe(0)
    expect(document.data.steps.map(({ id }) => id)).toEqual([
      'curve.wti.1',
      'curve.wti.2',
      'curve.brent.1',
      'curve.brent.2',
      'after',
    ])
    const run = await place.lastRun('matrix')
    expect(JSON.parse(place.output(run.id, 'curve.brent.2.json'))).toMatchObject({
      data: { product: 'BRN' },
      params: { ranks: 2 },
    })
    expect(document.data.steps[4].needs).toHaveLength(4)
  })

  it('keeps CSV and pictures as they are asked for, and files land in the workspace', async () => {
    place.job(
      'forms',
      `steps:
  - { id: csv, command: prices wti -f csv }
  - { id: chart, command: 'curve wti --chart -o \${{ run.dir }}/curve.svg' }
  - { id: file, command: 'prices wti -o reports/prices-\${{ asOf }}.csv' }
`,
    )
    const { code, document } = await place.document(['run', 'forms'])
    expect(code).toBe(0)
    const { id } = await place.lastRun('forms')
    expect(place.output(id, 'csv.csv')).toMatch(/^product,/)
    expect(place.output(id, 'curve.svg')).toContain('<svg')
    expect(JSON.parse(place.output(id, 'chart.json'))).toMatchObject({ schema: 'contango.curve/1' })
    expect(existsSync(join(place.home, 'reports', 'prices-2023-12-29.csv'))).toBe(true)
    expect(document.asOf).toBe('2023-12-29')
    expect(document.data.steps.map(({ file }) => file)).toEqual(['csv.csv', 'chart.json', null])
    expect(JSON.stringify(document)).not.toContain(place.home)
  })

  it('--as-of, --seed and --strict reach every step that has none of its own', async () => {
    place.job(
      'passed',
      `steps:
  - { id: given, command: curve wti --ranks 1 }
  - { id: own, command: curve wti --ranks 1 --as-of 2023-06-30 }
  - { id: variable, command: 'curve wti --ranks 1 --as-of \${{ asOf }}' }
`,
    )
    const { document } = await place.document(['run', 'passed', '--as-of', '2023-03-01', '--seed', '7'])
    expect(document.asOf).toBe('2023-03-01')
    const { id } = await place.lastRun('passed')
    const of = (step: string): unknown => JSON.parse(place.output(id, `${step}.json`))
    expect(of('given')).toMatchObject({ asOf: '2023-03-01', params: { seed: 7 } })
    expect(of('own')).toMatchObject({ asOf: '2023-06-30' })
    expect(of('variable')).toMatchObject({ asOf: '2023-03-01' })
  })

  it('variables keep the kind of their default', async () => {
    place.job(
      'kinds',
      "vars: { n: 2, quick: false }\nsteps:\n  - { id: a, command: 'curve wti', with: { ranks: '${{ vars.n }}' }, when: '!vars.quick' }\n",
    )
    expect(statusOf((await place.document(['run', 'kinds', '--var', 'n=3'])).document)).toEqual({ a: 'ok' })
    expect(statusOf((await place.document(['run', 'kinds', '--var', 'quick=true'])).document)).toEqual({ a: 'skipped' })
    expect((await place.run(['run', 'kinds', '--var', 'n=many'])).stderr).toContain('is a number in the job (2)')
    expect((await place.run(['run', 'kinds', '--var', 'm=1'])).stderr).toContain('no variable "m"')
    expect((await place.run(['run', 'kinds', '--var', 'n'])).code).toBe(2)
  })

  it('--dry-run draws the plan, checks it, and runs nothing', async () => {
    const before = readdirSync(join(place.home, 'data', 'runs')).length
    const { code, stdout } = await place.run(['run', 'daily-risk', '--dry-run'])
    expect(code).toBe(0)
    expect(stdout).toContain('wave 1')
    expect(stdout).toMatch(/└─ report +report/)
    const { document } = await place.document(['run', 'daily-risk', '--dry-run'])
    expect(document.data).toMatchObject({ dryRun: true, ran: false })
    expect(new Set(document.data.steps.map(({ status }) => status))).toEqual(new Set(['planned']))
    expect(readdirSync(join(place.home, 'data', 'runs')).length).toBe(before)
  })
})

describe('--if-trading-day', () => {
  it('ends with 0 and says why on a day without settlement', async () => {
    const christmas = await place.document(['run', 'two', '--if-trading-day', 'NYMEX', '--as-of', '2023-12-25'])
    expect(christmas.code).toBe(0)
    expect(christmas.document.data).toMatchObject({
      ran: false,
      tradingDay: {
        calendar: 'NYMEX',
        date: '2023-12-25',
        isTradingDay: false,
        reason: '2023-12-25 is no trading day of NYMEX: a holiday, Monday',
      },
    })
    const saturday = await place.run(['run', 'two', '--if-trading-day', 'ICE', '--as-of', '2023-12-30'])
    expect(saturday.stdout).toContain('2023-12-30 is no trading day of ICE: a Saturday; nothing was run')
  })

  it('runs on a day with one', async () => {
    const { document } = await place.document(['run', 'two', '--if-trading-day', 'NYMEX', '--as-of', '2023-12-29'])
    expect(document.data.ran).toBe(true)
  })

  it('stands in a job file as well', async () => {
    place.job('calendar', 'if-trading-day: NYMEX\nsteps:\n  - { id: a, command: prices wti }\n')
    expect((await place.document(['run', 'calendar', '--as-of', '2023-07-04'])).document.data.ran).toBe(false)
  })
})

describe('where a job is found', () => {
  it('the workspace before what is built in, with or without its ending, or a path', async () => {
    place.job('daily-risk', 'name: Mine\nsteps:\n  - { id: a, command: prices wti }\n')
    expect((await place.document(['run', 'daily-risk'])).document.data.title).toBe('Mine')
    expect((await place.document(['run', 'daily-risk.yaml'])).document.data.title).toBe('Mine')
    rmSync(join(place.home, 'config', 'jobs', 'daily-risk.yaml'))
    expect((await place.document(['run', 'daily-risk', '--dry-run'])).document.data.title).toBe('Daily risk')
    writeFileSync(join(place.home, 'own.yaml'), 'steps:\n  - { id: a, command: prices wti }\n')
    const { document } = await place.document(['run', './own.yaml'])
    expect(document.data).toMatchObject({ job: 'own', file: { name: 'own.yaml' } })
    expect(document.data.file.sha256).toBe(sha256(readFileSync(join(place.home, 'own.yaml'), 'utf8')))
  })

  it('a job that is not there: exit 2 and the names there are', async () => {
    const { code, stderr } = await place.run(['run', 'nothing'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/no job "nothing".*\n.*daily-risk/)
    expect((await place.run(['run'])).code).toBe(2)
    expect((await place.run(['run', 'no/such.yaml'])).code).toBe(2)
  })
})
