import { connect } from 'node:net'
import type { Probe } from './source-status.js'

const PROBE_MS = 5000

/**
 * Knocks at an address: an http one answers with any status, a `tcp://host:port` takes the connection. Sends no key.
 */
export async function probe(address: string, signal: AbortSignal): Promise<Probe> {
  const url = new URL(address)
  const both = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)])
  try {
    if (url.protocol === 'tcp:') await knock(url.hostname, Number(url.port), both)
    else {
      const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: both })
      await response.body?.cancel()
    }
    return { trouble: null }
  } catch (error) {
    signal.throwIfAborted()
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const code = (cause as NodeJS.ErrnoException).code
    const why = both.aborted ? `did not answer within ${PROBE_MS / 1000} s` : (code ?? (cause as Error).message)
    return { trouble: `${url.host}: ${why}` }
  }
}

function knock(host: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}
