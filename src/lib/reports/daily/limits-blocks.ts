import type { LimitRow, LimitsCheckData } from '../../documents/limits-check.js'
import { numberText } from '../../charts/number-text.js'
import type { Block, Cell } from '../blocks.js'
import { percent, text } from './cells.js'

const ORDER: readonly LimitRow['status'][] = ['breach', 'critical', 'warning', 'unknown', 'ok']
/** Limits that are ok and in the table all the same: the nearest to their end. */
const OK_SHOWN = 5

/** `1 breach, 2 warnings`: the status of a book in a word. */
export function limitStatus(limits: LimitsCheckData): Cell {
  const count = (status: LimitRow['status']): number => limits.limits.filter((limit) => limit.status === status).length
  const worst = ORDER.find((status) => count(status) > 0) ?? 'unknown'
  const parts = ORDER.filter((status) => status !== 'ok' && count(status) > 0).map(
    (status) => `${count(status)} ${status === 'unknown' ? 'unknown' : count(status) === 1 ? status : plural(status)}`,
  )
  if (parts.length === 0) return { text: `All ${limits.limits.length} limits ok`, tone: 'ok' }
  return { text: parts.join(', '), tone: worst }
}

function plural(status: string): string {
  return status === 'breach' ? 'breaches' : status === 'warning' ? 'warnings' : status
}

export function limitsBlocks(limits: LimitsCheckData): Block[] {
  const sorted = [...limits.limits].sort(
    (a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || (b.utilisation ?? -1) - (a.utilisation ?? -1),
  )
  const notOk = sorted.filter(({ status }) => status !== 'ok')
  const shown = [...notOk, ...sorted.filter(({ status }) => status === 'ok').slice(0, OK_SHOWN)]
  const rest = sorted.length - shown.length
  return [
    { kind: 'heading', text: 'Limits' },
    {
      kind: 'table',
      caption: 'Limits, the worst first',
      columns: [
        { header: 'limit', text: true },
        { header: 'status', text: true },
        { header: 'value' },
        { header: 'limit' },
        { header: 'used' },
        { header: 'about', text: true },
      ],
      rows: shown.map((limit) => [
        text(limit.name),
        { text: limit.status, tone: limit.status },
        amount(limit.value, limit.unit),
        amount(limit.limit, limit.unit),
        text(percent(limit.utilisation)),
        text(limit.about ?? ''),
      ]),
    },
    ...(rest > 0 ? [{ kind: 'text' as const, text: `${rest} more limits are ok.`, muted: true }] : []),
  ]
}

function amount(value: number | null, unit: LimitRow['unit']): Cell {
  return text(unit === 'fraction' ? percent(value, 1) : value === null ? '–' : `${numberText(value, 0)} ${unit}`)
}
