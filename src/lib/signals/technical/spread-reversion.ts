import { isoFromDay } from '../../kernel/day.js'
import { gradedHistory } from '../graded-history.js'
import { lastAtOrBefore } from '../last-at-or-before.js'
import { rollingPlace } from '../rolling-place.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, deviationWords, moveWords, verdict } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

/** A spread that is older than this many calendar days says nothing about today. */
const STALE_DAYS = 5

/** A spread far from its mean of a year is expected back: the side that the product has in that trade. */
function spreadReversion(
  name: 'crack-reversion' | 'calendar-reversion',
  title: string,
  what: string,
): SignalDefinition {
  const input = name === 'crack-reversion' ? 'crack' : 'calendar'
  const definition: SignalDefinition = {
    name,
    family: 'technical',
    title,
    rule: `z-score of ${what} over the window of common days: \`entry\` or more below buys the spread, as far above sells it; the product’s side of that trade is the direction. Relative value: the other leg is the hedge`,
    parameters: SIGNAL_PARAMETERS[name],
    needs: [input],
    shiftInvariant: true,
    warmUp: ({ window }) => window - 1,
    compute({ days, ...inputs }, params) {
      const spread = inputs[input]
      if (spread === null) throw new RangeError(`${name} was given no spread`)
      const { mean, zScore } = rollingPlace(spread.values, params.window)
      const at = lastAtOrBefore(spread.days, days)
      const pick = (values: Float64Array): Float64Array =>
        Float64Array.from(days, (day, i) =>
          at[i] >= 0 && day - spread.days[at[i]] <= STALE_DAYS ? values[at[i]] : Number.NaN,
        )
      const z = pick(zScore)
      return gradedHistory(definition, days, params, {
        value: pick(spread.values),
        unit: spread.unit,
        x: z.map((score) => (score === 0 ? 0 : -score * spread.side)),
        columns: [
          { name: 'windowMean', unit: spread.unit, values: pick(mean) },
          { name: 'zScore', unit: 'sd', values: z },
          { name: 'side', unit: 'sign', values: new Float64Array(days.length).fill(spread.side) },
        ],
        knownOn: Int32Array.from(days, (day, i) => (at[i] >= 0 ? spread.days[at[i]] : day)),
      })
    },
    reason(history, i, params) {
      const score = history.score[i]
      const value = history.value[i]
      if (Number.isNaN(value))
        return `no value of the spread in the ${STALE_DAYS} days up to ${isoFromDay(history.days[i])}`
      const z = columnAt(history, 'zScore', i)
      if (Number.isNaN(score)) {
        return `the spread is ${moveWords(value, history.unit)}; ${params.window} common days are needed for its place, or it did not vary`
      }
      const trade =
        score === 0
          ? 'not far enough to expect it back'
          : `${z > 0 ? 'sell' : 'buy'} the spread, in which the product is ${columnAt(history, 'side', i) > 0 ? 'bought' : 'sold'} by its buyer`
      return (
        `the spread is ${moveWords(value, history.unit)}, ${deviationWords(z)} from its ${params.window}-day mean ` +
        `${moveWords(columnAt(history, 'windowMean', i), history.unit)}: ${trade}, ${verdict(score)}`
      )
    },
  }
  return definition
}

export const crackReversion = spreadReversion('crack-reversion', 'Crack spread, faded', 'the crack of the product')
export const calendarReversion = spreadReversion(
  'calendar-reversion',
  'Calendar spread, faded',
  'front less second month',
)
