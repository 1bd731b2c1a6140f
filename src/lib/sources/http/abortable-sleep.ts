import { setTimeout as timer } from 'node:timers/promises'

/** Waits; throws the signal's own reason if the run is stopped meanwhile. */
export async function abortableSleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (ms <= 0) return
  try {
    await timer(ms, undefined, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
