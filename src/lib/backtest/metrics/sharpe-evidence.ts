import type { Metric, Performance } from './performance.js'
import { minimumTrackRecord, probabilisticSharpe, sharpeVariance, type SharpeSample } from './probabilistic-sharpe.js'
import { shapeOfReturns } from './spread.js'

/** Sharpe ratio per bar. */
const ratioOf = ({ mean, sd, riskFreePerBar }: Performance): number => (mean - riskFreePerBar) / sd

function sampleOf(p: Performance): SharpeSample {
  const { skew, kurtosis } = shapeOfReturns(p)
  return { observations: p.returns.length, skew, kurtosis }
}

/** How far the Sharpe ratio can be told from zero. D. H. Bailey, M. López de Prado (2012), "The Sharpe Ratio Efficient Frontier". */
export const SHARPE_EVIDENCE_METRICS: readonly Metric[] = [
  {
    name: 'probabilisticSharpe',
    convention:
      'probability that the true Sharpe ratio is above 0: Φ(SR √(n − 1) ÷ √(1 − g1 SR + (g2 + 2) ÷ 4 · SR²)), SR per bar',
    value: (p) => probabilisticSharpe(ratioOf(p), sampleOf(p)),
  },
  {
    name: 'minimumTrackRecordBars',
    convention:
      'returns needed for probabilisticSharpe of 0.95: 1 + (1 − g1 SR + (g2 + 2) ÷ 4 · SR²)(1.645 ÷ SR)²; null at SR ≤ 0',
    value: (p) => minimumTrackRecord(ratioOf(p), sampleOf(p)),
  },
  {
    name: 'sharpeStandardError',
    convention: '√((1 − g1 SR + (g2 + 2) ÷ 4 · SR²) ÷ (n − 1)) × √252',
    value: (p) => Math.sqrt((sharpeVariance(ratioOf(p), sampleOf(p)) / (p.returns.length - 1)) * p.barsPerYear),
  },
]
