import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { packageRoot } from '../support/contango.js'
import { jobWorkspace, type JobWorkspace } from './job-workspace.js'

let place: JobWorkspace
beforeAll(() => {
  place = jobWorkspace(inject('simHome'))
})
afterAll(() => place.remove())

const WATCH = 'quotes --source sim --watch --rate 5'
const ENDLESS = `steps:
  - { id: first, command: 'curve wti --ranks 1 --as-of \${{ asOf }}' }
  - { id: inside, command: ${WATCH}, needs: first }
  - { id: child, command: ${WATCH}, needs: first, child: true }
  - { id: after, command: prices, needs: [inside, child] }
`

interface Started {
  readonly process: ChildProcess
  readonly ended: Promise<number>
  readonly said: () => string
}

function start(...line: string[]): Started {
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'run.js'), ...line], {
    env: { ...process.env, CONTANGO_HOME: place.home, NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')))
  const ended = once(child, 'close').then(([code, signal]) => (signal === null ? Number(code) : -1))
  return { process: child, ended, said: () => stderr }
}

/** Waits until the ledger says that a step runs. */
async function untilRunning(job: string, ...steps: string[]): Promise<string> {
  for (let i = 0; i < 200; i++) {
    const run = await place.lastRun(job).catch(() => null)
    const running = run?.steps.filter(({ status }) => status === 'running').map(({ id }) => id) ?? []
    if (run?.job?.status === 'running' && steps.every((step) => running.includes(step))) return run.id
    await sleep(50)
  }
  throw new Error(`${job} never came to ${steps.join(', ')}`)
}

function childrenOf(pid: number | undefined): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a job that is stopped', () => {
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`${signal}: its steps stop, the ledger says so, it exits ${exitCode} soon, and resume goes on`, async () => {
      const job = `endless-${signal.toLowerCase()}`
      place.job(job, ENDLESS)
      const run = start('run', job)
      const id = await untilRunning(job, 'inside', 'child')
      const since = performance.now()
      run.process.kill(signal)
      expect(await run.ended, run.said()).toBe(exitCode)
      expect(performance.now() - since).toBeLessThan(5000)
      expect(run.said()).toContain(`stopped by ${signal}`)
      const shown = await place.lastRun(job)
      expect(shown).toMatchObject({ id, exitCode, job: { status: 'stopped' } })
      expect(shown.steps.map((step) => [step.id, step.status])).toEqual([
        ['first', 'ok'],
        ['inside', 'stopped'],
        ['child', 'stopped'],
        ['after', 'not-run'],
      ])
      place.job(job, ENDLESS.replaceAll(WATCH, `${WATCH} --count 2`))
      const { code } = await place.document(['run', job, '--resume'])
      expect(code).toBe(0)
      const resumed = await place.lastRun(job)
      expect(resumed.steps.map(({ keptFrom }) => keptFrom !== null)).toEqual([true, false, false, false])
    })
  }

  it('kill -9: its children end by themselves, the ledger tells, the lock is free, and resume goes on', async () => {
    place.job('killed', ENDLESS)
    const run = start('run', 'killed')
    await untilRunning('killed', 'inside', 'child')
    let children = childrenOf(run.process.pid)
    for (let i = 0; i < 100 && children.length === 0; i++) {
      await sleep(50)
      children = childrenOf(run.process.pid)
    }
    expect(children).toHaveLength(1)
    const [child] = children
    run.process.kill('SIGKILL')
    await run.ended
    const shown = await place.lastRun('killed')
    expect(shown).toMatchObject({ exitCode: null, job: { status: 'killed', asOf: '2023-12-29' } })
    expect(shown.steps.map(({ status }) => status)).toEqual(['ok', 'stopped', 'stopped', 'not-run'])
    for (let i = 0; i < 100 && isAlive(child); i++) await sleep(50)
    expect(isAlive(child)).toBe(false)
    place.job('killed', ENDLESS.replaceAll(WATCH, `${WATCH} --count 2`))
    expect((await place.document(['run', 'killed', '--resume'])).code).toBe(0)
  })
})

describe('a job that runs already', () => {
  it('does not run twice at once: exit 9, and who holds it', async () => {
    place.job('once', ENDLESS)
    place.job('other', 'steps:\n  - { id: a, command: prices wti }\n')
    const run = start('run', 'once')
    const id = await untilRunning('once', 'inside')
    const second = await place.run(['run', 'once', '--json'])
    expect(second.code).toBe(9)
    expect(second.stderr).toContain(`once is running already: run ${id.slice(0, 8)}, process ${run.process.pid}`)
    expect(JSON.parse(second.stdout)).toMatchObject({
      error: { code: 'JOB_BUSY', details: { holderPid: run.process.pid, run: id } },
    })
    expect((await place.run(['run', 'once', '--resume'])).code).toBe(9)
    expect((await place.run(['run', 'other'])).code).toBe(0)
    run.process.kill('SIGINT')
    await run.ended
    place.job('once', 'steps:\n  - { id: a, command: prices wti }\n')
    expect((await place.run(['run', 'once'])).code).toBe(0)
  })

  it('nor inside itself', async () => {
    place.job('itself', 'steps:\n  - { id: a, command: run itself }\n')
    const { code, document } = await place.document(['run', 'itself'])
    expect(code).toBe(9)
    expect(document.data.steps[0]).toMatchObject({ exitCode: 9, errorCode: 'JOB_BUSY' })
  })
})

describe('a step that hangs', () => {
  it('is ended after its timeout with SIGTERM: exit 143, STEP_TIMEOUT, its output so far kept', async () => {
    place.job(
      'hangs',
      `steps:
  - { id: hang, command: ${WATCH}, timeout: 2 }
  - { id: after, command: prices, needs: hang }
  - { id: beside, command: prices wti }
`,
    )
    const { code, document } = await place.document(['run', 'hangs'])
    expect(code).toBe(143)
    expect(document.data.steps[0]).toMatchObject({
      status: 'failed',
      exitCode: 143,
      errorCode: 'STEP_TIMEOUT',
      message: 'took longer than 2 s',
      mode: 'child',
      file: 'hang.ndjson',
    })
    expect(document.data.steps.slice(1).map(({ status }) => status)).toEqual(['not-run', 'ok'])
    expect((await place.lastRun('hangs')).job?.status).toBe('failed')
  })
})
