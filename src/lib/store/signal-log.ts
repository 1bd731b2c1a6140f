import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { canonicalJson } from '../kernel/canonical-json.js'
import { databaseError } from './database.js'

/** What a signal said of a day, and the numbers that were known then. */
export interface IssuedSignal {
  readonly product: string
  /** A signal, or `composite`. */
  readonly name: string
  readonly family: string
  /** Decision day, YYYY-MM-DD. */
  readonly date: string
  readonly direction: 'LONG' | 'SHORT' | 'NEUTRAL'
  readonly score: number
  readonly confidence: number
  readonly value: number | null
  readonly unit: string
  /** Latest day on which one of its numbers became known. */
  readonly knownOn: string
  readonly reason: string
  readonly parameters: Readonly<Record<string, number>>
  readonly numbers: readonly {
    readonly name: string
    readonly value: number | null
    readonly unit: string
    readonly knownOn: string
  }[]
  readonly simulated: boolean
  /** Version of contango. */
  readonly version: string
}

export interface LoggedSignal extends IssuedSignal {
  readonly issuedAtMs: number
}

export interface SignalLogFilter {
  readonly products?: readonly string[]
  readonly names?: readonly string[]
  /** First and last decision day, YYYY-MM-DD. */
  readonly from?: string
  readonly to?: string
  /** The last ones; all where it is left out. */
  readonly limit?: number
}

export interface SignalLog {
  /** Keeps what was not said before in the same words; how many that were. */
  append(signals: readonly IssuedSignal[], issuedAtMs: number): number
  /** In the order in which they were said. */
  list(filter: SignalLogFilter): LoggedSignal[]
}

interface Row {
  issued_at_ms: number
  product: string
  name: string
  family: string
  date: string
  direction: IssuedSignal['direction']
  score: number
  confidence: number
  value: number | null
  unit: string
  known_on: string
  reason: string
  parameters: string
  numbers: string
  simulated: number
  version: string
}

/** @param reading null where there is no database yet @param writing makes one */
export function signalLog(reading: () => Database.Database | null, writing: () => Database.Database): SignalLog {
  return {
    append(signals, issuedAtMs) {
      try {
        const db = writing()
        const insert = db.prepare(
          `INSERT OR IGNORE INTO issued_signals (issued_at_ms, product, name, family, date, direction, score, confidence, value, unit, known_on, reason, parameters, numbers, simulated, version, content)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        return db.transaction(() =>
          signals.reduce((added, one) => {
            const { version, ...said } = one
            const content = createHash('sha256').update(canonicalJson(said)).digest('hex')
            const values = [
              issuedAtMs,
              one.product,
              one.name,
              one.family,
              one.date,
              one.direction,
              one.score,
              one.confidence,
              one.value,
              one.unit,
              one.knownOn,
              one.reason,
              canonicalJson(one.parameters),
              canonicalJson(one.numbers),
              one.simulated ? 1 : 0,
              version,
              content,
            ]
            return added + insert.run(...values).changes
          }, 0),
        )()
      } catch (error) {
        throw databaseError(error)
      }
    },
    list({ products, names, from, to, limit }) {
      const db = reading()
      if (!db) return []
      const marks = (values: readonly string[]): string => values.map(() => '?').join(', ')
      const conditions = [
        ...(products === undefined ? [] : [`product IN (${marks(products)})`]),
        ...(names === undefined ? [] : [`name IN (${marks(names)})`]),
        ...(from === undefined ? [] : ['date >= ?']),
        ...(to === undefined ? [] : ['date <= ?']),
      ]
      const values = [
        ...(products ?? []),
        ...(names ?? []),
        ...(from === undefined ? [] : [from]),
        ...(to === undefined ? [] : [to]),
      ]
      const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
      const rows = db
        .prepare(`SELECT * FROM issued_signals ${where} ORDER BY sequence DESC LIMIT ?`)
        .all(...values, limit ?? -1) as Row[]
      return rows.reverse().map((row) => ({
        issuedAtMs: row.issued_at_ms,
        product: row.product,
        name: row.name,
        family: row.family,
        date: row.date,
        direction: row.direction,
        score: row.score,
        confidence: row.confidence,
        value: row.value,
        unit: row.unit,
        knownOn: row.known_on,
        reason: row.reason,
        parameters: JSON.parse(row.parameters) as Record<string, number>,
        numbers: JSON.parse(row.numbers) as IssuedSignal['numbers'],
        simulated: row.simulated === 1,
        version: row.version,
      }))
    },
  }
}
