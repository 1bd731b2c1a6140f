import { parentPort } from 'node:worker_threads'
import { ContangoError } from '../kernel/errors.js'
import type { WorkerReply, WorkerRequest } from './pool.js'

/** The other end of `mapInWorkers`: answers every input with what `work` makes of it and of what its job shares. */
export function serveWorker<Shared, Input, Output>(work: (shared: Shared, input: Input) => Output): void {
  let shared: Shared | null = null
  const reply = (message: WorkerReply<Output>): void => parentPort?.postMessage(message)
  parentPort?.on('message', (request: WorkerRequest<Shared, Input>) => {
    if ('shared' in request) {
      shared = request.shared
      return
    }
    const { index, input } = request
    try {
      reply({ index, output: work(shared as Shared, input) })
    } catch (error) {
      const known = error instanceof ContangoError ? error : null
      const message = error instanceof Error ? error.message : String(error)
      reply({ index, error: { kind: known?.kind ?? 'bug', code: known?.code ?? 'BUG', message } })
    }
  })
}
