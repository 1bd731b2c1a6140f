import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '../../src/lib/cli/host.js'
import { runInChild } from '../../src/lib/jobs/run-line.js'
import { ContangoError } from '../../src/lib/kernel/errors.js'

let packageRoot: string
beforeEach(() => {
  packageRoot = mkdtempSync(join(tmpdir(), 'contango-child-'))
  mkdirSync(join(packageRoot, 'bin'))
})
afterEach(() => rmSync(packageRoot, { recursive: true, force: true }))

/** A program in the place of the command line. */
function program(text: string): Pick<Host, 'packageRoot' | 'cwd' | 'env'> {
  writeFileSync(join(packageRoot, 'bin', 'run.js'), text)
  return { packageRoot, cwd: packageRoot, env: { PATH: process.env['PATH'] } }
}
const never = new AbortController().signal
const elapsed = async <T>(work: Promise<T>): Promise<{ ms: number; result: T }> => {
  const since = performance.now()
  const result = await work
  return { ms: performance.now() - since, result }
}

describe('a step in a process of its own', () => {
  it('gives its words, its exit code and what it said, argument by argument', async () => {
    const host = program(
      'console.log(JSON.stringify(process.argv.slice(2))); console.error("said"); process.exitCode = 7',
    )
    const result = await runInChild(['a b', '$HOME', '--x=;ls'], { host, signal: never }, null)
    expect(JSON.parse(result.stdout.toString())).toEqual(['a b', '$HOME', '--x=;ls'])
    expect(result).toMatchObject({ exitCode: 7, timedOut: false, killedBy: null })
    expect(result.stderr.toString()).toBe('said\n')
  })

  it('that is deaf to SIGTERM is killed some seconds after its timeout', async () => {
    const host = program(
      "process.on('SIGTERM', () => console.log('no')); setInterval(() => {}, 1000); console.log('up')",
    )
    const { ms, result } = await elapsed(runInChild([], { host, signal: never }, 1500))
    expect(result).toMatchObject({ exitCode: 143, timedOut: true })
    expect(result.stdout.toString()).toContain('up\nno\n')
    expect(ms).toBeGreaterThan(4000)
  })

  it('whose own child lives on and holds the pipes open does not hold up the job', async () => {
    const host = program(
      "require('node:child_process').spawn('sleep', ['30'], { stdio: 'inherit' }); setTimeout(() => process.exit(0), 100)",
    )
    const { ms, result } = await elapsed(runInChild([], { host, signal: never }, null))
    expect(result.exitCode).toBe(0)
    expect(ms).toBeLessThan(20_000)
  })

  it('that somebody kills is told apart from one that timed out', async () => {
    const host = program("process.kill(process.pid, 'SIGKILL')")
    const result = await runInChild([], { host, signal: never }, null)
    expect(result).toMatchObject({ exitCode: 137, killedBy: 'SIGKILL', timedOut: false })
  })

  it('gets the signal that stops the run, and what it has started gets it too', async () => {
    const host = program(
      `const { spawn } = require('node:child_process')
       const inner = spawn(process.execPath, ['-e', "process.on('SIGINT', () => { console.log('inner'); process.exit() }); setInterval(() => {}, 1000); console.log('up')"], { stdio: ['ignore', 'pipe', 'inherit'] })
       inner.stdout.pipe(process.stdout)
       process.on('SIGINT', () => setTimeout(() => process.exit(130), 300))`,
    )
    const stop = new AbortController()
    const run = runInChild([], { host, signal: stop.signal }, null)
    setTimeout(() => stop.abort(new ContangoError('interrupted', 'SIGINT', 'stopped by SIGINT')), 2500)
    const result = await run
    expect(result.stdout.toString()).toBe('up\ninner\n')
    expect(result).toMatchObject({ exitCode: 130, killedBy: null })
  })

  it('that cannot be started at all is an error of its own', async () => {
    const host = { ...program(''), cwd: join(packageRoot, 'nowhere') }
    await expect(runInChild([], { host, signal: never }, null)).rejects.toThrow(/ENOENT/)
  })
})
