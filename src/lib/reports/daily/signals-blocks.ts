import { numberText } from '../../charts/number-text.js'
import type { ProductSignals } from '../../documents/signals.js'
import type { Block } from '../blocks.js'
import { number, percent, text } from './cells.js'

const REASONS = 3

/** What the signals say of each product, and the reasons that weigh most. */
export function signalsBlocks(products: readonly ProductSignals[]): Block[] {
  if (products.length === 0) return []
  return [
    { kind: 'heading', text: 'Signals' },
    {
      kind: 'table',
      caption: 'Composite of technical and fundamental signals; confidence is no probability',
      columns: [
        { header: 'product', text: true },
        { header: 'direction', text: true },
        { header: 'confidence' },
        { header: 'score' },
        { header: 'agreement' },
        { header: 'long / short / neutral' },
        { header: 'not known' },
      ],
      rows: products.map(({ name, composite, missing }) => [
        text(name),
        { text: composite.direction, tone: 'strong' },
        number(composite.confidence, 0),
        text(numberText(composite.score, 2, true)),
        text(percent(composite.agreement)),
        text(`${composite.long} / ${composite.short} / ${composite.neutral}`),
        number(missing.length, 0),
      ]),
    },
    {
      kind: 'list',
      items: products.map(({ name, composite }) => `${name}: ${composite.reasons.slice(0, REASONS).join(' ')}`),
    },
  ]
}
