import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { jobWorkspace, type JobWorkspace } from './job-workspace.js'

let place: JobWorkspace
beforeAll(() => {
  place = jobWorkspace(inject('simHome'))
})
afterAll(() => place.remove())

/** A step that fails until a file is there. */
const JOB = `steps:
  - { id: curve, command: curve wti --ranks 2 }
  - { id: import, command: fetch csv prices.csv --layout bars --symbol TEST --unit USD/bbl, needs: curve }
  - { id: after, command: data inspect TEST, needs: import }
  - { id: beside, command: prices wti }
`
const PRICES = 'date,open,high,low,close,volume\n2023-12-28,71,72,70,71.5,100\n2023-12-29,71.5,72.5,71,72,100\n'

describe('run --resume', () => {
  it('goes on from the failed step: what stood is kept, what failed and what needs it runs', async () => {
    place.job('half', JOB)
    const failed = await place.document(['run', 'half'])
    expect(failed.code).not.toBe(0)
    const first = await place.lastRun('half')
    expect(first.job?.status).toBe('failed')
    writeFileSync(join(place.home, 'prices.csv'), PRICES)
    const { code, document } = await place.document(['run', 'half', '--resume'])
    expect(code, JSON.stringify(document.data)).toBe(0)
    const second = await place.lastRun('half')
    expect(second.job).toMatchObject({ status: 'ok', resumedFrom: first.id })
    expect(second.steps.map(({ id, keptFrom }) => [id, keptFrom])).toEqual([
      ['curve', first.id],
      ['import', null],
      ['after', null],
      ['beside', first.id],
    ])
    // the folder of the new run is whole
    expect(place.output(second.id, 'curve.json')).toBe(place.output(first.id, 'curve.json'))
    expect(document.data.counts.ok).toBe(4)
  })

  it('has nothing to do after a good end: exit 2, so that cron does not take an old answer for a new one', async () => {
    const { code, stderr } = await place.run(['run', 'half', '--resume'])
    expect(code).toBe(2)
    expect(stderr).toContain('nothing of it is left to run')
  })

  it('takes the id of a run as well, and by itself the last run of all', async () => {
    place.job('id', 'steps:\n  - { id: ok, command: prices wti }\n  - { id: bad, command: curve lumber, needs: ok }\n')
    await place.document(['run', 'id'])
    const first = await place.lastRun('id')
    const byId = await place.document(['run', '--resume', first.id.slice(0, 8)])
    expect(byId.code).toBe(2)
    expect((await place.lastRun('id')).steps[0].keptFrom).toBe(first.id)
    const last = await place.document(['run', '--resume'])
    expect(last.document.data.job).toBe('id')
    expect((await place.run(['run', '--resume', 'ffffffff'])).code).toBe(4)
  })

  it('runs a step again whose output was touched, or whose lines in the job file changed', async () => {
    const job = (ranks: number): string =>
      `steps:\n  - { id: a, command: curve wti --ranks ${ranks} }\n  - { id: b, command: curve brent --ranks 1 }\n  - { id: c, command: prices wti, needs: b }\n  - { id: bad, command: curve lumber, needs: [a, c] }\n`
    place.job('touched', job(1))
    await place.document(['run', 'touched'])
    const first = await place.lastRun('touched')
    writeFileSync(join(place.home, 'data', 'runs', first.id, 'b.json'), 'not what it was')
    place.job('touched', job(2))
    await place.document(['run', 'touched', '--resume'])
    const { steps } = await place.lastRun('touched')
    expect(steps.map(({ id, keptFrom }) => [id, keptFrom !== null])).toEqual([
      ['a', false],
      ['b', false],
      ['c', false],
      ['bad', false],
    ])
  })

  it('keeps the date and the variables that the run began with, and refuses another date', async () => {
    place.job(
      'dated',
      "vars: { p: wti }\nsteps:\n  - { id: a, command: 'curve ${{ vars.p }} --ranks 1 --as-of ${{ asOf }}' }\n  - { id: bad, command: curve lumber, needs: a }\n",
    )
    await place.document(['run', 'dated', '--as-of', '2023-06-30', '--var', 'p=brent'])
    const refused = await place.run(['run', 'dated', '--resume', '--as-of', '2023-07-03'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('was started with --as-of 2023-06-30')
    const { document } = await place.document(['run', 'dated', '--resume'])
    expect(document.data.vars).toEqual({ p: 'brent' })
    expect((await place.lastRun('dated')).steps[0].keptFrom).not.toBeNull()
  })

  it('of a workspace where no job ran is exit 4', async () => {
    const own = jobWorkspace(inject('simHome'))
    try {
      rmSync(join(own.home, 'data', 'contango.db'))
      expect((await own.run(['run', '--resume'])).code).toBe(4)
    } finally {
      own.remove()
    }
  })
})
