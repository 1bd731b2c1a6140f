import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunData } from '../../src/lib/documents/run.js'
import type { RunsShowData } from '../../src/lib/documents/runs-show.js'
import { inside, type Inside, type InsideOptions } from '../support/inside.js'
import { copyWorkspace } from '../support/copy-workspace.js'

export type RunDocument = {
  readonly data: RunData
  readonly asOf: string | null
  readonly trip?: { readonly code: string; readonly message: string }
  readonly warnings: readonly { readonly code: string }[]
  readonly inputs: readonly { readonly series?: string; readonly config?: string }[]
}

/** A copy of the simulated workspace with jobs of its own. */
export interface JobWorkspace {
  readonly home: string
  /** Writes config/jobs/NAME.yaml. */
  job(name: string, text: string): void
  run(line: string[], options?: InsideOptions): Promise<Inside>
  /** Runs with --json and reads the document. */
  document(line: string[], options?: InsideOptions): Promise<{ code: number; document: RunDocument }>
  /** The last run of a job as the ledger has it. */
  lastRun(job: string): Promise<RunsShowData['run']>
  output(id: string, file: string): string
  remove(): void
}

export function jobWorkspace(simHome: string): JobWorkspace {
  const home = mkdtempSync(join(tmpdir(), 'contango-jobs-'))
  copyWorkspace(simHome, home)
  mkdirSync(join(home, 'config', 'jobs'), { recursive: true })
  const run: JobWorkspace['run'] = (line, options) => inside(line, { home, cwd: home, ...options })
  return {
    home,
    job: (name, text) => writeFileSync(join(home, 'config', 'jobs', `${name}.yaml`), text),
    run,
    async document(line, options) {
      const { code, stdout } = await run([...line, '--json', '-q'], options)
      return { code, document: JSON.parse(stdout) as RunDocument }
    },
    async lastRun(job) {
      const list = JSON.parse((await run(['run', 'list', '--json'])).stdout) as {
        data: { jobs: { job: string; lastRun: { id: string } | null }[] }
      }
      const id = list.data.jobs.find((one) => one.job === job)?.lastRun?.id ?? 'none'
      const shown = JSON.parse((await run(['runs', 'show', id, '--json'])).stdout) as { data: RunsShowData }
      return shown.data.run
    },
    output: (id, file) => readFileSync(join(home, 'data', 'runs', id, file), 'utf8'),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}
