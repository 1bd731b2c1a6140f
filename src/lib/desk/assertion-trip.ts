import type { CheckedAssertion } from '../backtest/assertion.js'
import type { Trip } from '../cli/report.js'

/** Exit 10 for the first assertion that does not hold; nothing where all do. */
export function assertionTrip(assertions: readonly CheckedAssertion[]): Trip | undefined {
  const failed = assertions.find(({ holds }) => !holds)
  return (
    failed && {
      code: 'ASSERTION',
      message: `--assert "${failed.assertion}" does not hold: it is ${failed.value === null ? 'undefined' : Number(failed.value.toPrecision(6))}`,
    }
  )
}
