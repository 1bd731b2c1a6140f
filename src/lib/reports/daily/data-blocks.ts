import type { Provenance } from '../../market/dataset.js'
import type { Block } from '../blocks.js'
import { number, text } from './cells.js'

/** What was read: a line a series, with the fingerprints of the slices that the documents name in full. */
export function dataBlocks(inputs: readonly Provenance[]): Block[] {
  if (inputs.length === 0) return []
  const bySeries = new Map<string, Provenance[]>()
  for (const input of inputs) {
    const key = `${input.series} ${input.kind} ${input.source}`
    bySeries.set(key, [...(bySeries.get(key) ?? []), input])
  }
  return [
    { kind: 'heading', text: 'Data' },
    {
      kind: 'table',
      caption: 'What was read, with the first digits of the fingerprint of each slice',
      columns: [
        { header: 'series', text: true },
        { header: 'kind', text: true },
        { header: 'source', text: true },
        { header: 'last', text: true },
        { header: 'slices' },
        { header: 'SHA-256', text: true },
      ],
      rows: [...bySeries.values()].map((slices) => [
        text(slices[0].series),
        text(slices[0].kind),
        text(`${slices[0].source}${slices[0].simulated ? ' (SIMULATED)' : ''}`),
        text(slices.reduce((last, { last: one }) => (one !== null && one > last ? one : last), '')),
        number(slices.length, 0),
        { text: slices.map(({ sha256 }) => sha256.slice(0, 8)).join(' '), tone: 'code' },
      ]),
    },
  ]
}
