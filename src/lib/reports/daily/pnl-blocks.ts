import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import type { PnlData } from '../../documents/pnl.js'
import type { Block } from '../blocks.js'
import { percent, signed, text, usd } from './cells.js'

const PARTS = [
  ['carry', 'carryUsd', 'a day older on yesterday’s curve'],
  ['level', 'levelUsd', 'the oil market as a whole'],
  ['slope', 'slopeUsd', 'tilt of each curve'],
  ['curvature', 'curvatureUsd', 'bend of each curve'],
  ['spread and basis', 'spreadUsd', 'cracks and locations against the benchmark'],
  ['new trades', 'newTradesUsd', 'from their price to the settlement'],
  ['costs', 'costsUsd', 'of trades and rolls'],
  ['residual', 'residualUsd', 'contracts’ own moves'],
] as const

const NAMED = 3

/** The sum of several days, part by part. */
export function sumOfParts(days: readonly PnlData[]): { label: string; usd: number }[] {
  return PARTS.map(([label, name]) => ({ label, usd: days.reduce((sum, { explain }) => sum + explain[name], 0) }))
}

/** What changed and why, of one day or of the days of a week. */
export function pnlBlocks(days: readonly PnlData[]): Block[] {
  const [day] = days
  const actual = days.reduce((sum, { actualUsd }) => sum + actualUsd, 0)
  const hypothetical = days.reduce((sum, { hypotheticalUsd }) => sum + hypotheticalUsd, 0)
  const parts = sumOfParts(days)
  const since = days[days.length - 1].previousDate
  const residual = parts[parts.length - 1].usd
  const share = hypothetical === 0 ? null : Math.abs(residual / hypothetical)
  const positions = totals(days)
  const best = positions.filter((one) => one.usd > 0).slice(0, NAMED)
  const worst = positions.filter((one) => one.usd < 0).slice(-NAMED).reverse()
  const named = (list: typeof positions): string =>
    list.map((one) => `${one.position} ${numberText(one.usd, 0, true)}`).join(', ') || 'none'
  return [
    { kind: 'heading', text: days.length === 1 ? 'What changed since yesterday, and why' : 'What changed this week, and why' },
    {
      kind: 'text',
      text: `${usd(actual, true)} from ${dateText(since)} to ${dateText(day.date)}. Gained most: ${named(best)}. Lost most: ${named(worst)} USD.`,
    },
    { kind: 'chart', id: 'pnl' },
    {
      kind: 'table',
      caption: 'P&L explained; the parts add up to the actual P&L',
      columns: [{ header: 'part', text: true }, { header: 'USD' }, { header: 'is', text: true }],
      rows: [
        ...parts.map((part, i) => [text(part.label), signed(part.usd, 0), text(PARTS[i][2])]),
        [text('actual P&L'), { ...signed(actual, 0), tone: 'strong' }, text(percentOfCapital(day, actual))],
        [text('hypothetical P&L'), signed(hypothetical, 0), text('overnight positions alone: no trades, no costs')],
      ],
    },
    ...(share !== null && share > 0.05
      ? [{ kind: 'badges' as const, badges: [{ text: `Residual ${percent(share)} of the hypothetical P&L: read the positions`, tone: 'warning' as const }] }]
      : []),
    ...(days.length > 1 ? [byDay(days)] : []),
    ...(day.rolls.length > 0
      ? [{ kind: 'list' as const, muted: true, items: day.rolls.map((roll) => `${roll.position} moved from ${roll.from} to ${roll.to} (${roll.lots} lots)`) }]
      : []),
    ...(day.notPriced.length > 0
      ? [{ kind: 'list' as const, items: day.notPriced.map(({ position, reason }) => `${position} is in no figure: ${reason}`) }]
      : []),
  ]
}

function percentOfCapital({ capitalUsd }: PnlData, actual: number): string {
  return capitalUsd === null ? '' : `${numberText((100 * actual) / capitalUsd, 2, true)} % of capital`
}

function totals(days: readonly PnlData[]): { position: string; usd: number }[] {
  const sums = new Map<string, number>()
  for (const { position, pnlUsd } of days.flatMap((day) => day.positions)) {
    sums.set(position, (sums.get(position) ?? 0) + pnlUsd)
  }
  return [...sums].map(([position, usd]) => ({ position, usd })).sort((a, b) => b.usd - a.usd)
}

function byDay(days: readonly PnlData[]): Block {
  return {
    kind: 'table',
    caption: 'Day by day',
    columns: [{ header: 'day', text: true }, ...['actual', 'level', 'slope', 'spread', 'residual'].map((header) => ({ header }))],
    rows: days.toReversed().map(({ date, actualUsd, explain }) => [
      text(dateText(date)),
      signed(actualUsd, 0),
      signed(explain.levelUsd, 0),
      signed(explain.slopeUsd, 0),
      signed(explain.spreadUsd, 0),
      signed(explain.residualUsd, 0),
    ]),
  }
}
