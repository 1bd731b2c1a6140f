import { countLog, likelihoodRatio, type LikelihoodRatio } from './likelihood-ratio.js'

/**
 * Does an exception make another more likely the next day? Likelihood of the n − 1 pairs of neighbouring days with one
 * probability against that with one after a quiet day and one after an exception, ~ χ²(1). P. Christoffersen (1998).
 */
export function independence(hits: ArrayLike<boolean | number>): LikelihoodRatio {
  const pairs = [0, 0, 0, 0] // quiet → quiet, quiet → hit, hit → quiet, hit → hit
  for (let i = 1; i < hits.length; i++) pairs[(hits[i - 1] ? 2 : 0) + (hits[i] ? 1 : 0)]++
  const [n00, n01, n10, n11] = pairs
  const both = (n01 + n11) / (n00 + n01 + n10 + n11)
  const afterQuiet = n01 / (n00 + n01)
  const afterHit = n11 / (n10 + n11)
  const one = countLog(n00 + n10, 1 - both) + countLog(n01 + n11, both)
  const two =
    countLog(n00, 1 - afterQuiet) + countLog(n01, afterQuiet) + countLog(n10, 1 - afterHit) + countLog(n11, afterHit)
  return likelihoodRatio(-2 * (one - two), 1)
}

/** Right in number and independent: the two ratios added, ~ χ²(2). */
export function conditionalCoverage(coverage: LikelihoodRatio, independent: LikelihoodRatio): LikelihoodRatio {
  return likelihoodRatio(coverage.lr + independent.lr, 2)
}
