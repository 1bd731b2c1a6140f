import { netPosition } from '../../analytics/positioning.js'
import { isoFromDay } from '../../kernel/day.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, reportAgeWords, verdict } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'
import { reported } from './reported.js'

export const positioningExtreme: SignalDefinition = {
  name: 'positioning',
  family: 'fundamental',
  title: 'Positioning extremes, faded',
  rule: 'percentile of the speculators’ net position among the last reports: short where it is `entry` or more above 50 (crowded long), long where as far below; graded by that distance',
  parameters: SIGNAL_PARAMETERS.positioning,
  needs: ['positions'],
  shiftInvariant: true,
  warmUp: () => 0,
  compute({ days, positions }, params) {
    if (positions === null) throw new RangeError('positioning was given no positions')
    const { weeks } = params
    const series = [positions.long, positions.short, positions.openInterest]
    const { values, ...report } = reported(days, series, params.maxAgeDays, 3, ({ period, values: columns }) => {
      const [long, short, openInterest] = columns
      const net = new Float64Array(period.length)
      const share = new Float64Array(period.length)
      const percentile = new Float64Array(period.length)
      for (let at = 0; at < period.length; at++) {
        const from = Math.max(0, at + 1 - weeks)
        const cut = (column: Float64Array): Float64Array => column.subarray(from, at + 1)
        const found = netPosition(
          {
            period: period.subarray(from, at + 1),
            long: cut(long),
            short: cut(short),
            openInterest: cut(openInterest),
          },
          weeks,
        )
        net[at] = found.net[at - from]
        share[at] = found.pctOfOpenInterest[at - from]
        percentile[at] = found.percentile.value ?? Number.NaN
      }
      return [net, share, percentile]
    })
    const [net, share, percentile] = values
    return gradedHistory(positioningExtreme, days, params, {
      value: percentile,
      unit: 'percentile',
      x: percentile.map((place) => 50 - place),
      ...report,
      columns: [
        { name: 'net', unit: 'contracts', values: net },
        { name: 'pctOfOpenInterest', unit: '%', values: share },
        { name: 'age', unit: 'days', values: report.age },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const old = reportAgeWords(history, i, params.maxAgeDays)
    if (old !== null) return old
    const day = isoFromDay(history.period?.[i] ?? 0)
    if (Number.isNaN(score))
      return `fewer than ${params.weeks} reports are known up to the one of ${day}, or they do not vary`
    const place = history.value[i]
    const crowd = score === 0 ? 'not crowded' : score < 0 ? 'crowded long' : 'crowded short'
    return (
      `speculators were net ${(columnAt(history, 'net', i) / 1000).toFixed(0)} thousand contracts on ${day}, ` +
      `percentile ${place.toFixed(0)} of ${params.weeks} reports: ${crowd}, ${verdict(score)}`
    )
  },
}
