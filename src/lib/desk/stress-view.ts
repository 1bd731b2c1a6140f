import type { Section } from '../cli/report.js'
import type { Table } from '../cli/table.js'
import type { StressData, StressReverse, StressScenario } from '../documents/stress.js'
import { usdText } from './usd-text.js'

/** One row for each scenario and position, for csv, ndjson and arrow. */
export function stressTable({ scenarios }: StressData): Table {
  const rows = scenarios.flatMap((scenario) => scenario.positions.map((position) => ({ scenario, position })))
  return {
    length: rows.length,
    columns: [
      { name: 'scenario', kind: 'text', values: rows.map(({ scenario }) => scenario.id) },
      { name: 'name', kind: 'text', values: rows.map(({ scenario }) => scenario.name) },
      { name: 'kind', kind: 'text', values: rows.map(({ scenario }) => scenario.kind) },
      { name: 'basis', kind: 'text', values: rows.map(({ scenario }) => scenario.basis) },
      { name: 'scenarioPnlUsd', kind: 'number', values: rows.map(({ scenario }) => scenario.pnlUsd) },
      { name: 'position', kind: 'text', values: rows.map(({ position }) => position.position) },
      { name: 'contract', kind: 'text', values: rows.map(({ position }) => position.contract) },
      { name: 'lots', kind: 'number', values: rows.map(({ position }) => position.lots) },
      { name: 'pnlUsd', kind: 'number', values: rows.map(({ position }) => position.pnlUsd) },
      { name: 'priceChange', kind: 'number', values: rows.map(({ position }) => position.priceChange) },
      { name: 'shockedPrice', kind: 'number', values: rows.map(({ position }) => position.shockedPrice) },
      { name: 'proxied', kind: 'boolean', values: rows.map(({ position }) => position.proxied) },
      { name: 'notShocked', kind: 'boolean', values: rows.map(({ position }) => position.notShocked) },
      { name: 'note', kind: 'text', values: rows.map(({ position }) => position.note) },
    ],
  }
}

/** The ladder: worst first. */
export function stressView(data: StressData): Section[] {
  const { scenarios, replay } = data
  const ladder = byLoss(scenarios)
  const [only] = scenarios
  return [
    {
      title: `Stress of ${data.title} on ${data.date}`,
      table: {
        length: ladder.length,
        columns: [
          { name: 'scenario', kind: 'text', values: ladder.map(({ id }) => id) },
          { name: 'name', kind: 'text', values: ladder.map(({ name }) => name) },
          { name: 'basis', kind: 'text', values: ladder.map(({ basis, kind }) => basis ?? kind) },
          {
            name: 'pnl',
            header: 'P&L USD',
            kind: 'number',
            digits: 0,
            signed: true,
            values: ladder.map(({ pnlUsd }) => pnlUsd),
          },
          {
            name: 'capital',
            header: '% of capital',
            kind: 'number',
            digits: 1,
            signed: true,
            values: ladder.map(({ pnlToCapital }) => (pnlToCapital === null ? null : 100 * pnlToCapital)),
          },
          { name: 'driver', kind: 'text', values: ladder.map(({ driver }) => driver) },
          { name: 'marks', kind: 'text', values: ladder.map(marksOf) },
          {
            name: 'breaches',
            header: 'limits breached',
            kind: 'text',
            values: ladder.map(breachesOf(data.limitsBreachedNow)),
          },
        ],
      },
    },
    ...(scenarios.length === 1 ? [positionsSection(only)] : []),
    ...(replay === null
      ? []
      : [
          {
            title: `Replay ${replay.from} to ${replay.to}: ${usdText(replay.totalUsd, true)}, worst day ${replay.worstDay} ${usdText(replay.worstDayUsd, true)}, drawdown ${usdText(replay.drawdownUsd)}`,
            table: {
              length: replay.days.length,
              columns: [
                { name: 'date', kind: 'text' as const, values: replay.days.map(({ date }) => date) },
                {
                  name: 'pnl',
                  header: 'P&L USD',
                  kind: 'number' as const,
                  digits: 0,
                  signed: true,
                  values: replay.days.map(({ pnlUsd }) => pnlUsd),
                },
                {
                  name: 'cumulative',
                  header: 'cumulative USD',
                  kind: 'number' as const,
                  digits: 0,
                  signed: true,
                  values: replay.days.map(({ cumulativeUsd }) => cumulativeUsd),
                },
              ],
            },
          },
        ]),
    ...data.reverse.map(reverseSection),
    {
      lines: [
        ...(data.reverseReason === null ? [] : [`No reverse stress: ${data.reverseReason}.`]),
        ...(data.limitsBreachedNow.length > 0
          ? [`In breach before any shock: ${data.limitsBreachedNow.join(', ')}.`]
          : []),
        'basis rank: the contract at a rank against the one at that rank later, rolls included; spot: spot prices.',
        'proxied: a shock, or its decay along the curve, is another product’s. incomplete: a position has no shock.',
      ],
    },
  ]
}

/** Worst first; scenarios without a figure last. */
export function byLoss(scenarios: readonly StressScenario[]): StressScenario[] {
  return [...scenarios].sort((a, b) => (a.pnlUsd ?? Infinity) - (b.pnlUsd ?? Infinity))
}

/** What to know about a scenario's figure. */
export function marksOf({ proxied, complete }: StressScenario): string | null {
  const marks = [...(proxied ? ['proxied'] : []), ...(complete ? [] : ['incomplete'])]
  return marks.length === 0 ? null : marks.join(', ')
}

function breachesOf(before: readonly string[]): (scenario: StressScenario) => string | null {
  return ({ limitsBreached }) => {
    const added = limitsBreached.filter((name) => !before.includes(name))
    return added.length === 0 ? null : added.join(' ')
  }
}

function positionsSection({ name, positions }: StressScenario): Section {
  return {
    title: name,
    table: {
      length: positions.length,
      columns: [
        { name: 'position', kind: 'text', values: positions.map(({ position }) => position) },
        { name: 'lots', kind: 'number', digits: 0, signed: true, values: positions.map(({ lots }) => lots) },
        {
          name: 'change',
          header: 'price change',
          kind: 'number',
          digits: 4,
          signed: true,
          values: positions.map(({ priceChange }) => priceChange),
        },
        {
          name: 'price',
          header: 'shocked price',
          kind: 'number',
          digits: 4,
          values: positions.map(({ shockedPrice }) => shockedPrice),
        },
        {
          name: 'pnl',
          header: 'P&L USD',
          kind: 'number',
          digits: 0,
          signed: true,
          values: positions.map(({ pnlUsd }) => pnlUsd),
        },
        { name: 'note', kind: 'text', values: positions.map(({ note }) => note) },
      ],
    },
  }
}

function reverseSection({ limit, lossUsd, sigmas, moves }: StressReverse): Section {
  return {
    title: `Reverse stress: ${usdText(lossUsd)} (${limit}) is ${sigmas.toFixed(1)} daily standard deviations; the likeliest way to lose it`,
    table: {
      length: moves.length,
      columns: [
        { name: 'contract', kind: 'text', values: moves.map(({ contract }) => contract) },
        { name: 'lots', kind: 'number', digits: 0, signed: true, values: moves.map(({ lots }) => lots) },
        {
          name: 'change',
          header: 'price change',
          kind: 'number',
          digits: 4,
          signed: true,
          values: moves.map(({ priceChange }) => priceChange),
        },
        {
          name: 'percent',
          header: '%',
          kind: 'number',
          digits: 1,
          signed: true,
          values: moves.map(({ priceChangePercent }) => priceChangePercent),
        },
        {
          name: 'pnl',
          header: 'P&L USD',
          kind: 'number',
          digits: 0,
          signed: true,
          values: moves.map(({ pnlUsd }) => pnlUsd),
        },
      ],
    },
  }
}
