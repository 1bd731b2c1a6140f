import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import { LEAN_METRICS } from '../backtest/lean/lean-metrics.js'
import type { OptimizeData, OptimizeResult } from '../documents/optimize.js'
import { count } from '../optimize/overfitting/verdict.js'
import type { OptimizeAnswer } from './optimize-on.js'

/** One row a cell: its parameters, score and metrics. */
export function cellsTable({ cells, scores, metrics, data }: OptimizeAnswer): Table {
  const width = LEAN_METRICS.length
  const column = (i: number): Float64Array => {
    const values = new Float64Array(cells.length)
    for (let cell = 0; cell < values.length; cell++) values[cell] = metrics[cell * width + i]
    return values
  }
  return {
    length: cells.length,
    columns: [
      { name: 'cell', kind: 'integer', values: cells.map((_, cell) => cell) },
      ...data.search.dimensions.map(({ name }): Column => {
        const values = cells.map((one) => one[name])
        return values.every((value) => typeof value === 'number')
          ? { name, kind: 'number', values }
          : { name, kind: 'text', values: values.map(String) }
      }),
      { name: 'score', kind: 'number', values: scores },
      ...LEAN_METRICS.map((name, i): Column => ({
        name,
        kind: 'number',
        values: column(i),
      })),
    ],
  }
}

const DIGITS = { sharpe: 2, cagr: 3, maxDrawdown: 3, trades: 0, netProfitUsd: 0 } as const
const SHOWN = ['sharpe', 'cagr', 'maxDrawdown', 'trades', 'netProfitUsd'] as const

/** The verdict first: what to believe, then what was found. */
export function optimizeView(data: OptimizeResult): Section[] {
  const { best, outOfSample, verdict, overfitting: o, search, folds, sample } = data
  const searched = search.dimensions.filter(({ values }) => values === null || values.length > 1)
  const parameterText = (parameters: Record<string, number | string>): string =>
    searched.map(({ name }) => `${name} ${parameters[name]}`).join(', ') || 'no parameter was searched'
  return [
    {
      title: `${verdict.level.toUpperCase()}: ${verdict.headline}`,
      lines: verdict.reasons.map((reason) => `- ${reason}`),
    },
    {
      title: `${data.strategy.name} on ${data.instrument}, ${count(search.cells)} cells, ${sample.from} to ${sample.to}`,
      lines: [
        `Best in sample: ${parameterText(best.parameters)}`,
        ...(search.excluded > 0
          ? [
              search.excluded === 1
                ? '1 combination is excluded'
                : `${count(search.excluded)} combinations are excluded`,
            ]
          : []),
      ],
      table: {
        length: SHOWN.length,
        columns: [
          { name: 'metric', kind: 'text', values: SHOWN },
          {
            name: 'inSample',
            header: 'best, in sample',
            kind: 'number',
            digits: SHOWN.map((name) => DIGITS[name]),
            values: SHOWN.map((name) => best.metrics[name]),
          },
          {
            name: 'outOfSample',
            header: 'walking forward',
            kind: 'number',
            digits: SHOWN.map((name) => DIGITS[name]),
            values: SHOWN.map((name) => outOfSample?.metrics[name] ?? null),
          },
        ],
      },
    },
    ...(folds.length > 0
      ? [
          {
            title: `Folds (${data.walkForward.mode})`,
            table: {
              length: folds.length,
              columns: [
                {
                  name: 'search',
                  kind: 'text' as const,
                  values: folds.map(({ train }) => `${train.from} – ${train.to}`),
                },
                { name: 'test', kind: 'text' as const, values: folds.map(({ test }) => `${test.from} – ${test.to}`) },
                {
                  name: 'chosen',
                  kind: 'text' as const,
                  values: folds.map(({ parameters }) => parameterText(parameters)),
                },
                {
                  name: 'sharpeIn',
                  header: 'Sharpe in',
                  kind: 'number' as const,
                  digits: 2,
                  values: folds.map(({ inSample }) => inSample['sharpe']),
                },
                {
                  name: 'sharpeOut',
                  header: 'Sharpe out',
                  kind: 'number' as const,
                  digits: 2,
                  values: folds.map((fold) => fold.outOfSample['sharpe']),
                },
                {
                  name: 'profitOut',
                  header: 'profit out',
                  kind: 'number' as const,
                  digits: 0,
                  signed: true,
                  values: folds.map((fold) => fold.outOfSample['netProfitUsd']),
                },
              ],
            },
          },
        ]
      : []),
    { title: 'How much is owed to the search', table: evidence(o) },
    ...(data.crossValidation === null ? [] : [crossValidated(data.crossValidation, parameterText)]),
    ...(data.front.length === 0 ? [] : [frontSection(data, parameterText)]),
    {
      title: 'Best cells in sample',
      table: {
        length: data.top.length,
        columns: [
          { name: 'parameters', kind: 'text', values: data.top.map(({ parameters }) => parameterText(parameters)) },
          ...SHOWN.map((name): Column => ({
            name,
            kind: 'number',
            digits: DIGITS[name],
            values: data.top.map(({ metrics }) => metrics[name]),
          })),
        ],
      },
    },
  ]
}

const WHOLE = new Set(['trials', 'record needed'])

function evidence(o: OptimizeResult['overfitting']): Table {
  const rows: [string, number | null, string][] = [
    ['trials', o.trials, `worth ${o.effectiveTrials.toFixed(1)} independent ones`],
    ['Sharpe of the chosen', o.sharpe, 'a year, in sample'],
    ['expected of the luckiest', o.expectedMaximumSharpe, 'Sharpe of the best of so many without skill'],
    ['deflated Sharpe', o.deflatedSharpe, 'probability that the true one is above that'],
    ['PBO', o.pbo, o.reasons['pbo'] ?? `probability of over-fitting, ${count(o.splits)} splits`],
    ['reality check p', o.realityCheckP, 'White: the best is no better than nothing'],
    ['SPA p', o.spaP, 'Hansen, consistent'],
    ['haircut Sharpe', o.haircut?.bhy.sharpe ?? null, 'Benjamini–Hochberg–Yekutieli'],
    ['record needed', o.minimumTrackRecordBars, `bars to tell it from zero; there are ${count(o.bars)}`],
  ]
  return {
    length: rows.length,
    columns: [
      { name: 'figure', kind: 'text', values: rows.map(([name]) => name) },
      {
        name: 'value',
        kind: 'number',
        digits: rows.map(([name]) => (WHOLE.has(name) ? 0 : 3)),
        values: rows.map(([, value]) => value),
      },
      { name: 'is', kind: 'text', values: rows.map(([, , words]) => words) },
    ],
  }
}

const MOST_OF_FRONT = 20

/** Cells that none beats in all goals. */
function frontSection(
  { front, objective }: OptimizeResult,
  parameterText: (parameters: Record<string, number | string>) => string,
): Section {
  const shown = front.slice(0, MOST_OF_FRONT)
  return {
    title: `Front: ${front.length} ${front.length === 1 ? 'cell' : 'cells'} that none beats in all of ${objective.goals.map(({ metric, direction }) => `${direction} ${metric}`).join(', ')}`,
    lines: shown.length < front.length ? [`the first ${shown.length} of them; --json has all`] : [],
    table: {
      length: shown.length,
      columns: [
        { name: 'parameters', kind: 'text', values: shown.map(({ parameters }) => parameterText(parameters)) },
        ...objective.goals.map(({ metric }): Column => ({
          name: metric,
          kind: 'number',
          digits: 4,
          values: shown.map(({ metrics }) => metrics[metric]),
        })),
      ],
    },
  }
}

/** Histories that are made of tests alone, and what was chosen for them. */
function crossValidated(
  { groups, testGroups, splits, paths, choices, ...spread }: NonNullable<OptimizeResult['crossValidation']>,
  parameterText: (parameters: Record<string, number | string>) => string,
): Section {
  const names = ['min', 'p5', 'median', 'p95', 'max', 'lossShare'] as const
  return {
    title: `Combinatorial purged cross-validation: Sharpe ratio of ${paths.length} paths out of sample`,
    lines: [
      `${splits} splits of ${groups} stretches, ${testGroups} tested at a time; most often chosen: ${choices
        .slice(0, 3)
        .map(({ parameters, splits: times }) => `${parameterText(parameters)} (${times})`)
        .join('; ')}`,
    ],
    table: {
      length: 1,
      columns: names.map((name) => ({ name, kind: 'number', digits: 2, values: [spread[name]] })),
    },
  }
}

/** One row: what a search would compute. */
export function sizeTable(size: Extract<OptimizeData, { dryRun: true }>): Table {
  const names = ['cells', 'excluded', 'kept', 'bars', 'folds', 'runs'] as const
  return { length: 1, columns: names.map((name) => ({ name, kind: 'integer', values: [size[name]] })) }
}

/** One row: what a shard computed. */
export function shardTable(data: Extract<OptimizeData, { shard: number }>): Table {
  const names = ['shard', 'of', 'cells', 'total'] as const
  return {
    length: 1,
    columns: [
      ...names.map((name): Column => ({ name, kind: 'integer', values: [data[name]] })),
      { name: 'identity', kind: 'text', values: [data.identity] },
    ],
  }
}
