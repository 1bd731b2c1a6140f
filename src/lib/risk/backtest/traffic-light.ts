import { binomialCdf } from '../../kernel/binomial-distribution.js'

export type Light = 'green' | 'yellow' | 'red'

export interface TrafficLight {
  readonly light: Light
  readonly rule: 'basel' | 'binomial'
  /** Days that were counted, and exceptions among them. */
  readonly observations: number
  readonly exceptions: number
}

const BASEL_DAYS = 250
const BASEL_CONFIDENCE = 0.99

/**
 * The Basel zones: of the last 250 days at 99 %, up to 4 exceptions are green, up to 9 yellow, more red. For other
 * confidences, or fewer days, the probabilities behind them: yellow from where a right model has no more with 95 %, red
 * from 99.99 %.
 */
export function trafficLight(hits: ArrayLike<boolean | number>, confidence: number): TrafficLight {
  const basel = hits.length >= BASEL_DAYS && Math.abs(confidence - BASEL_CONFIDENCE) < 1e-12
  const from = basel ? hits.length - BASEL_DAYS : 0
  let exceptions = 0
  for (let i = from; i < hits.length; i++) if (hits[i]) exceptions++
  const observations = hits.length - from
  const reached = binomialCdf(exceptions, observations, 1 - confidence)
  const light = basel ? zone(exceptions <= 4, exceptions <= 9) : zone(reached < 0.95, reached < 0.9999)
  return { light, rule: basel ? 'basel' : 'binomial', observations, exceptions }
}

function zone(green: boolean, yellow: boolean): Light {
  return green ? 'green' : yellow ? 'yellow' : 'red'
}
