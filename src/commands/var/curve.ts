import { pcaChart } from '../../lib/charts/specs/pca-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { bookOn } from '../../lib/desk/book-on.js'
import { varCurveOn } from '../../lib/desk/var-curve-on.js'
import { varCurveTable, varCurveView } from '../../lib/desk/var-curve-view.js'
import type { VarCurveData } from '../../lib/documents/var-curve.js'

export default class VarCurve extends ContangoCommand {
  static override summary = 'Risk of a book along its curves: level, slope, curvature, key tenors, spreads, liquidity'
  static override description =
    'Components of contract-true daily changes: no roll is in any of them. A spread’s VaR is that of its legs together, beside ' +
    'what it is when their correlations break. Formulas: docs/risk-curve.md; bid-ask spreads and volumes: config/liquidity.yaml.'
  static override examples = [
    '<%= config.bin %> var curve --book example',
    '<%= config.bin %> var curve --book example --confidence 0.95 --json',
    '<%= config.bin %> var curve --book example --chart -o curve-risk.svg',
  ]
  static override baseFlags = chartingFlags
  static override flags = {
    book: flags.book({ required: true, summary: 'A book of config/portfolios, or a .yaml, .json or .csv file.' }),
    confidence: flags.number({
      min: 0.5,
      max: 0.99999,
      default: 0.99,
      summary: 'Probability of a smaller loss, of every VaR.',
    }),
    window: flags.integer({ min: 30, max: 100_000, default: 500, summary: 'Last price changes to use.' }),
    ranks: flags.integer({
      min: 2,
      max: 36,
      default: 12,
      summary: 'Ranks of the components; more where the book holds one farther out.',
    }),
    mode: flags.choice({
      options: ['diff', 'log'] as const,
      default: 'diff',
      summary: 'Changes of the components; log needs prices above zero.',
    })(),
    basis: flags.choice({
      options: ['covariance', 'correlation'] as const,
      default: 'covariance',
      summary: 'correlation counts every rank alike.',
    })(),
    'zero-mean': flags.boolean({ summary: 'Take the mean of P&L as zero.' }),
  }

  protected async answer(ctx: Context): Promise<Report<VarCurveData>> {
    const { flags } = this.input(VarCurve)
    const { confidence, window, ranks, mode, basis } = flags
    const book = await bookOn(ctx, flags.book)
    const zeroMean = Boolean(flags['zero-mean'])
    const data = await varCurveOn(ctx, book, { confidence, window, ranks, mode, basis, zeroMean })
    return {
      asOf: book.asOf,
      data,
      rows: varCurveTable(data),
      view: varCurveView(data),
      chart: () =>
        pcaChart({
          products: data.pca.products,
          mode: data.pca.mode,
          asOf: data.date,
          simulated: book.simulated,
          source: book.sources.join(', '),
        }),
    }
  }
}
