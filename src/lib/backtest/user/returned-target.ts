import { parseTimeInForce } from '../../execution/time-in-force.js'
import { ContangoError } from '../../kernel/errors.js'
import type { NamedOrders } from '../named-orders.js'
import { barTimeText } from '../price-bars.js'
import type { Target } from '../strategy.js'

const MOST_TAGS = 100
const PRICES = ['limit', 'stop'] as const
const DISTANCES = ['stopLoss', 'takeProfit', 'trailingStop'] as const
const ORDER_FIELDS = [...PRICES, 'entry', 'timeInForce', ...DISTANCES]

/** Reads what `onBar` returns, bar after bar, and refuses what is no target. */
export class ReturnedTarget {
  /** Of the decision read last; '' for none. */
  tag = ''
  /** Of the decision read last; null where it names none. */
  orders: NamedOrders | null = null
  private readonly tags = new Set<string>()
  private bar = 0
  private timeMs = 0

  constructor(
    private readonly strategy: string,
    private readonly mayOrder: boolean,
  ) {}

  /** @param held the target so far, which nothing returned holds on to */
  read(returned: unknown, held: Target, bar: number, timeMs: number): Target {
    this.orders = null
    if (returned === undefined) return held
    this.tag = ''
    this.bar = bar
    this.timeMs = timeMs
    if (typeof returned === 'number' && Number.isFinite(returned)) return returned
    if (typeof returned !== 'object' || returned === null) throw this.badTarget(returned)
    return this.readObject(returned as Readonly<Record<string, unknown>>)
  }

  private readObject({ target, tag, ...others }: Readonly<Record<string, unknown>>): Target {
    if (tag !== undefined) this.tag = this.tagOf(tag)
    const names = Object.keys(others)
    const strange = names.find((name) => !ORDER_FIELDS.includes(name))
    if (strange !== undefined) {
      throw this.refused('BAD_TARGET', `returned a field ${strange}`, `target, tag, ${ORDER_FIELDS.join(', ')}`)
    }
    if (names.length > 0) {
      if (!this.mayOrder) {
        throw this.refused(
          'ORDERS_NOT_DECLARED',
          `returned ${names.join(', ')}, which names orders`,
          'export default { orders: true, … } says that the strategy does so',
        )
      }
      this.orders = this.ordersOf(others)
    }
    if (typeof target === 'number' && Number.isFinite(target)) return target
    throw target === undefined ? this.badTarget({}) : this.badTarget(target)
  }

  private ordersOf(given: Readonly<Record<string, unknown>>): NamedOrders {
    const orders: { -readonly [Name in keyof NamedOrders]: NamedOrders[Name] } = {}
    for (const name of PRICES) {
      const value = given[name]
      if (value === undefined) continue
      if (typeof value !== 'number' || !Number.isFinite(value)) throw this.badOrder(name, value, 'a finite price')
      orders[name] = value
    }
    for (const name of DISTANCES) {
      const value = given[name]
      if (value === undefined) continue
      if (value !== null && !(typeof value === 'number' && value > 0 && value < Infinity)) {
        throw this.badOrder(name, value, 'price units above 0, or null for none')
      }
      orders[name] = value
    }
    const { entry, timeInForce } = given
    if (entry !== undefined) {
      const priced = orders.limit !== undefined || orders.stop !== undefined
      if (priced || (entry !== 'market' && entry !== 'market-on-close')) {
        throw this.badOrder('entry', entry, 'market or market-on-close; limit and stop say the others by their price')
      }
      orders.entry = entry
    }
    if (timeInForce !== undefined) {
      const read = typeof timeInForce === 'string' ? parseTimeInForce(timeInForce) : null
      if (read === null) throw this.badOrder('timeInForce', timeInForce, 'day, gtc or gtd:5')
      orders.timeInForce = read
    }
    return orders
  }

  /** A tag as it may stand in a table. */
  private tagOf(given: unknown): string {
    const isText = typeof given === 'string' && /^[^\p{Cc}\p{Zl}\p{Zp}]{1,40}$/u.test(given) && given.trim() === given
    if (!isText) {
      throw this.refused(
        'BAD_TAG',
        `returned ${typeof given === 'string' ? `the tag ${JSON.stringify(given.slice(0, 60))}` : 'a tag that is no text'}`,
        'a tag is 1 to 40 characters without control characters, such as breakout',
      )
    }
    if (!this.tags.has(given) && this.tags.size === MOST_TAGS) {
      throw this.refused(
        'TOO_MANY_TAGS',
        `gave tag number ${MOST_TAGS + 1}`,
        'a tag names a kind of trade; keep what differs from bar to bar out of it',
      )
    }
    this.tags.add(given)
    return given
  }

  private badTarget(wanted: unknown): ContangoError {
    const shown =
      typeof wanted === 'number' || wanted === null
        ? String(wanted)
        : typeof wanted === 'object'
          ? 'an object without a target'
          : `a ${typeof wanted}`
    return this.refused(
      'BAD_TARGET',
      `returned ${shown}`,
      'return a finite number (0 flat, 1 long, −1 short), { target, tag }, or nothing to hold on',
    )
  }

  private badOrder(name: string, value: unknown, hint: string): ContangoError {
    const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value)
    return this.refused('BAD_ORDER', `returned ${name} ${shown}`, hint)
  }

  private refused(code: string, what: string, hint: string): ContangoError {
    const { strategy, bar } = this
    const date = barTimeText(this.timeMs)
    return new ContangoError('refused', code, `${strategy}: onBar ${what} at the close of ${date} (bar ${bar})`, hint, {
      strategy,
      bar,
      date,
    })
  }
}
