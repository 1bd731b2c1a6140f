import { normalCdf, normalQuantile } from '../../kernel/normal-distribution.js'
import type { Metric, Performance } from './performance.js'
import { sampleShape } from './sample-shape.js'

/** Sharpe ratio per bar. */
const ratioOf = ({ mean, sd, riskFreePerBar }: Performance): number => (mean - riskFreePerBar) / sd

/** n − 1 times the sampling variance of the Sharpe ratio per bar: 1 − γ3 SR + (γ4 − 1) ÷ 4 · SR², γ4 not in excess of 3. */
function sharpeVariance(p: Performance): number {
  const { returns } = p
  const ratio = ratioOf(p)
  const { skew, kurtosis } = sampleShape(returns)
  return 1 - skew * ratio + ((kurtosis - 1) / 4) * ratio * ratio
}

/** How far the Sharpe ratio can be told from zero. D. H. Bailey, M. López de Prado (2012), "The Sharpe Ratio Efficient Frontier". */
export const SHARPE_EVIDENCE_METRICS: readonly Metric[] = [
  {
    name: 'probabilisticSharpe',
    convention:
      'probability that the true Sharpe ratio is above 0: Φ(SR √(n − 1) ÷ √(1 − g1 SR + (g2 + 2) ÷ 4 · SR²)), SR per bar',
    value: (p) => normalCdf((ratioOf(p) * Math.sqrt(p.returns.length - 1)) / Math.sqrt(sharpeVariance(p))),
  },
  {
    name: 'minimumTrackRecordBars',
    convention:
      'returns needed for probabilisticSharpe of 0.95: 1 + (1 − g1 SR + (g2 + 2) ÷ 4 · SR²)(1.645 ÷ SR)²; null at SR ≤ 0',
    value: (p) => {
      const ratio = ratioOf(p)
      return ratio > 0 ? 1 + sharpeVariance(p) * (normalQuantile(0.95) / ratio) ** 2 : Number.NaN
    },
  },
  {
    name: 'sharpeStandardError',
    convention: '√((1 − g1 SR + (g2 + 2) ÷ 4 · SR²) ÷ (n − 1)) × √252',
    value: (p) => Math.sqrt((sharpeVariance(p) / (p.returns.length - 1)) * 252),
  },
]
