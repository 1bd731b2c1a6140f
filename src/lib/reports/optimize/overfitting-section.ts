import { numberText } from '../../charts/number-text.js'
import type { OptimizeResult } from '../../documents/optimize.js'
import { chartFigure, type ReportChart } from '../chart-figure.js'
import { type Markup, markup, NOTHING } from '../markup.js'
import { headCell, numberCell, reportTable } from '../report-table.js'
import { searchedText } from './optimize-chart.js'

/** How much of the best result is owed to the search, each figure with its convention. */
export function overfittingSection(data: OptimizeResult, charts: readonly ReportChart[]): Markup {
  const o = data.overfitting
  const rows: [name: string, value: number | null, digits: number, words: string][] = [
    ['trials', o.trials, 0, `all cells that were tried; worth about ${numberText(o.effectiveTrials, 0)} independent ones by their mean correlation`],
    ['sharpe', o.sharpe, 2, 'a year, of the chosen cell, in sample, risk-free rate 0'],
    ['medianSharpe', o.medianSharpe, 2, 'of all cells that traded: what parameters without any choice would show'],
    ['expectedMaximumSharpe', o.expectedMaximumSharpe, 2, 'what the luckiest of so many cells without skill is expected to show (Bailey, López de Prado 2014)'],
    ['probabilisticSharpe', o.probabilisticSharpe, 3, 'probability that the true Sharpe ratio is above 0, as if nothing had been chosen'],
    ['deflatedSharpe', o.deflatedSharpe, 3, 'probability that it is above expectedMaximumSharpe; 0.95 is wanted'],
    ['deflatedSharpeEffective', o.deflatedSharpeEffective, 3, 'the same with the independent trials only'],
    ['pbo', o.pbo, 3, 'probability of back-test over-fitting: the best in one half was not above the median in the other (Bailey et al. 2017); at most 0.2 is wanted'],
    ['probabilityOfLoss', o.probabilityOfLoss, 3, 'share of the splits in which the best of one half lost money in the other'],
    ['realityCheckP', o.realityCheckP, 3, 'White (2000): p of a best result as good as this where nothing has an edge'],
    ['spaP', o.spaP, 3, 'Hansen (2005), consistent: the same, not dulled by poor cells; at most 0.05 is wanted'],
    ['haircut.bhy.sharpe', o.haircut?.bhy.sharpe ?? null, 2, 'Sharpe ratio after the haircut for so many tests (Harvey, Liu 2015; Benjamini, Hochberg, Yekutieli)'],
    ['minimumTrackRecordBars', o.minimumTrackRecordBars, 0, `returns needed to tell the Sharpe ratio from 0 with 95 % confidence; there are ${numberText(o.bars, 0)}`],
    ['minimumTrackRecordBarsDeflated', o.minimumTrackRecordBarsDeflated, 0, 'the same to tell it from the luck of the search'],
  ]
  const cells = rows.map(
    ([name, value, digits, words]) =>
      markup`${[
        markup`<th scope="row"><code>${name}</code></th>`,
        markup`<td>${numberText(value, digits)}</td>`,
        markup`<td class="text wrap">${value === null && o.reasons[name] !== undefined ? `${o.reasons[name]}; ` : ''}${words}</td>`,
      ]}`,
  )
  return markup`<section><h2>How much is owed to the search</h2>
${reportTable('A dash is undefined, and its reason stands beside it', [{ header: 'figure', text: true }, { header: 'value' }, { header: 'is', text: true }], cells)}<h3>In sample against out of sample</h3>
${chartFigure(charts, 'scatter')}<p class="muted">Both halves make one history, so that what the one has the other lacks: where all cells are alike, the line falls without any over-fitting. Read it beside the share of the splits that lose.</p>
<h3>Where the best in sample ranked out of sample</h3>
${chartFigure(charts, 'logits')}${data.crossValidation === null ? NOTHING : crossValidated(data, data.crossValidation)}</section>
`
}

/** Histories that are made of tests alone. */
function crossValidated(data: OptimizeResult, found: NonNullable<OptimizeResult['crossValidation']>): Markup {
  const { groups, testGroups, splits, paths, choices, purge, embargo } = found
  const spread = ['min', 'p5', 'median', 'p95', 'max', 'mean', 'deviation', 'inSample'] as const
  return markup`<h3>Combinatorial purged cross-validation</h3>
<p>${groups} stretches of time, ${testGroups} of them tested at a time by the cell with the highest Sharpe ratio on the others, less ${purge} bars before a test and ${embargo} after it: ${splits} splits make ${paths.length} histories in which every bar is out of sample. ${numberText(found.lossShare === null ? null : 100 * found.lossShare, 0)}\u00a0% of them have a Sharpe ratio of 0 or less.</p>
${reportTable(
  'Sharpe ratio a year of the histories (López de Prado 2018, ch. 12); in sample: mean of the choices where they were chosen',
  spread.map((name) => ({ header: name === 'inSample' ? 'in sample' : name })),
  [markup`${spread.map((name) => numberCell(found[name], 2))}`],
)}${reportTable(
    'What the splits chose, the most frequent first',
    [{ header: 'parameters', text: true }, { header: 'splits' }],
    choices.map(({ parameters, splits: times }) => markup`${[headCell(searchedText(data, parameters)), numberCell(times, 0)]}`),
  )}`
}
