import { Script } from 'node:vm'
import { ContangoError } from '../kernel/errors.js'

const SLOT = '__contangoInterruptible'

/**
 * Runs code of the user's own, which may never return, so that Ctrl-C ends it: handlers of signals wait for the code that runs,
 * and a script of node:vm is what SIGINT can break.
 */
export function interruptible<Result>(work: () => Result): Result {
  const global = globalThis as Record<string, unknown>
  let result: { readonly value: Result } | null = null
  global[SLOT] = () => {
    result = { value: work() }
  }
  try {
    new Script(`${SLOT}()`, { filename: 'contango' }).runInThisContext({ breakOnSigint: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error
    throw new ContangoError('interrupted', 'SIGINT', 'stopped by SIGINT')
  } finally {
    delete global[SLOT]
  }
  if (result === null) throw new ContangoError('bug', 'BUG', 'work that ran to its end left no result')
  return (result as { readonly value: Result }).value
}
