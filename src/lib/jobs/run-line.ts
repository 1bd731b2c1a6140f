import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Host } from '../cli/host.js'
import { ContangoError } from '../kernel/errors.js'

/** How one attempt of a step ended, and what it said. */
export interface LineResult {
  readonly exitCode: number
  readonly stdout: Buffer
  readonly stderr: Buffer
  /** It took longer than its timeout and was ended. */
  readonly timedOut: boolean
  /** The signal that ended a child that nobody here stopped. */
  readonly killedBy: string | null
}

interface LineOptions {
  /** What a step takes from the outside; its standard input is empty. */
  readonly host: Host
  readonly signal: AbortSignal
}

/** `runCommand` of the command line. */
export type RunCommand = (argv: readonly string[], host: Host) => Promise<number>

/** How long a child has after SIGTERM before it is killed: on a timeout, and when the run itself is being stopped. */
const TIMEOUT_GRACE_MS = 3000
const STOP_GRACE_MS = 500
/** How long the pipes of a child that has ended may stay open. */
const PIPES_GRACE_MS = 1000

/** Runs a command line inside this process. */
export async function runInProcess(
  argv: readonly string[],
  { host, signal }: LineOptions,
  runCommand: RunCommand,
): Promise<LineResult> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const io = {
    stdin: Readable.from([]),
    stdout: into(stdout),
    stderr: into(stderr),
    stdoutIsTty: false,
    stderrIsTty: false,
  }
  const exitCode = await runCommand(argv, { ...host, io, signal, ignoresStdin: true })
  return {
    exitCode,
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr),
    timedOut: false,
    killedBy: null,
  }
}

function into(chunks: Buffer[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
}

/**
 * Runs a command line in a process of its own, which leads a group of its own: a signal reaches whatever it has started.
 * A timeout sends SIGTERM and then SIGKILL; a stop of the run passes its signal on. The child ends by itself where this
 * process dies: the channel between them closes.
 */
export function runInChild(
  argv: readonly string[],
  { host, signal }: { readonly host: Pick<Host, 'cwd' | 'env' | 'packageRoot'>; readonly signal: AbortSignal },
  timeoutMs: number | null,
): Promise<LineResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(host.packageRoot, 'bin', 'run.js'), ...argv], {
      cwd: host.cwd,
      env: { ...host.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => void stdout.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => void stderr.push(chunk))
    let timedOut = false
    const timers: NodeJS.Timeout[] = []
    const later = (ms: number, work: () => void): void => void timers.push(setTimeout(work, ms))
    const kill = (name: NodeJS.Signals): void => killGroup(child, name)
    const onStop = (): void => {
      const reason: unknown = signal.reason
      kill(reason instanceof ContangoError && reason.code === 'SIGINT' ? 'SIGINT' : 'SIGTERM')
      later(STOP_GRACE_MS, () => kill('SIGKILL'))
    }
    const done = (): void => {
      signal.removeEventListener('abort', onStop)
      for (const timer of timers) clearTimeout(timer)
    }
    child.on('error', (error) => {
      done()
      reject(error)
    })
    // What the child has started may hold its pipes open: its own end is what counts.
    child.on('exit', (code, killedBy) => {
      const finish = (): void => {
        done()
        child.stdout?.destroy()
        child.stderr?.destroy()
        const bySignal = killedBy === null ? null : 128 + constants.signals[killedBy]
        resolve({
          exitCode: timedOut ? 128 + constants.signals.SIGTERM : (code ?? bySignal ?? 1),
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr),
          timedOut,
          killedBy: timedOut || signal.aborted ? null : killedBy,
        })
      }
      child.once('close', finish)
      later(PIPES_GRACE_MS, finish)
    })
    if (timeoutMs !== null) {
      later(timeoutMs, () => {
        timedOut = true
        kill('SIGTERM')
        later(TIMEOUT_GRACE_MS, () => kill('SIGKILL'))
      })
    }
    if (signal.aborted) onStop()
    else signal.addEventListener('abort', onStop, { once: true })
  })
}

/** The child and all that it has started; one that is gone already needs no signal. */
function killGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch {
    return
  }
}
