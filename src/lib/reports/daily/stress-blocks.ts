import { numberText } from '../../charts/number-text.js'
import type { StressData, StressScenario } from '../../documents/stress.js'
import type { Block } from '../blocks.js'
import { signed, text, usd } from './cells.js'

const WORST = 8

/** Scenarios with a figure, the worst first. */
export function stressLadder({ scenarios }: StressData): StressScenario[] {
  return scenarios.filter(({ pnlUsd }) => pnlUsd !== null).sort((a, b) => (a.pnlUsd ?? 0) - (b.pnlUsd ?? 0))
}

export function stressBlocks(data: StressData): Block[] {
  const ladder = stressLadder(data)
  const losing = ladder.filter(({ pnlUsd }) => (pnlUsd ?? 0) < 0)
  const silent = data.scenarios.length - ladder.length
  const partial = ladder.filter(({ complete }) => !complete).length
  const now = new Set(data.limitsBreachedNow)
  return [
    { kind: 'heading', text: 'Stress' },
    {
      kind: 'text',
      text: `${losing.length} of ${ladder.length} scenarios lose${ladder.length > 0 ? `; the worst is ${ladder[0].name}: ${usd(ladder[0].pnlUsd, true)}` : ''}.${partial > 0 ? ` In ${partial} not every position is shocked.` : ''}${silent > 0 ? ` ${silent} shock no position.` : ''}`,
    },
    { kind: 'chart', id: 'stress' },
    {
      kind: 'table',
      caption: 'The worst scenarios',
      columns: [
        { header: 'scenario', text: true },
        { header: 'P&L USD' },
        { header: '% of capital' },
        { header: 'driven by', text: true },
        { header: 'breaches besides today’s', text: true },
      ],
      rows: ladder.slice(0, WORST).map((row) => [
        text(`${row.name}${row.proxied ? ' (proxied)' : ''}${row.complete ? '' : ' (incomplete)'}`),
        signed(row.pnlUsd, 0),
        signed(row.pnlToCapital === null ? null : 100 * row.pnlToCapital, 1),
        text(row.driver === null ? '–' : `${row.driver} ${numberText(row.driverPnlUsd, 0, true)}`),
        text(row.limitsBreached.filter((name) => !now.has(name)).join(', ') || '–'),
      ]),
    },
    ...(data.reverse.length > 0
      ? [
          {
            kind: 'list' as const,
            items: data.reverse.map(
              ({ limit, lossUsd, sigmas, moves }) =>
                `Smallest shock that breaches ${limit} (a loss of ${usd(lossUsd)}): ${numberText(sigmas, 1)} standard deviations; ${[...moves]
                  .sort((a, b) => Math.abs(b.pnlUsd) - Math.abs(a.pnlUsd))
                  .slice(0, 3)
                  .map((move) => `${move.contract} ${move.priceChangePercent === null ? numberText(move.priceChange, 2, true) : `${numberText(move.priceChangePercent, 1, true)} %`}`)
                  .join(', ')}`,
            ),
          },
        ]
      : []),
  ]
}
