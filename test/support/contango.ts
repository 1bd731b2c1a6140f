import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

export const packageRoot = fileURLToPath(new URL('../..', import.meta.url))
const bin = `${packageRoot}bin/run.js`

export interface Finished {
  /** As a shell sees it: 128 + n where a signal ended the process. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly stdoutBytes: Buffer
}

export interface RunOptions {
  readonly home?: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string | Buffer
  readonly killAfterMs?: number
  readonly killSignal?: NodeJS.Signals
}

/** Runs the built command line in a process of its own, as a user's shell would. */
export function contango(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const env = { ...process.env, NO_COLOR: '1', EIA_API_KEY: undefined, CONTANGO_HOME: options.home, ...options.env }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: options.cwd ?? packageRoot,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.stdin.on('error', () => undefined) // a command that does not read stdin may be gone already
    child.stdin.end(options.stdin ?? '')
    child.on('error', reject)
    const timer =
      options.killAfterMs === undefined
        ? null
        : setTimeout(() => child.kill(options.killSignal ?? 'SIGINT'), options.killAfterMs)
    child.on('close', (code, signal) => {
      if (timer) clearTimeout(timer)
      const stdoutBytes = Buffer.concat(stdout)
      resolve({
        code: signal === null ? code : 128 + constants.signals[signal],
        stdout: stdoutBytes.toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        stdoutBytes,
      })
    })
  })
}

/** A command line as one would type it, with single or double quotes around words that need them. */
export function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3])
}
