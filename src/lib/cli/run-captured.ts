import { Writable } from 'node:stream'
import type { Host } from './host.js'
import { runCommand } from './run.js'

/** How another command line ended. */
export interface CapturedRun {
  readonly exitCode: number
  /** Its JSON document; null where it printed none. */
  readonly document: unknown
}

/** Runs a command line inside this process, under the same signal, and keeps its document instead of printing it. */
export async function runCaptured(argv: readonly string[], host: Host): Promise<CapturedRun> {
  const chunks: Buffer[] = []
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() })
  const io = { stdin: host.io.stdin, stdout, stderr, stdoutIsTty: false, stderrIsTty: false }
  const exitCode = await runCommand([...argv, '--json', '-q'], { ...host, io, ignoresStdin: true })
  return { exitCode, document: parsed(Buffer.concat(chunks).toString('utf8')) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
