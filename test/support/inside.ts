import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Host } from '../../src/lib/cli/host.js'
import { packageRoot, type Finished } from './contango.js'

interface Bundle {
  runCommand(argv: readonly string[], host: Omit<Host, 'loadCommand' | 'commandIds'>): Promise<number>
}

const loadBundle = createRequire(import.meta.url)(join(packageRoot, 'bin', 'load-bundle.js')) as (
  root: string,
) => { readonly bundle: Bundle } | null
let loaded: Bundle | null = null

export interface Inside extends Finished {
  readonly code: number
}

export interface InsideOptions {
  readonly home?: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** For a file argument `-`. */
  readonly stdin?: string | Buffer
  readonly signal?: AbortSignal
}

/**
 * Runs the built command line through `runCommand` of the bundle, inside the test's process: the same bytes and the same code as
 * in a process of its own (test/jobs/reentrant.test.ts) for a tenth of the time. Of the environment it sees PATH and what is given.
 * Where signals, pipes, time zones, locales or the environment of a child are the point, `contango` starts a process.
 */
export async function inside(argv: readonly string[], options: InsideOptions = {}): Promise<Inside> {
  loaded ??= loadBundle(packageRoot)?.bundle ?? null
  if (!loaded) throw new Error('nothing is built: node scripts/build.mjs')
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const into = (chunks: Buffer[]): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk)
        done()
      },
    })
  const code = await loaded.runCommand(argv, {
    io: {
      stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
      stdout: into(stdout),
      stderr: into(stderr),
      stdoutIsTty: false,
      stderrIsTty: false,
    },
    signal: options.signal ?? new AbortController().signal,
    env: { PATH: process.env['PATH'], NO_COLOR: '1', CONTANGO_HOME: options.home, ...options.env },
    cwd: options.cwd ?? packageRoot,
    packageRoot,
    ignoresStdin: true,
  })
  const stdoutBytes = Buffer.concat(stdout)
  return { code, stdout: stdoutBytes.toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8'), stdoutBytes }
}
