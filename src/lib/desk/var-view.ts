import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { VarComponent, VarData, VarResult } from '../documents/var.js'
import { usdText } from './usd-text.js'

/** One row a method and confidence. */
export function varTable({ results }: VarData): Table {
  const number = (name: keyof VarResult & string): Column => ({
    name,
    kind: 'number',
    values: results.map((row) => row[name] as number | null),
  })
  return {
    length: results.length,
    columns: [
      { name: 'method', kind: 'text', values: results.map(({ method }) => method) },
      number('confidence'),
      { name: 'horizonDays', kind: 'integer', values: results.map(({ horizonDays }) => horizonDays) },
      ...(['varUsd', 'esUsd', 'varPercent', 'esPercent', 'varStandardErrorUsd', 'esStandardErrorUsd'] as const).map(
        number,
      ),
      { name: 'scaling', kind: 'text', values: results.map(({ scaling }) => scaling) },
      { name: 'error', kind: 'text', values: results.map(({ error }) => error?.message ?? null) },
    ],
  }
}

type FigureName = 'varUsd' | 'esUsd' | 'varStandardErrorUsd' | 'esStandardErrorUsd'

/** A method a line, VaR and ES of each confidence side by side; then what the positions contribute. */
export function varView(data: VarData): Section[] {
  const { results, stressed, decomposition, components, unit } = data
  const confidences = [...new Set(results.map(({ confidence }) => confidence))]
  const methods = [...new Set(results.map(({ method }) => method))]
  const at = (rows: readonly VarResult[], method: string, confidence: number): VarResult | undefined =>
    rows.find((row) => row.method === method && row.confidence === confidence)
  const digits = figureDigits(data)
  const figures = (
    methods: string[],
    varName: FigureName,
    esName: FigureName,
    rows: readonly VarResult[] = results,
  ): Table => ({
    length: methods.length,
    columns: [
      { name: 'method', kind: 'text', values: methods },
      ...confidences.flatMap((confidence) =>
        [varName, esName].map((name, i): Column => {
          const label = i === 0 ? 'VaR' : 'ES'
          return {
            name: `${label.toLowerCase()}${confidence}`,
            header: `${label} ${percentText(confidence)}`,
            kind: 'number',
            digits,
            values: methods.map((method) => at(rows, method, confidence)?.[name] ?? null),
          }
        }),
      ),
    ],
  })
  const simulated = methods.filter((method) =>
    results.some((row) => row.method === method && row.varStandardErrorUsd !== null),
  )
  const days = results[0].horizonDays
  const notes = methods.flatMap((method) => {
    const rows = results.filter((row) => row.method === method)
    const lines = new Set(rows.flatMap((row) => [...row.notes, ...(row.error ? [row.error.message] : [])]))
    return [...lines].map((line) => (line.startsWith(method) ? line : `${method}: ${line}`))
  })
  const scalings = [...new Set(results.map(({ scaling }) => scaling))].filter((text) => text !== null)
  return [
    {
      title: `${data.name}: ${days === 1 ? 'one day' : `${days} days`} to lose, ${unit === 'USD' ? 'USD' : 'as a return'}, ${data.observations} observations ${data.from} to ${data.to}`,
      table: figures(methods, 'varUsd', 'esUsd'),
    },
    ...(simulated.length > 0
      ? [{ title: 'Standard errors', table: figures(simulated, 'varStandardErrorUsd', 'esStandardErrorUsd') }]
      : []),
    stressed.reason === null
      ? {
          title: `The same from ${stressed.from} to ${stressed.to}, ${stressed.observations} observations`,
          table: figures(methods, 'varUsd', 'esUsd', stressed.results),
        }
      : { lines: [`No stressed figures: ${stressed.reason}.`] },
    ...(decomposition && components.length > 1
      ? [
          {
            title: `Normal VaR ${percentText(decomposition.confidence)} of ${usdText(decomposition.varUsd)}, undiversified ${usdText(decomposition.undiversifiedUsd)}`,
            table: componentTable(components, digits),
          },
          ...(decomposition.groups.length > 0 ? [{ title: 'By group', table: groupTable(decomposition.groups) }] : []),
        ]
      : []),
    ...(notes.length > 0 ? [{ title: 'Notes', lines: notes }] : []),
    {
      lines: [
        `Losses positive. P&L from ${data.mode} price changes${unit === 'USD' ? `, gross notional ${usdText(data.grossNotionalUsd)}` : ''}${data.zeroMean ? ', mean dropped' : ''}.`,
        ...(days === 1 ? [] : scalings.map((scaling) => `Horizon: ${scaling}.`)),
        ...data.stalePositions.map(
          ({ position, lastSettlement }) => `Stale: ${position} last settled on ${lastSettlement}.`,
        ),
      ],
    },
  ]
}

/** Whole dollars for a desk's book; cents and less for one lot of a column without a --multiplier. */
function figureDigits({ unit, results }: VarData): number {
  if (unit !== 'USD') return 5
  const largest = Math.max(...results.map(({ varUsd }) => Math.abs(varUsd ?? 0)))
  return largest >= 1000 ? 0 : largest >= 10 ? 2 : 4
}

function componentTable(components: readonly VarComponent[], digits: number): Table {
  const usd = (name: keyof VarComponent & string, header: string): Column => ({
    name,
    header,
    kind: 'number',
    digits,
    values: components.map((row) => row[name] as number | null),
  })
  return {
    length: components.length,
    columns: [
      { name: 'position', kind: 'text', values: components.map(({ position }) => position) },
      usd('exposureUsd', 'exposure'),
      { name: 'marginal', kind: 'number', digits: 4, values: components.map(({ marginal }) => marginal) },
      usd('componentUsd', 'component'),
      usd('incrementalUsd', 'incremental'),
      usd('standaloneUsd', 'alone'),
      usd('tailLossUsd', 'tail loss'),
    ],
  }
}

function groupTable(groups: NonNullable<VarData['decomposition']>['groups']): Table {
  return {
    length: groups.length,
    columns: [
      { name: 'by', kind: 'text', values: groups.map(({ by }) => by) },
      { name: 'group', kind: 'text', values: groups.map(({ group }) => group) },
      { name: 'positions', kind: 'integer', values: groups.map(({ positions }) => positions) },
      {
        name: 'componentUsd',
        header: 'component',
        kind: 'number',
        digits: 0,
        values: groups.map((row) => row.componentUsd),
      },
      {
        name: 'tailLossUsd',
        header: 'tail loss',
        kind: 'number',
        digits: 0,
        values: groups.map((row) => row.tailLossUsd),
      },
    ],
  }
}

/** 0.975 → "97.5 %". */
export function percentText(confidence: number): string {
  return `${Number((100 * confidence).toFixed(6))} %`
}
