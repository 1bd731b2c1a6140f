import { SIGNAL_FAMILIES, type SignalFamily, type SignalHistory } from './signal.js'

export interface CompositeWeights {
  readonly families: Readonly<Record<SignalFamily, number>>
  /** By name; 1 for a signal that is not named. */
  readonly signals: Readonly<Record<string, number>>
  /** A composite score nearer to 0 is neutral. */
  readonly threshold: number
  /** Score from which confidence is the agreement alone. */
  readonly fullScore: number
}

/** All signals of one product weighed together, day by day. */
export interface CompositeHistory {
  readonly days: Int32Array
  /** −1 to 1; NaN where no signal is known. */
  readonly score: Float64Array
  /** 1 long, 0 neutral, −1 short; 0 too where no signal is known. */
  readonly direction: Int8Array
  /** 100 × min(1, |score| ÷ fullScore) × agreement; 0 where neutral, NaN where no signal is known. */
  readonly confidence: Float64Array
  /** Share, by weight, of the signals with a direction that point where the score points; NaN where none has one. */
  readonly agreement: Float64Array
  /** Latest knownOn of the signals that are known. */
  readonly knownOn: Int32Array
  readonly families: readonly FamilyHistory[]
}

export interface FamilyHistory {
  readonly family: SignalFamily
  /** Weighted mean of its known signals; NaN where none is known. */
  readonly score: Float64Array
  /** Share of the composite; what is missing has none, and the others share it in proportion. */
  readonly share: Float64Array
  /** Sum of the weights of its known signals. */
  readonly weightKnown: Float64Array
}

/**
 * Within a family the weighted mean of the scores that are known; over families the mean by family weight, of those that
 * have a known score. What is not known is left out and never counted as neutral.
 * @param histories of equal days; the result does not depend on their order but for rounding
 */
export function compositeHistory(
  days: Int32Array,
  histories: readonly SignalHistory[],
  weights: CompositeWeights,
): CompositeHistory {
  const n = days.length
  const weightOf = (name: string): number => weights.signals[name] ?? 1
  const families = SIGNAL_FAMILIES.map((family) => {
    const members = histories.filter((one) => one.family === family && weightOf(one.name) > 0)
    const score = new Float64Array(n)
    const weightKnown = new Float64Array(n)
    for (const one of members) {
      const weight = weightOf(one.name)
      for (let i = 0; i < n; i++) {
        if (Number.isNaN(one.score[i])) continue
        score[i] += weight * one.score[i]
        weightKnown[i] += weight
      }
    }
    for (let i = 0; i < n; i++) score[i] = weightKnown[i] > 0 ? score[i] / weightKnown[i] : Number.NaN
    return { family, members, score, weightKnown, share: new Float64Array(n) }
  })
  const score = new Float64Array(n).fill(Number.NaN)
  const direction = new Int8Array(n)
  const confidence = new Float64Array(n).fill(Number.NaN)
  const agreement = new Float64Array(n).fill(Number.NaN)
  const knownOn = days.slice()
  for (let i = 0; i < n; i++) {
    let total = 0
    for (const one of families) if (one.weightKnown[i] > 0) total += weights.families[one.family]
    if (!(total > 0)) continue
    score[i] = 0
    for (const one of families) {
      if (!(one.weightKnown[i] > 0)) continue
      one.share[i] = weights.families[one.family] / total
      score[i] += one.share[i] * one.score[i]
    }
    direction[i] = Math.abs(score[i]) < weights.threshold || score[i] === 0 ? 0 : Math.sign(score[i])
    const side = Math.sign(score[i])
    let withSide = 0
    let directed = 0
    let latest = -Infinity
    for (const one of families) {
      for (const member of one.members) {
        const strength = member.score[i]
        if (Number.isNaN(strength)) continue
        latest = Math.max(latest, member.knownOn[i])
        if (strength === 0) continue
        const share = (one.share[i] * weightOf(member.name)) / one.weightKnown[i]
        directed += share
        if (Math.sign(strength) === side) withSide += share
      }
    }
    knownOn[i] = latest
    agreement[i] = directed > 0 ? withSide / directed : Number.NaN
    confidence[i] = direction[i] === 0 ? 0 : 100 * Math.min(1, Math.abs(score[i]) / weights.fullScore) * agreement[i]
  }
  return {
    days,
    score,
    direction,
    confidence,
    agreement,
    knownOn,
    families: families.map(({ family, score: mean, share, weightKnown }) => ({
      family,
      score: mean,
      share,
      weightKnown,
    })),
  }
}
