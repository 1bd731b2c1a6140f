import { numberText } from '../../charts/number-text.js'
import type { Block } from '../blocks.js'
import type { DailyDocuments } from './daily-documents.js'

/** How the figures were made. */
export function notesBlocks({ pnl, var: variance, varBacktest, stress, limits, positions, prices }: DailyDocuments): Block[] {
  const [day] = pnl
  const items = [
    ...(day
      ? [
          `P&L is of contracts between two settlements: no roll gap is in it. Level is that of ${day.assumptions.benchmark ?? 'each product'}; curves are fitted over ranks 1 to ${day.assumptions.ranks} outside the last ${day.assumptions.deliveryWindowDays} business days.`,
        ]
      : []),
    ...(variance
      ? [
          `VaR: ${variance.observations} daily ${variance.mode === 'diff' ? 'price changes in USD' : `${variance.mode} returns`}, each position with the past of its rank; losses are positive${variance.zeroMean ? ', mean dropped' : ''}.`,
        ]
      : []),
    ...(varBacktest
      ? ['A forecast uses the returns before its day; an exception is a loss strictly above VaR. Light: Basel zones at 99 % over 250 days, else their binomial likeness.']
      : []),
    ...(stress ? [`Stress: ${stress.source}; a product without a shock of its own takes a declared proxy, or none.`] : []),
    ...(limits
      ? [
          `Limits: VaR of ${limits.assumptions.varMethod} at ${numberText(100 * limits.assumptions.varConfidence, 0)} %, ${limits.assumptions.varHorizonDays} day; warning from ${numberText(100 * limits.assumptions.warningFraction, 0)} %, critical from ${numberText(100 * limits.assumptions.criticalFraction, 0)} %. Drawdown: ${limits.assumptions.drawdown}.`,
        ]
      : []),
    ...(positions ? [`Margins: ${positions.margins.source}, known through ${positions.margins.through}.`] : []),
    ...(prices ? [`Roll of front months: ${prices.assumptions.roll}.`] : []),
  ]
  return items.length === 0 ? [] : [{ kind: 'heading', text: 'How it was made' }, { kind: 'list', items, muted: true }]
}
