import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import type { BacktestHistory } from '../../desk/backtest-history.js'
import type { Provenance } from '../../market/dataset.js'
import { chartFigure, type ReportChart } from '../chart-figure.js'
import { type Markup, markup, NOTHING } from '../markup.js'
import { reportPage } from '../report-page.js'
import { simulatedBanner } from '../simulated-banner.js'
import { sourcesSection } from '../sources-section.js'
import { warningsSection } from '../warnings-section.js'
import { backtestName } from './backtest-chart.js'
import { chanceSection } from './chance-section.js'
import { costsSection } from './costs-section.js'
import { equitySection, monthsSection } from './equity-section.js'
import { metricsSection } from './metrics-section.js'
import { regimesSection } from './regimes-section.js'
import { rulesSection } from './rules-section.js'
import { tradesSection } from './trades-section.js'

export interface BacktestReportInput {
  readonly history: BacktestHistory
  readonly charts: readonly ReportChart[]
  readonly inputs: readonly Provenance[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

/**
 * One back-test as one HTML file: no script, no network, light and dark, fit for paper. A pure function of the run and of what
 * its document says was read: two equal runs give two equal files.
 */
export function backtestReport({ history, charts, inputs, warnings }: BacktestReportInput): string {
  const { data } = history
  const name = backtestName(history)
  const title = headline(history)
  const simulated = history.simulated || inputs.some((series) => series.simulated)
  const body = [
    simulatedBanner(inputs),
    markup`<header>
<p class="muted">Back-test, ${dateText(data.first)} to ${dateText(data.last)}</p>
<h1>${unbroken(title)}</h1>
<ul class="lead">${findings(history).map((finding) => markup`<li>${unbroken(finding)}</li>`)}</ul>
${assertionBadges(history)}</header>
`,
    equitySection(history, charts),
    monthsSection(history, charts),
    markup`<section><h2>Rolling Sharpe ratio</h2>
${chartFigure(charts, 'rolling-sharpe')}</section>
`,
    tradesSection(history, charts),
    costsSection(history, charts),
    regimesSection(data),
    chanceSection(history, charts),
    metricsSection(data),
    rulesSection(data),
    warningsSection(warnings),
    inputs.length > 0 ? sourcesSection(inputs) : NOTHING,
  ]
  return reportPage({ title: `Back-test: ${name}`, description: title, simulated, body })
}

/** A number stays on one line with its thousands and its sign of per cent. */
function unbroken(text: string): string {
  return text.replaceAll('\u2009', '\u202f').replaceAll(' %', '\u00a0%')
}

const percent = (fraction: number | null | undefined, digits: number, signed = false): string =>
  fraction === null || fraction === undefined ? '–' : `${numberText(100 * fraction, digits, signed)} %`

const usd = (value: number): string => numberText(value, 0)

function headline(history: BacktestHistory): string {
  const { metrics, ruin, equity } = history.data
  const name = backtestName(history)
  if (ruin) return `${name} was ruined on ${dateText(ruin.date)}: ${usd(equity.initial)} USD became ${usd(equity.final)}`
  const verb = (metrics['totalReturn'] ?? 0) < 0 ? 'lost' : 'earned'
  const parts = [
    ...(metrics['cagr'] === null ? [] : [`${percent(metrics['cagr'], 2, true)} a year`]),
    ...(metrics['sharpe'] === null ? [] : [`Sharpe ${numberText(metrics['sharpe'], 2)}`]),
    `deepest drawdown ${percent(metrics['maxDrawdown'], 1)}`,
  ]
  return `${name} ${verb} ${percent(Math.abs(metrics['totalReturn'] ?? 0), 1)}: ${parts.join(', ')}`
}

/** What a reader must know before the pictures. */
function findings({ data, cone }: BacktestHistory): string[] {
  const { metrics, equity, costs, trades, lookAhead, ruin, instruments } = data
  const { barsPerYear } = data.settings
  const years = (data.bars - 1) / barsPerYear
  const record = metrics['minimumTrackRecordBars'] ?? null
  return [
    `${numberText(equity.initial, 0)} USD became ${numberText(equity.final, 0)} over ${numberText(data.bars, 0)} bars (${numberText(years, years < 1 ? 2 : 1)} years of ${numberText(barsPerYear, 0)}): ${trades.count === 0 ? 'no closed trade' : `${numberText(trades.count, 0)} ${trades.count === 1 ? 'trade' : 'trades'}, ${percent(metrics['winRate'], 0)} won`}, in the market ${percent(metrics['exposure'], 0)} of the time.`,
    ...(ruin ? [`RUIN on ${dateText(ruin.date)}: equity fell to ${numberText(ruin.equityUsd, 0)} USD and the run stops there.`] : []),
    costs.grossProfitUsd < 0
      ? `Costs of ${usd(costs.totalUsd)} USD came on top of a gross loss of ${usd(-costs.grossProfitUsd)} USD.`
      : `Costs took ${usd(costs.totalUsd)} USD of a gross profit of ${usd(costs.grossProfitUsd)} USD.`,
    `The true Sharpe ratio is above zero with probability ${percent(metrics['probabilisticSharpe'], 0)}${record === null ? '' : `; 95 % would need a record of ${numberText(record, 0)} bars like these`}.`,
    ...(cone
      ? [
          `Of ${numberText(cone.summary.paths, 0)} histories drawn from its own bars, ${percent(cone.summary.probabilityOfLoss, 0)} end in a loss and one in twenty has a drawdown of ${percent(cone.summary.maxDrawdown.p5, 1)} or deeper.`,
        ]
      : []),
    lookAhead.checkedBars.length > 0
      ? `Look-ahead guard passed: the past came out the same with the future cut off on ${lookAhead.checkedBars.length} dates.`
      : 'Look-ahead guard: too few bars to check.',
    ...instruments.flatMap(({ name, openPosition }) =>
      openPosition
        ? [
            `${ruin ? 'At the end' : 'Still'} ${openPosition.lots > 0 ? 'long' : 'short'} ${numberText(Math.abs(openPosition.lots), 0)} ${Math.abs(openPosition.lots) === 1 ? 'lot' : 'lots'} of ${name} since ${dateText(openPosition.entry)}, marked at ${numberText(openPosition.profitUsd, 0, true)} USD.`,
          ]
        : [],
    ),
  ]
}

function assertionBadges({ data: { assertions } }: BacktestHistory): Markup {
  if (assertions.length === 0) return NOTHING
  const badges = assertions.map(({ assertion, holds, value }) => {
    const shown = value === null ? 'undefined' : String(Number(value.toPrecision(4)))
    return markup`<span class="badge ${holds ? 'ok' : 'breach'}">${holds ? 'holds' : 'fails'}: ${assertion} (${shown})</span> `
  })
  return markup`<p class="badges">${badges}</p>\n`
}
