import type { Chart } from '../../charts/chart.js'
import { dateText } from '../../charts/date-text.js'
import { numberText } from '../../charts/number-text.js'
import { foldTimelineChart } from '../../charts/specs/fold-timeline-chart.js'
import { logitChart } from '../../charts/specs/logit-chart.js'
import { parameterMapChart } from '../../charts/specs/parameter-map-chart.js'
import { parameterSlicesChart } from '../../charts/specs/parameter-slices-chart.js'
import { sampleScatterChart } from '../../charts/specs/sample-scatter-chart.js'
import type { SearchLandscape } from '../../desk/search-landscape.js'
import type { OptimizeResult } from '../../documents/optimize.js'
import { dayFromIso, isoFromDay } from '../../kernel/day.js'
import type { OptimizePanel } from './optimize-panels.js'

/** One of the pictures of a search; null where there is nothing to draw it from. */
export function optimizeChart(landscape: SearchLandscape, panel: OptimizePanel): Chart | null {
  const { data, metric, digits, lowIsGood, simulated, source, map, slices, splits } = landscape
  const { overfitting, sample } = data
  const trials = `${numberText(data.search.cells, 0)} ${data.search.cells === 1 ? 'cell' : 'cells'}`
  const subtitle = `${dateText(sample.from)} to ${dateText(sample.to)}, ${trials}, in sample`
  const common = { search: searchName(data), subtitle, simulated, source, asOf: isoFromDay(landscape.asOf) }
  const splitWords =
    overfitting.splits === 0
      ? (overfitting.reasons['pbo'] ?? 'no splits')
      : `${numberText(overfitting.splits, 0)} ways to choose in one half of the history and trade in the other`
  switch (panel) {
    case 'map':
      if (map === null) return null
      return parameterMapChart({
        ...common,
        subtitle: map.others.length === 0 ? subtitle : `${subtitle}; of each, the best over ${map.others.join(' and ')}`,
        metric,
        digits,
        lowIsGood,
        ...map,
      })
    case 'slices':
      return parameterSlicesChart({ ...common, metric, digits, slices, chosenValue: landscape.chosenValue })
    case 'scatter':
      return sampleScatterChart({
        ...common,
        subtitle: `${dateText(sample.from)} to ${dateText(sample.to)}, ${trials}, ${splitWords}`,
        inSample: splits?.inSample ?? new Float64Array(0),
        outOfSample: splits?.outOfSample ?? new Float64Array(0),
        line: overfitting.degradation,
        probabilityOfLoss: overfitting.probabilityOfLoss ?? 0,
      })
    case 'logits':
      return logitChart({
        ...common,
        subtitle: `${dateText(sample.from)} to ${dateText(sample.to)}, ${trials}, ${splitWords}`,
        from: overfitting.logits?.from ?? [],
        width: overfitting.logits?.width ?? 1,
        counts: overfitting.logits?.counts ?? [],
        pbo: overfitting.pbo,
      })
    case 'folds':
      return foldTimelineChart({
        ...common,
        subtitle: `${data.walkForward.mode === 'rolling' ? 'Rolling' : 'Anchored'} searches, ${trials} each`,
        folds: data.folds.map(({ train, test, parameters, inSample, outOfSample }) => ({
          trainFrom: dayOf(train.from),
          trainUntil: dayOf(train.to),
          testFrom: dayOf(test.from),
          testUntil: dayOf(test.to),
          parameters: searchedText(data, parameters),
          inSample: inSample['sharpe'] ?? null,
          outOfSample: outOfSample['sharpe'] ?? null,
        })),
      })
  }
}

/** `ma-crossover on CL`. */
export function searchName({ strategy, instrument }: Pick<OptimizeResult, 'strategy' | 'instrument'>): string {
  return `${strategy.name} on ${instrument}`
}

/** `fast 10, slow 30`: of the parameters that were searched. */
export function searchedText(
  { search }: Pick<OptimizeResult, 'search'>,
  parameters: Readonly<Record<string, number | string>>,
): string {
  const searched = search.dimensions.filter(({ values }) => values === null || values.length > 1)
  return searched.map(({ name }) => `${name} ${parameters[name]}`).join(', ') || 'no parameter was searched'
}

/** Of a date, with or without a time behind it. */
function dayOf(text: string): number {
  return dayFromIso(text.slice(0, 10)) ?? 0
}
