import { Worker } from 'node:worker_threads'
import { ContangoError, type ErrorKind } from '../kernel/errors.js'

/** What a worker is told: what the inputs that follow share (null: the job is over, let go of it), or input number `index`. */
export type WorkerRequest<Shared, Input> =
  { readonly shared: Shared | null } | { readonly index: number; readonly input: Input }

export type WorkerReply<Output> =
  | { readonly index: number; readonly output: Output }
  | { readonly index: number; readonly error: { kind: ErrorKind; code: string; message: string } }

export interface PoolOptions<Shared> {
  /** A bundled worker entry that calls `serveWorker`. */
  readonly file: string
  readonly threads: number
  /** Given to every worker once a job; arrays on a SharedArrayBuffer are shared, everything else is copied. */
  readonly shared: Shared
  readonly signal: AbortSignal
  /** Called after every output with how many there are. */
  readonly onProgress?: (done: number, inputs: number) => void
}

/** Workers between two jobs, by file: starting one takes longer than many a job. They keep no process alive. */
const waiting = new Map<string, Set<Worker>>()

/**
 * Hands inputs to worker threads one at a time and returns the outputs in the order of the inputs, whichever worker
 * finishes first. The calling thread stays free. Workers stay for the next job of the same file; an abort, or the first
 * error, ends those of this job. Jobs may run at the same time, each on workers of its own.
 */
export async function mapInWorkers<Shared, Input, Output>(
  inputs: readonly Input[],
  { file, threads, shared, signal, onProgress }: PoolOptions<Shared>,
): Promise<Output[]> {
  signal.throwIfAborted()
  const outputs = new Array<Output>(inputs.length)
  const workers: Worker[] = []
  const leave: (() => void)[] = []
  let next = 0
  let done = 0
  try {
    await new Promise<void>((resolve, reject) => {
      const send = (worker: Worker, request: WorkerRequest<Shared, Input>): void => worker.postMessage(request)
      const give = (worker: Worker): void => {
        if (next === inputs.length) return
        send(worker, { index: next, input: inputs[next] })
        next++
      }
      const stop = (): void => reject(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      leave.push(() => signal.removeEventListener('abort', stop))
      if (inputs.length === 0) resolve()
      while (workers.length < Math.min(threads, inputs.length)) {
        const worker = takeWorker(file)
        workers.push(worker)
        const onMessage = (reply: WorkerReply<Output>): void => {
          if ('error' in reply) {
            reject(new ContangoError(reply.error.kind, reply.error.code, reply.error.message))
            return
          }
          outputs[reply.index] = reply.output
          done++
          onProgress?.(done, inputs.length)
          if (done === inputs.length) resolve()
          else give(worker)
        }
        const onExit = (): void => reject(new ContangoError('bug', 'BUG', 'a worker thread ended before its work'))
        worker.on('message', onMessage).on('error', reject).on('exit', onExit)
        leave.push(() => worker.off('message', onMessage).off('error', reject).off('exit', onExit))
        send(worker, { shared })
        give(worker)
      }
    })
    for (const worker of workers) keepWorker(file, worker)
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.terminate()))
    throw error
  } finally {
    for (const off of leave) off()
  }
  return outputs
}

/** Starts workers before the work for them is known: they are ready when `mapInWorkers` asks. They hold no process open. */
export function startWorkers(file: string, threads: number): void {
  const idle = waiting.get(file) ?? new Set()
  waiting.set(file, idle)
  while (idle.size < threads) {
    const worker = newWorker(file)
    worker.unref()
    idle.add(worker)
  }
}

function takeWorker(file: string): Worker {
  const idle = waiting.get(file)
  for (const worker of idle ?? []) {
    idle?.delete(worker)
    worker.ref()
    return worker
  }
  return newWorker(file)
}

function newWorker(file: string): Worker {
  const worker = new Worker(file)
  // Also where one fails while it waits: it is then no worker any more, and nobody's error.
  worker.on('error', () => waiting.get(file)?.delete(worker))
  worker.on('exit', () => waiting.get(file)?.delete(worker))
  return worker
}

function keepWorker(file: string, worker: Worker): void {
  const over: WorkerRequest<null, never> = { shared: null }
  worker.postMessage(over)
  worker.unref()
  const idle = waiting.get(file) ?? new Set()
  waiting.set(file, idle.add(worker))
}
