import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Host } from '../../src/lib/cli/host.js'
import { packageRoot } from './contango.js'

interface Bundle {
  runCommand(argv: readonly string[], host: Omit<Host, 'loadCommand'>): Promise<number>
}

const loadBundle = createRequire(import.meta.url)(join(packageRoot, 'bin', 'load-bundle.js')) as (
  root: string,
) => { readonly bundle: Bundle } | null
let loaded: Bundle | null = null

/** What a command line said, run through `runCommand` of the built bundle inside the test's process. */
export interface Inside {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface InsideOptions {
  readonly home?: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

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
      stdin: Readable.from([]),
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
  return {
    code,
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
  }
}
