import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type * as FsPromises from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { copyWorkspace } from '../support/copy-workspace.js'
import { exitCodeOf } from '../../src/lib/cli/exit-codes.js'
import type { Host } from '../../src/lib/cli/host.js'
import type { JobPlan, PlannedStep } from '../../src/lib/jobs/job-plan.js'
import { runJob, type JobResult } from '../../src/lib/jobs/run-job.js'
import { clock } from '../../src/lib/runtime/clock.js'
import { openStore, type OpenStore } from '../../src/lib/store/open-store.js'
import { inside } from '../support/inside.js'

const disk = vi.hoisted(() => ({ refuses: '', code: 'ENOSPC' }))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FsPromises>()
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>) {
      const handle = await real.open(...args)
      if (disk.refuses !== '' && String(args[0]).includes(disk.refuses))
        handle.writeFile = () => Promise.reject(Object.assign(new Error(disk.code), { code: disk.code }))
      return handle
    },
  }
})

let dataDir: string
let store: OpenStore
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'contango-job-disk-'))
  store = openStore({ dataDir, priority: ['sim'], lockWaitMs: 0, clock })
  disk.refuses = ''
})
afterEach(() => {
  store.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function step(id: string, needs: string[]): PlannedStep {
  return {
    id,
    step: id,
    matrix: null,
    words: [{ template: [id], path: [] }],
    command: [id],
    commandId: id,
    form: 'json',
    needs,
    when: null,
    whenText: null,
    gated: true,
    retries: 0,
    retryDelayMs: 0,
    timeoutMs: null,
    child: false,
    allowExit: [],
    definition: id,
    line: 1,
  }
}

const plan: JobPlan = {
  job: 'disk',
  title: 'disk',
  file: 'disk.yaml',
  fileSha256: '0'.repeat(64),
  asOfProducts: null,
  tradingDay: null,
  vars: {},
  steps: [step('first', []), step('second', ['first']), step('third', ['second'])],
}

const ran: string[] = []
function run(runId: string): Promise<JobResult> {
  ran.length = 0
  return runJob(plan, {
    runId,
    runsDir: join(dataDir, 'runs'),
    ledger: store.jobs,
    clock,
    // what a step takes from the outside; these steps take nothing
    host: { signal: new AbortController().signal, env: {} } as Host,
    runCommand: async ([name], host) => {
      ran.push(name)
      host.io.stdout.write(`{"schema":"contango.${name}/1"}\n`)
      return 0
    },
    jobs: 1,
    options: { asOf: null, seed: 1, strict: false, vars: {} },
    version: '0',
    hostName: 'here',
    pid: 1,
    resumed: null,
    resolveAsOf: () => '2023-12-29',
    hasData: () => false,
    exitCodeOf: ({ kind }) => exitCodeOf(kind),
    onEvent: () => {},
  })
}

describe('a disk that is full', () => {
  for (const [errno, code] of [
    ['ENOSPC', 'DISK_FULL'],
    ['EROFS', 'NOT_WRITABLE'],
  ] as const) {
    it(`${errno} for the output of a step: ${code}, nothing more is begun, nothing half-written, the ledger says so`, async () => {
      Object.assign(disk, { refuses: 'second.json', code: errno })
      await expect(run('r1')).rejects.toMatchObject({
        kind: 'config',
        code,
        message: expect.stringContaining('second.json'),
      })
      expect(ran).toEqual(['first', 'second'])
      expect(readdirSync(join(dataDir, 'runs', 'r1'))).toEqual(['first.json'])
      const record = store.jobs.get('r1')
      expect(record).toMatchObject({ status: 'failed', exitCode: 3 })
      expect(record?.steps.map(({ status }) => status)).toEqual(['ok', 'stopped', 'not-run'])
      disk.refuses = ''
      expect((await run('r2')).exitCode).toBe(0)
    })
  }

  it('a small file system in truth: exit 3 with the words, and resume when there is room', async ({ skip }) => {
    const home = mkdtempSync(join(tmpdir(), 'contango-small-disk-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', home], { stdio: 'ignore' })
    } catch {
      rmSync(home, { recursive: true, force: true })
      console.log('skipped: this user may not mount a tmpfs')
      return skip()
    }
    try {
      copyWorkspace(inject('simHome'), home)
      mkdirSync(join(home, 'config', 'jobs'), { recursive: true })
      writeFileSync(
        join(home, 'config', 'jobs', 'big.yaml'),
        'steps:\n  - { id: small, command: curve wti --ranks 1 }\n  - { id: big, command: data export CL --kind curves, needs: small }\n',
      )
      writeFileSync(join(home, 'fill'), Buffer.alloc(free(home) - 400_000))
      const full = await inside(['run', 'big'], { home, cwd: home })
      expect(full.code, full.stderr).toBe(3)
      expect(full.stderr).toContain('cannot write big.json: the disk is full')
      rmSync(join(home, 'fill'))
      const resumed = await inside(['run', 'big', '--resume'], { home, cwd: home })
      expect(resumed.stderr).toMatch(/kept +small/)
      expect(resumed.code, resumed.stderr).toBe(0)
    } finally {
      execFileSync('umount', [home])
      rmSync(home, { recursive: true, force: true })
    }
    return undefined
  })
})

function free(path: string): number {
  const lines = execFileSync('df', ['-B1', '--output=avail', path], { encoding: 'utf8' }).trim().split('\n')
  return Number(lines[1])
}
