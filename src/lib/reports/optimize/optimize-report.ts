import { dateText } from '../../charts/date-text.js'
import { MINUS } from '../../charts/number-text.js'
import type { SearchLandscape } from '../../desk/search-landscape.js'
import type { OptimizeResult } from '../../documents/optimize.js'
import type { Provenance } from '../../market/dataset.js'
import { chartFigure, type ReportChart } from '../chart-figure.js'
import { type Markup, markup, NOTHING } from '../markup.js'
import { metricText } from '../metric-text.js'
import { reportPage } from '../report-page.js'
import { headCell, reportTable } from '../report-table.js'
import { simulatedBanner } from '../simulated-banner.js'
import { sourcesSection } from '../sources-section.js'
import { warningsSection } from '../warnings-section.js'
import { bestSection } from './best-section.js'
import { foldsSection } from './folds-section.js'
import { searchName } from './optimize-chart.js'
import { overfittingSection } from './overfitting-section.js'
import { searchSection } from './search-section.js'

export interface OptimizeReportInput {
  readonly landscape: SearchLandscape
  readonly charts: readonly ReportChart[]
  readonly inputs: readonly Provenance[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

const LEVELS: Readonly<Record<OptimizeResult['verdict']['level'], string>> = {
  rejected: 'breach',
  unproven: 'unknown',
  untestable: 'unknown',
  survives: 'ok',
}

/**
 * One search as one HTML file: no script, no network, light and dark, fit for paper; the verdict first. A pure function of the search
 * and of what its document says was read: two equal searches give two equal files.
 */
export function optimizeReport({ landscape, charts, inputs, warnings }: OptimizeReportInput): string {
  const { data } = landscape
  const { verdict, sample } = data
  const name = searchName(data)
  const simulated = landscape.simulated || inputs.some((series) => series.simulated)
  const body = [
    simulatedBanner(inputs),
    markup`<header>
<p class="muted">Search of parameters, ${dateText(sample.from)} to ${dateText(sample.to)}</p>
<h1>${name}: ${unbroken(verdict.headline)}</h1>
<p class="badges"><span class="badge ${LEVELS[verdict.level]}">${verdict.level.toUpperCase()}</span>${assertionBadges(data)}</p>
<ul class="lead">${verdict.reasons.map((reason) => markup`<li>${unbroken(reason)}</li>`)}</ul>
</header>
`,
    bestSection(data),
    markup`<section><h2>How the parameters came out</h2>
${chartFigure(charts, 'map')}${chartFigure(charts, 'slices')}</section>
`,
    foldsSection(data, charts),
    overfittingSection(data, charts),
    metricsSection(data),
    searchSection(data),
    warningsSection(warnings),
    inputs.length > 0 ? sourcesSection(inputs) : NOTHING,
  ]
  return reportPage({ title: `Search: ${name}`, description: verdict.headline, simulated, body })
}

/** A number stays on one line with its sign of per cent, and has a minus. */
function unbroken(text: string): string {
  return text.replaceAll(' %', '\u00a0%').replaceAll(/(?<!\d)-(?=\d)/g, MINUS)
}

function assertionBadges({ assertions }: OptimizeResult): Markup[] {
  return assertions.map(({ assertion, holds, value }) => {
    const shown = value === null ? 'undefined' : String(Number(value.toPrecision(4)))
    return markup` <span class="badge ${holds ? 'ok' : 'breach'}">${holds ? 'holds' : 'fails'}: ${assertion} (${shown})</span>`
  })
}

/** Every metric of the best cell and of the chained tests, with its convention. */
function metricsSection({ best, outOfSample, conventions }: OptimizeResult): Markup {
  const rows = Object.entries(best.metrics).map(
    ([name, value]) =>
      markup`${[
        markup`<th scope="row"><code>${name}</code></th>`,
        markup`<td>${metricText(value)}</td>`,
        markup`<td>${metricText(outOfSample?.metrics[name] ?? null)}</td>`,
        markup`<td class="text wrap">${conventions[name] ?? ''}</td>`,
      ]}`,
  )
  const rules = Object.entries(conventions)
    .filter(([name]) => !(name in best.metrics))
    .map(([name, words]) => markup`${[headCell(name), markup`<td class="text wrap">${words}</td>`]}`)
  return markup`<section><h2>Metrics and conventions</h2>
${reportTable(
  'Fractions are not per cent; a dash is undefined',
  [{ header: 'metric', text: true }, { header: 'best, in sample' }, { header: 'walking forward' }, { header: 'convention', text: true }],
  rows,
)}${reportTable('How it was traded', [{ header: 'rule', text: true }, { header: '', text: true }], rules)}</section>
`
}
