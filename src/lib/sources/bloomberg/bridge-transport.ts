import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ContangoError } from '../../kernel/errors.js'
import { liveUpdates } from './schema.js'
import type { BloombergTransport, LiveUpdate } from './transport.js'

export interface BridgeOptions {
  readonly python: string
  /** Path of bloomberg-bridge.py. */
  readonly script: string
  readonly host: string
  readonly port: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly log: (event: Readonly<Record<string, unknown>>) => void
}

/** The bridge beside the built program. */
export function bridgeScript(): string {
  return fileURLToPath(new URL('../bin/bloomberg-bridge.py', import.meta.url))
}

/** One line from the bridge. */
interface BridgeLine {
  readonly id?: number
  readonly event?: string
  readonly message?: unknown
  readonly last?: boolean
  readonly ticks?: unknown[]
  readonly error?: { readonly code?: string; readonly message?: string }
}

/** Whoever waits for the lines of one request or subscription. */
interface Waiting {
  line(line: BridgeLine): void
  fail(error: Error): void
}

/** Ticks that may wait for a slow reader before the subscription is given up: memory stays bounded. */
const MOST_WAITING_UPDATES = 200_000
/** What of the bridge's stderr goes into a message. */
const MOST_STDERR = 2000

/** The Python bridge as a child process: a JSON line per request down, a JSON line per message up. */
export function createBridgeTransport(options: BridgeOptions): BloombergTransport {
  const { host, port, timeoutMs, signal } = options
  const name = `the Bloomberg bridge at ${host}:${port}`
  const waiting = new Map<number, Waiting>()
  let started: Promise<ChildProcessWithoutNullStreams> | null = null
  let child: ChildProcessWithoutNullStreams | null = null
  let nextId = 1

  function failAll(error: Error): void {
    started = null
    for (const one of waiting.values()) one.fail(error)
    waiting.clear()
  }

  function start(): Promise<ChildProcessWithoutNullStreams> {
    return new Promise((resolve, reject) => {
      const args = [options.script, '--host', host, '--port', String(port), '--timeout-ms', String(timeoutMs)]
      const bridge = spawn(options.python, args, { stdio: ['pipe', 'pipe', 'pipe'] })
      child = bridge
      let stderr = ''
      let ready = false
      const give = (error: Error): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        bridge.kill()
        reject(error)
        if (child === bridge) failAll(error)
      }
      const onAbort = (): void => give(signal.reason as Error)
      const timer = setTimeout(() => give(silent(name, timeoutMs)), timeoutMs)
      signal.addEventListener('abort', onAbort, { once: true })
      bridge.on('error', (error: NodeJS.ErrnoException) =>
        give(notStarted(options.python, error.code ?? error.message)),
      )
      bridge.stdin.on('error', () => undefined) // the exit says more
      bridge.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-MOST_STDERR)))
      bridge.on('close', (code) => give(ended(name, code, stderr)))
      createInterface({ input: bridge.stdout }).on('line', (text) => {
        const line = parseLine(text)
        if (line === null) give(brokenLine(text))
        else if (line.event === 'ready') {
          ready = true
          clearTimeout(timer)
          options.log({ event: 'bridge', ready: line.message ?? null })
          resolve(bridge)
        } else if (line.event === 'fatal') give(fatal(name, line))
        else if (ready && line.id !== undefined) waiting.get(line.id)?.line(line)
      })
    })
  }

  const send = (bridge: ChildProcessWithoutNullStreams, message: object): void =>
    void bridge.stdin.write(`${JSON.stringify(message)}\n`)

  return {
    name,
    maxRequestBytes: null,
    async request(type, body) {
      signal.throwIfAborted()
      const bridge = await (started ??= start())
      const id = nextId++
      return new Promise<unknown[]>((resolve, reject) => {
        const messages: unknown[] = []
        const done = (): void => {
          clearTimeout(timer)
          waiting.delete(id)
        }
        const timer = setTimeout(() => {
          done()
          reject(silent(name, timeoutMs))
        }, timeoutMs)
        waiting.set(id, {
          line({ message, last, error }) {
            if (error) {
              done()
              reject(refused(error))
              return
            }
            if (message !== undefined) messages.push(message)
            if (!last) return
            done()
            resolve(messages)
          },
          fail(error) {
            done()
            reject(error)
          },
        })
        send(bridge, { id, op: 'request', type, body })
      })
    },
    async *subscribe(subscriptions, stop) {
      const bridge = await (started ??= start())
      const id = nextId++
      let updates: LiveUpdate[] = []
      let failure: Error | null = null
      let accepted = false
      let wake: () => void = () => undefined
      const onAbort = (): void => wake()
      stop.addEventListener('abort', onAbort)
      const timer = setTimeout(() => {
        failure ??= silent(name, timeoutMs)
        wake()
      }, timeoutMs)
      waiting.set(id, {
        line({ event, ticks = [], error }) {
          try {
            if (event === 'subscribed') {
              clearTimeout(timer)
              accepted = true
            }
            if (error) failure ??= refused(error)
            for (const update of liveUpdates(ticks)) updates.push(update)
          } catch (thrown) {
            failure ??= thrown as Error
          }
          if (updates.length > MOST_WAITING_UPDATES) failure ??= tooSlow(name)
          wake()
        },
        fail(error) {
          failure ??= error
          wake()
        },
      })
      send(bridge, { id, op: 'subscribe', subscriptions })
      try {
        for (let greeted = false; ;) {
          stop.throwIfAborted()
          if (failure !== null) throw failure as Error
          if (updates.length > 0 || (accepted && !greeted)) {
            const batch = updates
            updates = []
            greeted = true
            yield batch
          } else {
            await new Promise<void>((resolve) => (wake = resolve))
          }
        }
      } finally {
        clearTimeout(timer)
        stop.removeEventListener('abort', onAbort)
        waiting.delete(id)
        send(bridge, { id, op: 'unsubscribe' })
      }
    },
    async close() {
      const bridge = child
      child = null
      if (bridge === null || bridge.pid === undefined || bridge.exitCode !== null || bridge.signalCode !== null) return
      bridge.stdin.end() // the bridge leaves when its input ends
      const gone = new Promise((resolve) => bridge.once('close', resolve))
      const timer = setTimeout(() => bridge.kill('SIGKILL'), 500)
      await gone
      clearTimeout(timer)
    },
  }
}

function parseLine(text: string): BridgeLine | null {
  try {
    const line = JSON.parse(text) as unknown
    return typeof line === 'object' && line !== null ? line : null
  } catch {
    return null
  }
}

const source = (code: string, message: string, hint: string, details: object = {}): ContangoError =>
  new ContangoError('source', code, message, hint, { ...details })

function notStarted(python: string, reason: string): ContangoError {
  return source(
    'BLOOMBERG_BRIDGE',
    `"${python}" does not start: ${reason}`,
    'name a Python that has blpapi: bloomberg.bridge.python in config/sources.yaml',
    { reason },
  )
}

function silent(name: string, timeoutMs: number): ContangoError {
  return source(
    'TIMEOUT',
    `${name} did not answer within ${timeoutMs / 1000} s`,
    'check that the Terminal is logged in; BLOOMBERG_TIMEOUT waits longer',
    { timeoutMs },
  )
}

function ended(name: string, code: number | null, stderr: string): ContangoError {
  const last = stderr.trim().split('\n').at(-1) ?? ''
  return source(
    'BLOOMBERG_BRIDGE',
    `${name} ended with ${code ?? 'a signal'}${last === '' ? '' : `: ${last.slice(0, 200)}`}`,
    'check the Python of bloomberg.bridge.python in config/sources.yaml: python -c "import blpapi"',
    { exitCode: code },
  )
}

function brokenLine(text: string): ContangoError {
  return new ContangoError(
    'refused',
    'TRUNCATED_JSON',
    `the Bloomberg bridge sent a line of ${text.length} characters that is no JSON`,
    'nothing of it was stored; run the command again with -v',
    { characters: text.length },
  )
}

function fatal(name: string, { error }: BridgeLine): ContangoError {
  if (error?.code === 'NO_BLPAPI') {
    return source(
      'BLOOMBERG_NO_BLPAPI',
      'the Python of the bridge has no blpapi package',
      'install it as docs/sources-bloomberg.md says, or name another Python: bloomberg.bridge.python',
    )
  }
  return source(
    'UNREACHABLE',
    `${name} cannot reach Bloomberg: ${error?.message ?? 'no reason given'}`,
    'check that the Terminal is logged in on that machine, then BLOOMBERG_HOST and BLOOMBERG_PORT',
    { reason: error?.code ?? null },
  )
}

function refused({
  code = 'BLOOMBERG_BRIDGE',
  message = 'no reason given',
}: NonNullable<BridgeLine['error']>): ContangoError {
  return source(
    code === 'TIMEOUT' ? 'TIMEOUT' : 'BLOOMBERG_UNAVAILABLE',
    `Bloomberg could not be asked: ${message}`,
    'check that the Terminal is logged in',
    { reason: code },
  )
}

function tooSlow(name: string): ContangoError {
  return source(
    'BLOOMBERG_TOO_SLOW',
    `more than ${MOST_WAITING_UPDATES} ticks of ${name} wait to be read`,
    'ask for fewer --tickers, or write to a faster reader',
  )
}
