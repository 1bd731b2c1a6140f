import { dateText } from '../../charts/date-text.js'
import { dayFromIso } from '../../kernel/day.js'
import type { Provenance } from '../../market/dataset.js'
import type { Block } from '../blocks.js'
import { number, text } from './cells.js'
import type { DailyDocuments } from './daily-documents.js'

/** What could not be shown. */
export interface NotAvailable {
  /** `fundamentals inventory` */
  readonly what: string
  readonly reason: string
}

/** Days after which a dataset of its kind is old: settlements, weekly reports, monthly outlooks. */
const OLD_AFTER_DAYS: Readonly<Partial<Record<Provenance['kind'], number>>> = { curves: 0, bars: 3 }
const OTHER_OLD_AFTER_DAYS = 14

/** How fresh the figures are, what the gate and the commands said, and what is not there. */
export function qualityBlocks(documents: DailyDocuments, notAvailable: readonly NotAvailable[]): Block[] {
  const { asOf, inputs, warnings, check, positions, otherDays } = documents
  const last = new Map<string, Provenance>()
  for (const input of inputs) {
    const key = `${input.series} ${input.kind} ${input.source}`
    const known = last.get(key)
    if (known === undefined || (input.last ?? '') > (known.last ?? '')) last.set(key, input)
  }
  const rows = [...last.values()].map((input) => ({ input, age: ageDays(asOf, input.last) }))
  const old = rows.filter(({ input, age }) => age !== null && age > (OLD_AFTER_DAYS[input.kind] ?? OTHER_OLD_AFTER_DAYS))
  const stale = positions?.stalePositions ?? []
  const lines = [
    ...stale.map(({ position, lastSettlement }) => `${position} last settled on ${dateText(lastSettlement)}`),
    ...(check === null
      ? []
      : [
          `${check.checked.length} files of the lake are sound, ${check.problems.length} are not${check.problems.length > 0 ? `: ${check.problems.map(({ path }) => path).join(', ')}` : ''}`,
        ]),
    ...notAvailable.map(({ what, reason }) => `Not shown: ${what} (${reason})`),
    ...otherDays.map(({ schema, asOf: day }) => `${schema} is about ${dateText(day)}`),
    ...warnings.map(({ code, message }) => `${code}: ${message}`),
  ]
  return [
    { kind: 'heading', text: 'Data quality' },
    {
      kind: 'text',
      text: `${rows.length} series read, ${old.length === 0 ? 'none of them old' : `${old.length} of them old`}; ${stale.length === 0 ? 'every position settled on the day' : `${stale.length} positions did not settle on the day`}.`,
    },
    ...(lines.length > 0 ? [{ kind: 'list' as const, items: lines }] : []),
    ...(old.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: 'Series whose last value is old',
            columns: [
              { header: 'series', text: true },
              { header: 'source', text: true },
              { header: 'last', text: true },
              { header: 'days old' },
            ],
            rows: old.map(({ input, age }) => [
              text(input.series),
              text(input.source),
              text(input.last === null ? '–' : dateText(input.last)),
              number(age, 0),
            ]),
          },
        ]
      : []),
  ]
}

function ageDays(asOf: string, last: string | null): number | null {
  const [day, at] = [dayFromIso(asOf), last === null ? null : dayFromIso(last)]
  return day === null || at === null ? null : Math.max(0, day - at)
}
