import { ContangoError } from './lib/kernel/errors.js'
import type { Io } from './lib/cli/context.js'
import type { RunnableCommand } from './lib/cli/host.js'
import { runCommand } from './lib/cli/run.js'
import { isBrokenPipe } from './lib/cli/write-stream.js'
import { removeTemporaryFiles } from './lib/runtime/temporary-files.js'

/** A stopped run has this long to clean up before the process ends anyway. */
const GRACE_MS = 900

/** The process entry: hands the process's streams, signals, environment and folder to one command. */
export async function main(
  packageRoot: string,
  commandIds: readonly string[],
  loadCommand: (id: string) => Promise<RunnableCommand>,
): Promise<void> {
  const controller = new AbortController()
  const stop = (signalName: 'SIGINT' | 'SIGTERM', exitCode: number): void => {
    if (controller.signal.aborted) return
    controller.abort(new ContangoError('interrupted', signalName, `stopped by ${signalName}`))
    setTimeout(() => {
      removeTemporaryFiles()
      process.exit(exitCode)
    }, GRACE_MS).unref()
  }
  process.on('SIGINT', () => stop('SIGINT', 130))
  process.on('SIGTERM', () => stop('SIGTERM', 143))
  process.on('disconnect', () => stop('SIGTERM', 143)) // a step of a job whose runner was killed
  process.stdout.on('error', (error) => {
    if (!isBrokenPipe(error)) throw error
    controller.abort(error)
  })
  process.stderr.on('error', (error) => {
    if (!isBrokenPipe(error)) throw error
  })
  const io: Io = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    stdoutIsTty: process.stdout.isTTY === true,
    stderrIsTty: process.stderr.isTTY === true,
  }
  const exitCode = await runCommand(process.argv.slice(2), {
    io,
    signal: controller.signal,
    env: process.env,
    cwd: process.cwd(),
    packageRoot,
    commandIds,
    loadCommand,
  })
  removeTemporaryFiles()
  process.exit(exitCode)
}
