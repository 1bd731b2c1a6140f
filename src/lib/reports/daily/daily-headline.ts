import { numberText } from '../../charts/number-text.js'
import type { Cell } from '../blocks.js'
import { percent, usd } from './cells.js'
import type { DailyDocuments } from './daily-documents.js'
import { limitStatus } from './limits-blocks.js'
import { stressLadder } from './stress-blocks.js'
import { headlineVar } from './var-blocks.js'

export interface DailyHeadline {
  /** One sentence with the figures of the day. */
  readonly title: string
  readonly status: Cell
  readonly findings: string[]
}

/** What a risk manager reads when there is time for one line. */
export function dailyHeadline(documents: DailyDocuments): DailyHeadline {
  const { pnl, limits, stress, positions, previousVar } = documents
  const variance = headlineVar(documents.var)
  const before = headlineVar(previousVar)
  const actual = pnl.reduce((sum, day) => sum + day.actualUsd, 0)
  const varLimit = limits?.limits.find(({ name }) => /^var/i.test(name)) ?? null
  const parts = [
    ...(pnl.length > 0 ? [`P&L ${usd(actual, true)}${pnl.length > 1 ? ' over the week' : ''}`] : []),
    ...(variance === null ? [] : [`VaR ${percent(variance.confidence)} ${usd(variance.varUsd)}`]),
  ]
  const status: Cell = limits === null ? { text: 'Limits unknown', tone: 'unknown' } : limitStatus(limits)
  const breached = limits?.limits.filter((limit) => limit.status === 'breach') ?? []
  const near = limits?.limits.filter(({ status }) => status === 'warning' || status === 'critical') ?? []
  const [worst] = stress === null ? [] : stressLadder(stress)
  const findings = [
    ...breached.map(
      (limit) =>
        `Limit breached: ${limit.name} ${limit.unit === 'fraction' ? percent(limit.value, 1) : `${numberText(limit.value, 0)} ${limit.unit}`}, ${percent(limit.utilisation)} of its limit`,
    ),
    ...(near.length > 0
      ? [`Near a limit: ${near.map(({ name, utilisation }) => `${name} (${percent(utilisation)})`).join(', ')}`]
      : []),
    ...(varLimit?.utilisation == null ? [] : [`VaR uses ${percent(varLimit.utilisation)} of its limit (${varLimit.status})`]),
    ...(variance?.varUsd != null && before?.varUsd != null
      ? [varMove(variance.varUsd - before.varUsd)]
      : []),
    ...(worst ? [`Worst stress: ${worst.name}, ${usd(worst.pnlUsd, true)}${worst.pnlToCapital === null ? '' : ` (${percent(worst.pnlToCapital)} of capital)`}`] : []),
    ...(positions === null
      ? []
      : [`Gross ${usd(positions.total.grossUsd)}, net ${usd(positions.total.netUsd, true)} in ${positions.positions.length} positions`]),
  ]
  return { title: parts.length > 0 ? parts.join(', ') : 'No figures', status, findings }
}

/** A quantile of one more day is often the same day's loss. */
function varMove(change: number): string {
  return Math.round(change) === 0
    ? 'VaR is what it was at the settlement before'
    : `VaR moved by ${usd(change, true)} since the settlement before`
}
