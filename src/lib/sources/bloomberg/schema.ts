import { z } from 'zod'
import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { LiveUpdate } from './transport.js'

const Trouble = z.looseObject({
  category: z.string().optional(),
  subcategory: z.string().nullish(),
  message: z.string().optional(),
})
type Trouble = z.infer<typeof Trouble>

const Envelope = z.looseObject({
  status: z.union([z.number(), z.string(), z.looseObject({})]),
  message: z.string().optional(),
  data: z.array(z.unknown()).optional(),
})

const FieldException = z.looseObject({ fieldId: z.string(), errorInfo: Trouble.optional() })

const Message = z.looseObject({ responseError: Trouble.optional() })

const History = z.looseObject({
  securityData: z.looseObject({
    security: z.string(),
    securityError: Trouble.optional(),
    fieldExceptions: z.array(FieldException).default([]),
    fieldData: z.array(z.looseObject({ date: z.string() })).default([]),
  }),
})

const Reference = z.looseObject({
  securityData: z.array(
    z.looseObject({
      security: z.string(),
      securityError: Trouble.optional(),
      fieldExceptions: z.array(FieldException).default([]),
      fieldData: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
})

const Bars = z.looseObject({
  barData: z.looseObject({
    barTickData: z
      .array(
        z.looseObject({
          time: z.string(),
          open: z.number(),
          high: z.number(),
          low: z.number(),
          close: z.number(),
          volume: z.number(),
        }),
      )
      .default([]),
  }),
})

const Ticks = z.array(z.looseObject({ correlationId: z.number(), data: z.unknown() }))

/** A field that a security has no value of, in the vendor's words. */
export interface FieldTrouble {
  readonly field: string
  readonly message: string
}

interface SecurityAnswer {
  readonly security: string
  /** Why the vendor has nothing of it; null where it has. */
  readonly error: string | null
  readonly fieldErrors: readonly FieldTrouble[]
}

export interface SecurityHistory extends SecurityAnswer {
  readonly rows: readonly { readonly day: EpochDay; readonly values: Readonly<Record<string, unknown>> }[]
}

export interface SecurityFacts extends SecurityAnswer {
  readonly values: Readonly<Record<string, unknown>>
}

export interface IntradayBar {
  /** Start of the bar, ISO in UTC. */
  readonly time: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** The messages inside an answer of blpapi-http; throws where it says that Bloomberg could not be asked. */
export function readEnvelope(json: unknown): unknown[] {
  const { status, message = '', data = [] } = parse(Envelope, json, 'the answer')
  if (status === 0) return data
  throw new ContangoError(
    'source',
    'BLOOMBERG_UNAVAILABLE',
    `Bloomberg could not be asked: ${line(message === '' ? JSON.stringify(status) : message)}`,
    'check that the Terminal behind the server is logged in',
    { status },
  )
}

export function readHistory(messages: readonly unknown[]): SecurityHistory[] {
  return messages.map((message) => {
    const { securityData } = parse(History, withoutResponseError(message), 'HistoricalDataResponse')
    const rows = securityData.fieldData.map(({ date, ...values }) => ({ day: dayOf(date), values }))
    return { ...answerOf(securityData), rows }
  })
}

export function readReference(messages: readonly unknown[]): SecurityFacts[] {
  return messages.flatMap((message) =>
    parse(Reference, withoutResponseError(message), 'ReferenceDataResponse').securityData.map((one) => ({
      ...answerOf(one),
      values: one.fieldData,
    })),
  )
}

export function readBars(messages: readonly unknown[]): IntradayBar[] {
  return messages.flatMap((message) =>
    parse(Bars, withoutResponseError(message), 'IntradayBarResponse').barData.barTickData.map((bar) => {
      const { time, open, high, low, close, volume } = bar
      const ms = Date.parse(/([Zz]|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`)
      if (Number.isNaN(ms)) throw surprise('IntradayBarResponse', `"${line(time)}" is no time`)
      return { time: new Date(ms).toISOString(), open, high, low, close, volume }
    }),
  )
}

/** The items of a long poll; the server wraps the list of one poll in a list of its own. */
export function liveUpdates(data: readonly unknown[]): LiveUpdate[] {
  return parse(Ticks, data.flat(), 'the ticks').flatMap(({ correlationId, data: ticks }) =>
    (Array.isArray(ticks) ? (ticks as unknown[]) : [ticks]).map((values) => ({
      correlationId,
      values: parse(z.record(z.string(), z.unknown()), values, 'a tick'),
    })),
  )
}

/**
 * A number of a row; NaN where the vendor has none. Anything else than a number under its name is a changed format and
 * throws refused BLOOMBERG_SCHEMA.
 */
export function numberOf(values: Readonly<Record<string, unknown>>, field: string, where: string): number {
  const value = values[field]
  if (value === undefined || value === null) return Number.NaN
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw surprise(where, `${field} should be a number and is ${line(JSON.stringify(value))}`)
  }
  return value
}

/** A text of a row; null where the vendor has none. */
export function textOf(values: Readonly<Record<string, unknown>>, field: string, where: string): string | null {
  const value = values[field]
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string')
    throw surprise(where, `${field} should be a text and is ${line(JSON.stringify(value))}`)
  return value
}

export function surprise(where: string, what: string): ContangoError {
  return new ContangoError(
    'refused',
    'BLOOMBERG_SCHEMA',
    `${where} of Bloomberg is not what it should be: ${what}`,
    'nothing of it was stored; if it stays so, the field has changed: look it up with FLDS <GO>',
    { where },
  )
}

function answerOf(one: {
  security: string
  securityError?: Trouble
  fieldExceptions: z.infer<typeof FieldException>[]
}): SecurityAnswer {
  return {
    security: one.security,
    error: one.securityError === undefined ? null : words(one.securityError),
    fieldErrors: one.fieldExceptions.map(({ fieldId, errorInfo }) => ({
      field: fieldId,
      message: errorInfo === undefined ? 'no value' : words(errorInfo),
    })),
  }
}

/** A message as it is; throws where the request as a whole was refused, which `status: 0` does not say. */
function withoutResponseError(message: unknown): unknown {
  const { responseError } = parse(Message, message, 'a message')
  if (responseError === undefined) return message
  const { category, subcategory = null } = responseError
  const isLimit = category === 'LIMIT'
  throw new ContangoError(
    'source',
    isLimit ? 'BLOOMBERG_LIMIT' : 'BLOOMBERG_RESPONSE_ERROR',
    `Bloomberg refuses the request: ${words(responseError)}`,
    isLimit
      ? 'the data limit of this licence is used up: ask Bloomberg, or try again after its reset'
      : 'contango fetch bloomberg … --dry-run shows what is asked',
    { category, subcategory },
  )
}

function words({ category, subcategory, message }: Trouble): string {
  const kind = [category, subcategory].filter((word) => typeof word === 'string' && word !== '').join('/')
  return (
    [message === undefined ? '' : line(message), kind === '' ? '' : `(${kind})`].join(' ').trim() || 'no reason given'
  )
}

function dayOf(date: string): EpochDay {
  const day = dayFromIso(date.slice(0, 10))
  if (day === null) throw surprise('HistoricalDataResponse', `"${line(date)}" is no date`)
  return day
}

function parse<T extends z.ZodType>(schema: T, json: unknown, where: string): z.infer<T> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  const path = first.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  throw surprise(where, `${path === '' ? '' : `${path.replace(/^\./, '')}: `}${first.message}`)
}

/** Text from outside in a message: short, and on one line. */
function line(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return clean.length > 160 ? `${clean.slice(0, 160)}…` : clean
}
