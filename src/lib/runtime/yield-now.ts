import { setImmediate as nextTurn } from 'node:timers/promises'

/** Lets signals, timeouts and progress in, then throws the signal's reason if the run was stopped. */
export async function yieldNow(signal: AbortSignal): Promise<void> {
  await nextTurn()
  signal.throwIfAborted()
}
