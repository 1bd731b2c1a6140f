import { isoFromDay, weekdayOf, type EpochDay } from '../../kernel/day.js'
import { mean, sampleSd } from '../../kernel/moments.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, deviationWords, reportAgeWords, verdict } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

const FRIDAY = 5

export const refineryTurnarounds: SignalDefinition = {
  name: 'turnarounds',
  family: 'fundamental',
  title: 'Refinery maintenance ahead',
  rule: 'capacity announced to be offline in the weeks ahead against the weeks before, in their deviations: more maintenance takes demand from crude (short) and supply from products (long), less the opposite; graded by that',
  parameters: SIGNAL_PARAMETERS.turnarounds,
  needs: ['turnarounds'],
  shiftInvariant: true,
  warmUp: () => 0,
  compute({ days, turnarounds }, params) {
    if (turnarounds === null) throw new RangeError('turnarounds was given no weeks')
    const { weeksAhead, weeksBefore, maxAgeDays } = params
    const { series, side } = turnarounds
    const order = Array.from(series.period, (_, row) => row).sort(
      (a, b) => series.knownOn[a] - series.knownOn[b] || a - b,
    )
    const offline = new Map<EpochDay, number>()
    const n = days.length
    const columns = Array.from({ length: 4 }, () => new Float64Array(n).fill(Number.NaN))
    const [ahead, before, z, age] = columns
    const knownOn = days.slice()
    const period = new Int32Array(n)
    let next = 0
    let first = Infinity
    let last = -Infinity
    let announced = Number.NaN
    for (let i = 0; i < n; i++) {
      const day = days[i]
      for (; next < order.length && series.knownOn[order[next]] <= day; next++) {
        const row = order[next]
        offline.set(series.period[row], series.value[row])
        first = Math.min(first, series.period[row])
        last = Math.max(last, series.period[row])
        announced = series.knownOn[row]
      }
      if (Number.isNaN(announced)) continue
      knownOn[i] = announced
      age[i] = day - announced
      const friday = day + ((FRIDAY - weekdayOf(day) + 7) % 7 || 7)
      period[i] = friday
      if (age[i] > maxAgeDays || friday > last || friday - 7 * weeksBefore < first) continue
      const week = (k: number): number => offline.get(friday + 7 * k) ?? 0
      const past = Float64Array.from({ length: weeksBefore }, (_, k) => week(-1 - k))
      ahead[i] = mean(Float64Array.from({ length: weeksAhead }, (_, k) => week(k)))
      before[i] = mean(past)
      const deviation = sampleSd(past)
      z[i] = deviation > 0 ? (ahead[i] - before[i]) / deviation : Number.NaN
    }
    const sign = side === 'output' ? 1 : -1
    return gradedHistory(refineryTurnarounds, days, params, {
      value: ahead,
      unit: series.unit,
      x: z.map((score) => sign * score),
      knownOn,
      period,
      columns: [
        { name: 'before', unit: series.unit, values: before },
        { name: 'zScore', unit: 'sd', values: z },
        { name: 'side', unit: 'sign', values: new Float64Array(n).fill(sign) },
        { name: 'age', unit: 'days', values: age },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const old = reportAgeWords(history, i, params.maxAgeDays)
    if (old !== null) return old
    if (Number.isNaN(score)) {
      return Number.isNaN(history.value[i])
        ? `the file has not both ${params.weeksBefore} weeks before and a week after ${isoFromDay(history.days[i])}`
        : 'the weeks before do not differ'
    }
    const effect = columnAt(history, 'side', i) > 0 ? 'less is made of it' : 'less of it is bought'
    const more = columnAt(history, 'zScore', i) > 0
    return (
      `${history.value[i].toFixed(0)} ${history.unit} are announced to be offline in the ${params.weeksAhead} weeks ahead against ` +
      `${columnAt(history, 'before', i).toFixed(0)} before (${deviationWords(columnAt(history, 'zScore', i))})` +
      `${score === 0 ? '' : more ? `: ${effect}` : ': more runs than usual'}, ${verdict(score)}`
    )
  },
}
