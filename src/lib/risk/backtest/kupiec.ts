import { countLog, likelihoodRatio, type LikelihoodRatio } from './likelihood-ratio.js'

/**
 * Are there as many exceptions as there should be?
 * LR = −2[(n − x)ln(1 − p) + x ln p − (n − x)ln(1 − x/n) − x ln(x/n)] ~ χ²(1). P. Kupiec (1995).
 * @param tail p = 1 − confidence
 */
export function kupiec(observations: number, exceptions: number, tail: number): LikelihoodRatio {
  const rate = exceptions / observations
  const quiet = observations - exceptions
  const expected = countLog(quiet, 1 - tail) + countLog(exceptions, tail)
  const observed = countLog(quiet, 1 - rate) + countLog(exceptions, rate)
  return likelihoodRatio(-2 * (expected - observed), 1)
}
