import { z } from 'zod'
import { dayFromIso, isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { BarColumns } from '../../market/dataset.js'
import { jsonPath } from '../http/json-path.js'

const numbers = z.array(z.number().nullable())
const Chart = z.looseObject({
  chart: z.looseObject({
    result: z
      .array(
        z.looseObject({
          meta: z.looseObject({ symbol: z.string(), exchangeTimezoneName: z.string() }),
          timestamp: z.array(z.int()).optional(),
          indicators: z.looseObject({
            quote: z
              .array(
                z.looseObject({
                  open: numbers.optional(),
                  high: numbers.optional(),
                  low: numbers.optional(),
                  close: numbers.optional(),
                  volume: numbers.optional(),
                }),
              )
              .min(1),
          }),
        }),
      )
      .length(1),
  }),
})

export interface ReadChart {
  readonly bars: BarColumns
  /** Days that the endpoint lists without a close. */
  readonly missing: number
}

/**
 * An answer as daily bars. Days are those of the exchange's zone; the day of the fetch itself is left out, its bar is not
 * finished. Throws refused YAHOO_SCHEMA with the JSON path of the first surprise.
 */
export function readChart(
  document: unknown,
  yahoo: string,
  { symbol, unit }: { symbol: string; unit: string },
  nowMs: number,
): ReadChart {
  const surprise = (path: string, what: string): ContangoError =>
    new ContangoError(
      'refused',
      'YAHOO_SCHEMA',
      `Yahoo's answer for ${yahoo} is not what it should be: ${path}: ${what}`,
      'nothing of it was stored; the endpoint is unofficial and changes without notice',
      { symbol: yahoo, path },
    )
  const parsed = Chart.safeParse(document)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw surprise(jsonPath(first.path), first.message)
  }
  const [{ meta, timestamp = [], indicators }] = parsed.data.chart.result
  if (meta.symbol !== yahoo) throw surprise('chart.result[0].meta.symbol', `"${meta.symbol}" was not asked for`)
  const [quote] = indicators.quote
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
    const length = quote[name]?.length ?? 0
    if (length !== timestamp.length) {
      throw surprise(`chart.result[0].indicators.quote[0].${name}`, `${length} values for ${timestamp.length} days`)
    }
  }
  const dayOf = dayIn(meta.exchangeTimezoneName, surprise)
  const today = dayOf(nowMs)
  const rows = timestamp.flatMap((seconds, i): { day: EpochDay; i: number }[] => {
    const day = dayOf(seconds * 1000)
    return day < today && (quote.close?.[i] ?? null) !== null ? [{ day, i }] : []
  })
  rows.sort((a, b) => a.day - b.day)
  const twice = rows.find(({ day }, n) => n > 0 && rows[n - 1].day === day)
  if (twice) throw surprise('chart.result[0].timestamp', `two bars on ${isoFromDay(twice.day)}`)
  const column = (values: readonly (number | null)[] = []): Float64Array =>
    Float64Array.from(rows, ({ i }) => values[i] ?? Number.NaN)
  return {
    bars: {
      kind: 'bars',
      symbol,
      unit,
      sessionDay: Int32Array.from(rows, ({ day }) => day),
      open: column(quote.open),
      high: column(quote.high),
      low: column(quote.low),
      close: column(quote.close),
      volume: column(quote.volume),
    },
    missing: timestamp.filter((_, i) => (quote.close?.[i] ?? null) === null).length,
  }
}

/** The civil day of a moment in a zone: the offset that the endpoint gives is today's, and wrong for half of the year. */
function dayIn(zone: string, surprise: (path: string, what: string) => ContangoError): (ms: number) => EpochDay {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  } catch {
    throw surprise('chart.result[0].meta.exchangeTimezoneName', `"${zone}" is no time zone`)
  }
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]))
    return dayFromIso(`${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`) ?? 0
  }
}
