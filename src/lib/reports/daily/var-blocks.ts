import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import type { VarBacktestData } from '../../documents/var-backtest.js'
import type { VarData, VarResult } from '../../documents/var.js'
import type { Block, Cell, Tone } from '../blocks.js'
import { number, percent, text, usd } from './cells.js'

const LIGHT: Readonly<Record<string, Tone>> = { green: 'ok', yellow: 'warning', red: 'breach' }

function at(results: readonly VarResult[], method: string, confidence: number): VarResult | undefined {
  return results.find((row) => row.method === method && row.confidence === confidence)
}

/** The figure of the headline: one day at 95 %, historical where there is one. */
export function headlineVar(data: VarData | null): VarResult | null {
  const one = data?.results.filter((row) => row.confidence === 0.95 && row.horizonDays === 1 && row.varUsd !== null) ?? []
  return one.find(({ method }) => method === 'historical') ?? one[0] ?? null
}

export function varBlocks(data: VarData, previous: VarData | null): Block[] {
  const methods = [...new Set(data.results.map(({ method }) => method))]
  const confidences = [...new Set(data.results.map(({ confidence }) => confidence))].sort()
  const headline = headlineVar(data)
  const before = headlineVar(previous)
  const moved =
    headline?.varUsd != null && before?.varUsd != null
      ? Math.round(headline.varUsd - before.varUsd) === 0 ? ' Unchanged since the settlement before.' : ` ${usd(headline.varUsd - before.varUsd, true)} since the settlement before.`
      : ''
  const figures = (results: readonly VarResult[], label: string, method: string): Cell[] => [
    text(label),
    ...confidences.flatMap((confidence) => {
      const row = at(results, method, confidence)
      return [number(row?.varUsd ?? null, 0, row?.error?.message), number(row?.esUsd ?? null, 0)]
    }),
  ]
  const { stressed, decomposition } = data
  const groups = decomposition?.groups.filter(({ by }) => by === 'instrument' || by === 'strategy') ?? []
  return [
    { kind: 'heading', text: 'Value at risk' },
    {
      kind: 'text',
      text: `One day, ${headline === null ? 'no figure' : `95 % ${headline.method}: ${usd(headline.varUsd)}, expected shortfall ${usd(headline.esUsd)}`}.${moved} ${data.observations} daily changes from ${dateText(data.from)} to ${dateText(data.to)}.`,
    },
    {
      kind: 'table',
      caption: 'VaR and expected shortfall (ES), USD, losses positive',
      columns: [
        { header: 'method', text: true },
        ...confidences.flatMap((confidence) => [
          { header: `VaR ${percent(confidence, confidence === 0.975 ? 1 : 0)}` },
          { header: `ES ${percent(confidence, confidence === 0.975 ? 1 : 0)}` },
        ]),
      ],
      rows: [
        ...methods.map((method) => figures(data.results, method, method)),
        ...(stressed.results.length > 0
          ? [...new Set(stressed.results.map(({ method }) => method))].map((method) =>
              figures(stressed.results, `${method}, stressed ${stressed.from.slice(0, 7)} to ${stressed.to.slice(0, 7)}`, method),
            )
          : []),
      ],
    },
    ...(decomposition === null
      ? []
      : [
          { kind: 'chart' as const, id: 'components' },
          {
            kind: 'table' as const,
            caption: `Contributions to the normal VaR of ${percent(decomposition.confidence)}; they add up to ${usd(decomposition.varUsd)}, diversification took ${usd(decomposition.diversificationUsd)}`,
            columns: [
              { header: 'group', text: true },
              { header: 'by', text: true },
              { header: 'component USD' },
              { header: 'share' },
              { header: 'tail loss USD' },
            ],
            rows: groups.map((row) => [
              text(row.group),
              text(row.by),
              text(numberText(row.componentUsd, 0, true)),
              text(percent(row.componentUsd / decomposition.varUsd)),
              number(row.tailLossUsd, 0),
            ]),
          },
        ]),
  ]
}

export function varBacktestBlocks(data: VarBacktestData): Block[] {
  const count = data.series?.dates.length
  return [
    { kind: 'heading', text: 'Were the forecasts right?' },
    ...(count === undefined ? [] : [{ kind: 'chart' as const, id: 'var-backtest' }]),
    {
      kind: 'table',
      caption: `Forecasts of one day from ${data.window} returns, ${dateText(data.from)} to ${dateText(data.to)}`,
      columns: [
        { header: 'method', text: true },
        { header: 'confidence' },
        { header: 'exceptions' },
        { header: 'expected' },
        { header: 'Kupiec p' },
        { header: 'cond. coverage p' },
        { header: 'light', text: true },
      ],
      rows: data.results.map((row) => [
        text(row.method),
        text(percent(row.confidence)),
        number(row.exceptions, 0),
        number(row.expectedExceptions, 1),
        number(row.kupiecP, 3),
        number(row.conditionalCoverageP, 3),
        row.trafficLight === null
          ? text(row.error?.message ?? '–')
          : {
              text: `${row.trafficLight} (${row.trafficLightExceptions}${row.trafficLightRule === 'basel' ? ' of 250' : ''})`,
              tone: LIGHT[row.trafficLight],
            },
      ]),
    },
    {
      kind: 'text',
      muted: true,
      text: `Last losses beyond a forecast: ${
        [...data.exceptionDays]
          .sort((a, b) => (a.date < b.date ? 1 : -1))
          .slice(0, 3)
          .map(({ date, pnlUsd }) => `${dateText(date)} (${numberText(pnlUsd, 0, true)})`)
          .join(', ') || 'none'
      }.`,
    },
  ]
}
