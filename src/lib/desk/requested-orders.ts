import type { EntryKind, FillTime, IntrabarPath, OrderRules } from '../backtest/order-rules.js'
import { parseTimeInForce } from '../execution/time-in-force.js'
import { ContangoError } from '../kernel/errors.js'

/** The flags of orders, as parsed. */
export interface OrderFlags {
  readonly fill: FillTime
  readonly entry: EntryKind
  readonly 'entry-offset': number
  readonly 'entry-limit-offset': number
  readonly 'time-in-force': string
  readonly renew?: boolean
  readonly 'max-volume-share'?: number
  readonly 'stop-loss'?: number
  readonly 'take-profit'?: number
  readonly 'trailing-stop'?: number
  readonly intrabar: IntrabarPath
}

/** What the command line says of orders; what contradicts itself is refused. */
export function requestedOrders(flags: OrderFlags): OrderRules {
  const timeInForce = parseTimeInForce(flags['time-in-force'])
  if (timeInForce === null) {
    throw new ContangoError(
      'usage',
      'BAD_FLAG_VALUE',
      `--time-in-force takes day, gtc or gtd:N with N from 1 to 9999 calendar days, not "${flags['time-in-force']}"`,
      '--time-in-force day',
      { flag: 'time-in-force', value: flags['time-in-force'] },
    )
  }
  const { entry, fill } = flags
  const waits = entry === 'limit' || entry === 'stop' || entry === 'stop-limit'
  if (flags['entry-offset'] > 0 && !waits) throw meansNothing('entry-offset', '--entry limit, stop or stop-limit')
  if (flags['entry-limit-offset'] > 0 && entry !== 'stop-limit')
    throw meansNothing('entry-limit-offset', '--entry stop-limit')
  if (flags.renew === true && timeInForce.kind === 'gtc') throw meansNothing('renew', '--time-in-force day or gtd:N')
  if (fill === 'same-close' && waits) {
    throw new ContangoError(
      'usage',
      'ENTRY_WAITS',
      `--entry ${entry} waits for a price of a later bar, and --fill same-close does not wait`,
      'one of the two',
    )
  }
  return {
    fill,
    entry,
    entryOffset: flags['entry-offset'],
    entryLimitOffset: flags['entry-limit-offset'],
    timeInForce,
    renew: flags.renew === true,
    maxVolumeShare: flags['max-volume-share'] ?? null,
    stopLoss: flags['stop-loss'] ?? null,
    takeProfit: flags['take-profit'] ?? null,
    trailingStop: flags['trailing-stop'] ?? null,
    intrabar: flags.intrabar,
  }
}

function meansNothing(flag: string, needs: string): ContangoError {
  return new ContangoError('usage', 'ENTRY_FLAG', `--${flag} says nothing without ${needs}`, needs, { flag })
}
