import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type {
  ProductPerformanceRow,
  SignalPerformanceRow,
  SignalsPerformanceData,
} from '../documents/signals-performance.js'

type Horizon = SignalPerformanceRow['horizons'][number]

/** One row a product, signal and horizon. */
export function signalsPerformanceTable({ products }: SignalsPerformanceData): Table {
  const rows = products.flatMap((product) =>
    product.signals.flatMap((signal) => signal.horizons.map((horizon) => ({ product, signal, horizon }))),
  )
  const number = (name: keyof Horizon & string): Column => ({
    name,
    kind: 'number',
    values: rows.map(({ horizon }) => horizon[name] as number | null),
  })
  return {
    length: rows.length,
    columns: [
      { name: 'product', kind: 'text', values: rows.map(({ product }) => product.product) },
      { name: 'signal', kind: 'text', values: rows.map(({ signal }) => signal.name) },
      { name: 'family', kind: 'text', values: rows.map(({ signal }) => signal.family) },
      { name: 'horizonDays', kind: 'integer', values: rows.map(({ horizon }) => horizon.horizonDays) },
      { name: 'observations', kind: 'integer', values: rows.map(({ horizon }) => horizon.observations) },
      ...(
        [
          'hitRate',
          'informationCoefficient',
          'icT',
          'meanPnlUsdPerLot',
          'pnlT',
          'pnlLowUsd',
          'pnlHighUsd',
          'buyAndHoldUsdPerLot',
        ] as const
      ).map(number),
      { name: 'coinFlipP', kind: 'number', values: rows.map(({ horizon }) => horizon.coinFlip.p) },
    ],
  }
}

/** The main horizon of each signal side by side; then whether confidence means anything. */
export function signalsPerformanceView(data: SignalsPerformanceData): Section[] {
  return [
    ...data.products.flatMap((product) => [
      mainTable(product, data.mainHorizonDays),
      ...calibration(product, data.mainHorizonDays),
    ]),
    {
      lines: [
        `${data.basis === 'replayed' ? 'Replayed as of each day with what was known then' : 'As it was said: signals log'}; entered at the settlement of the decision day, no costs.`,
        `t-statistics take the overlap of horizons into account; low and high: 95 % by block bootstrap; coin: share of ${data.assumptions.draws} coins that did as well. docs/signals-performance.md`,
      ],
    },
  ]
}

function mainTable({ name, signals, from, to, days, missing }: ProductPerformanceRow, main: number): Section {
  const rows = signals.flatMap((signal) => {
    const horizon = signal.horizons.find(({ horizonDays }) => horizonDays === main) ?? signal.horizons[0]
    return horizon === undefined ? [] : [{ signal, horizon }]
  })
  const number = (
    name: string,
    header: string,
    digits: number,
    valueOf: (row: (typeof rows)[number]) => number | null,
    signed = false,
  ): Column => ({ name, header, kind: 'number', digits, signed, values: rows.map(valueOf) })
  return {
    title: `${name}: ${main} days ahead, ${days} decision days from ${from} to ${to}`,
    table: {
      length: rows.length,
      columns: [
        { name: 'signal', kind: 'text', values: rows.map(({ signal }) => signal.name) },
        { name: 'days', kind: 'integer', values: rows.map(({ horizon }) => horizon.observations) },
        number('hit', 'hit %', 1, ({ horizon }) => (horizon.hitRate === null ? null : 100 * horizon.hitRate)),
        number('ic', 'IC', 3, ({ horizon }) => horizon.informationCoefficient, true),
        number('icT', 'IC t', 1, ({ horizon }) => horizon.icT, true),
        number('pnl', 'USD/lot', 0, ({ horizon }) => horizon.meanPnlUsdPerLot, true),
        number('low', 'low', 0, ({ horizon }) => horizon.pnlLowUsd, true),
        number('high', 'high', 0, ({ horizon }) => horizon.pnlHighUsd, true),
        number('held', 'buy and hold', 0, ({ horizon }) => horizon.buyAndHoldUsdPerLot, true),
        number('coin', 'coin p', 3, ({ horizon }) => horizon.coinFlip.p),
        number('changes', 'changes/yr', 0, ({ signal }) => signal.turnover.changesPerYear),
      ],
    },
    lines: missing.map(({ name: one, reason }) => `without ${one}: ${reason}`),
  }
}

function calibration({ name, signals }: ProductPerformanceRow, main: number): Section[] {
  const composite = signals.find((signal) => signal.name === 'composite') ?? signals[0]
  if (composite === undefined || composite.calibration.length === 0) return []
  const rows = composite.calibration
  return [
    {
      title: `${name}: does confidence of ${composite.name} mean more hits, ${main} days ahead?`,
      table: {
        length: rows.length,
        columns: [
          { name: 'confidence', kind: 'text', values: rows.map(({ group }) => group) },
          { name: 'days', kind: 'integer', values: rows.map(({ observations }) => observations) },
          {
            name: 'hit',
            header: 'hit %',
            kind: 'number',
            digits: 1,
            values: rows.map(({ hitRate }) => (hitRate === null ? null : 100 * hitRate)),
          },
          {
            name: 'pnl',
            header: 'USD/lot',
            kind: 'number',
            digits: 0,
            signed: true,
            values: rows.map(({ meanPnlUsdPerLot }) => meanPnlUsdPerLot),
          },
        ],
      },
    },
  ]
}
