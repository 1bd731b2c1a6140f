import { rollYield } from '../../analytics/roll-yield.js'
import { gradedHistory } from '../graded-history.js'
import { rollingMean } from '../rolling/rolling-mean.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, priceWords, verdict, warmUpWords } from '../signal-words.js'
import type { CurvePoints, SignalDefinition } from '../signal.js'

interface Legs {
  readonly far: (curve: CurvePoints) => Float64Array
  readonly days: (curve: CurvePoints) => Float64Array
  readonly words: string
}

/** What holding the contract earns a year if the curve stays where it is. */
function curveCarry(name: 'carry' | 'roll-yield', title: string, rule: string, legs: Legs): SignalDefinition {
  const definition: SignalDefinition = {
    name,
    family: 'technical',
    title,
    rule,
    parameters: SIGNAL_PARAMETERS[name],
    needs: ['curve'],
    shiftInvariant: false,
    warmUp: ({ smoothDays }) => smoothDays - 1,
    compute({ days, curve, unit }, params) {
      const { near } = curve
      const far = legs.far(curve)
      const between = legs.days(curve)
      const daily = near.map((price, i) => rollYield(price, far[i], between[i]))
      const value = new Float64Array(days.length)
      rollingMean(daily, params.smoothDays, value)
      return gradedHistory(definition, days, params, {
        value,
        unit: 'fraction a year',
        x: value,
        columns: [
          { name: 'near', unit, values: near },
          { name: 'far', unit, values: far },
          { name: 'daysBetween', unit: 'days', values: between },
          { name: 'today', unit: 'fraction a year', values: daily },
        ],
      })
    },
    reason(history, i, params) {
      const score = history.score[i]
      const { unit } = history.columns[0]
      const [near, far] = [columnAt(history, 'near', i), columnAt(history, 'far', i)]
      if (Number.isNaN(score)) return warmUpWords(i, params.smoothDays - 1, undefinedWords(near, far, unit, legs.words))
      const value = history.value[i]
      const shape = value > 0 ? 'backwardation pays' : value < 0 ? 'contango costs' : 'a flat curve pays'
      return (
        `${shape} the long ${(100 * Math.abs(value)).toFixed(1)} % a year (mean of ${params.smoothDays} days; today ` +
        `${priceWords(near, unit)} against ${priceWords(far, unit)} ${legs.words} behind), ${verdict(score)}`
      )
    },
  }
  return definition
}

function undefinedWords(near: number, far: number, unit: string, words: string): string {
  if (Number.isNaN(near)) return 'the contract held has no settlement'
  if (Number.isNaN(far)) return `there is no settlement ${words} behind`
  const bad = near <= 0 ? near : far <= 0 ? far : null
  if (bad !== null) return `${priceWords(bad, unit)} is not above zero: no logarithm of it`
  return 'a day of the mean has no roll yield'
}

export const rollYieldSignal = curveCarry(
  'roll-yield',
  'Roll yield of the next month',
  'long while ln(near ÷ next) × 365 ÷ days, averaged, is positive (backwardation), short while negative; graded by it',
  { far: ({ next }) => next, days: ({ nextDays }) => nextDays, words: 'one month' },
)

export const carrySignal = curveCarry(
  'carry',
  'Carry of a year',
  'long while ln(near ÷ twelve months behind) × 365 ÷ days, averaged, is positive, short while negative; graded by it. The same delivery month on both sides: no season in it',
  { far: ({ year }) => year, days: ({ yearDays }) => yearDays, words: 'twelve months' },
)
