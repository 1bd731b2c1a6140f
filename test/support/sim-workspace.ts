import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A workspace whose lake holds two simulated years; tests only read it. */
    simHome: string
  }
}

/** One simulated lake for all tests of a run. */
export default function setup(project: TestProject): () => void {
  const home = mkdtempSync(join(tmpdir(), 'contango-sim-'))
  const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
  const run = (...args: string[]): void => {
    execFileSync(process.execPath, [bin, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, CONTANGO_HOME: undefined },
    })
  }
  rmSync(home, { recursive: true })
  run('init', home)
  run('fetch', 'sim', '--home', home, '--from', '2021-12-01', '--to', '2023-12-29')
  project.provide('simHome', home)
  return () => rmSync(home, { recursive: true, force: true })
}
