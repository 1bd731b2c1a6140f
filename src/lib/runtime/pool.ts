import { Worker } from 'node:worker_threads'
import { ContangoError, type ErrorKind } from '../kernel/errors.js'

/** What a worker is asked: input number `index`. */
export interface WorkerRequest<Input> {
  readonly index: number
  readonly input: Input
}

export type WorkerReply<Output> =
  | { readonly index: number; readonly output: Output }
  | { readonly index: number; readonly error: { kind: ErrorKind; code: string; message: string } }

export interface PoolOptions<Shared> {
  /** A bundled worker entry that calls `serveWorker`. */
  readonly file: string
  readonly threads: number
  /** Given to every worker once; arrays on a SharedArrayBuffer are shared, everything else is copied. */
  readonly shared: Shared
  readonly signal: AbortSignal
}

/**
 * Hands inputs to worker threads one at a time and returns the outputs in the order of the inputs, whichever worker
 * finishes first. The calling thread stays free. An abort, or the first error, ends every worker.
 */
export async function mapInWorkers<Shared, Input, Output>(
  inputs: readonly Input[],
  { file, threads, shared, signal }: PoolOptions<Shared>,
): Promise<Output[]> {
  signal.throwIfAborted()
  const outputs = new Array<Output>(inputs.length)
  const workers: Worker[] = []
  let next = 0
  let done = 0
  try {
    await new Promise<void>((resolve, reject) => {
      const give = (worker: Worker): void => {
        if (next === inputs.length) return
        const request: WorkerRequest<Input> = { index: next, input: inputs[next] }
        next++
        worker.postMessage(request)
      }
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      if (inputs.length === 0) resolve()
      for (let i = 0; i < Math.min(threads, inputs.length); i++) {
        const worker = new Worker(file, { workerData: shared })
        workers.push(worker)
        worker.on('message', (reply: WorkerReply<Output>) => {
          if ('error' in reply) {
            reject(new ContangoError(reply.error.kind, reply.error.code, reply.error.message))
            return
          }
          outputs[reply.index] = reply.output
          done++
          if (done === inputs.length) resolve()
          else give(worker)
        })
        worker.on('error', reject)
        worker.on('exit', () => {
          if (done < inputs.length) reject(new ContangoError('bug', 'BUG', 'a worker thread ended before its work'))
        })
        give(worker)
      }
    })
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return outputs
}
