import { basename } from 'node:path'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import { pnlFlags } from '../../lib/cli/pnl-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { pnlRequest, riskSettings } from '../../lib/desk/pnl-request.js'
import { VAR_METHODS } from '../../lib/desk/risk-results.js'
import { varOn } from '../../lib/desk/var-on.js'
import { varTable, varView } from '../../lib/desk/var-view.js'
import { usdText } from '../../lib/desk/usd-text.js'
import type { VarData } from '../../lib/documents/var.js'
import { dayFromCivil } from '../../lib/kernel/day.js'
import { varChart } from '../../lib/charts/specs/var-chart.js'

export default class Var extends ContangoCommand {
  static override summary = 'Value at risk and expected shortfall by every method, and what each position contributes'
  static override description =
    'P&L comes from contract price changes of a book, or from columns of a price file; losses are positive. A method that ' +
    'cannot be fitted is named and the others are reported (exit 7; 4 where it lacks observations). Methods and formulas: ' +
    'docs/risk-var.md.'
  static override examples = [
    '<%= config.bin %> var --book example',
    '<%= config.bin %> var --book example --method all --confidence 0.99 --json',
    '<%= config.bin %> var --book example --method normal --limit-usd 50000000',
    '<%= config.bin %> var --prices settlements.csv --position CL=10 --multiplier CL=1000 --method garch --mode log',
  ]
  static override baseFlags = chartingFlags
  static override flags = {
    ...pnlFlags,
    method: flags.choice({
      options: [...VAR_METHODS, 'all'] as const,
      multiple: true,
      multipleNonGreedy: true,
      summary: 'May be repeated; normal, ewma and historical by default.',
    })(),
    'horizon-days': flags.integer({ min: 1, max: 250, default: 1, summary: 'Trading days ahead.' }),
    scaling: flags.choice({
      options: ['sqrt', 'ar1', 'overlapping'] as const,
      default: 'sqrt',
      summary: 'How one day becomes the horizon; the garch methods and fhs carry their own variance.',
    })(),
    window: flags.integer({
      min: 2,
      max: 100_000,
      summary: 'Last price changes to use: 500 for a book, all for --prices by default.',
    }),
    'stress-from': flags.date({ summary: 'First day of the stress period; 2019-07-01 by default.' }),
    'stress-to': flags.date({ summary: 'Last day of the stress period; 2020-06-30 by default.' }),
    'limit-usd': flags.number({ min: 0, summary: 'Exit 10 where a VaR is above it.' }),
    scenarios: flags.integer({ min: 1000, max: 10_000_000, default: 100_000, summary: 'Monte Carlo scenarios.' }),
    sampling: flags.choice({
      options: ['pseudo', 'antithetic', 'sobol'] as const,
      default: 'antithetic',
      summary: 'How Monte Carlo draws.',
    })(),
    covariance: flags.choice({
      options: ['sample', 'ewma', 'ledoit-wolf', 'oas'] as const,
      default: 'sample',
      summary: 'Covariance of the Monte Carlo methods.',
    })(),
    'degrees-of-freedom': flags.number({
      min: 2.1,
      max: 1000,
      summary: 'Of monte-carlo-t; by default fitted to the P&L of all positions.',
    }),
    threads: flags.integer({
      min: 1,
      max: 64,
      summary: 'Worker threads of a large Monte Carlo, all by default; they change no figure.',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<VarData>> {
    const { flags } = this.input(Var)
    const wanted = flags.method ?? ['normal', 'ewma', 'historical']
    const methods = wanted.includes('all') ? VAR_METHODS : VAR_METHODS.filter((method) => wanted.includes(method))
    const { asOf, data, pnlUsd, simulated, source, failure } = await varOn(ctx, {
      pnl: pnlRequest(flags, async (columns, notAfter) => {
        const { readPriceFile } = await import('../../lib/sources/csv/price-file.js')
        const file = flags.prices ?? ''
        return readPriceFile(ctx.resolveFile(file), basename(file), columns, { signal: ctx.signal, notAfter })
      }),
      methods,
      confidences: flags.confidence ?? [0.95, 0.975, 0.99],
      horizonDays: flags['horizon-days'],
      scaling: flags.scaling,
      window: flags.window ?? (flags.book === undefined ? null : 500),
      limitUsd: flags['limit-usd'] ?? null,
      stress: {
        from: flags['stress-from'] ?? dayFromCivil(2019, 7, 1),
        to: flags['stress-to'] ?? dayFromCivil(2020, 6, 30),
      },
      settings: riskSettings(flags, ctx.seed),
      simulation: {
        scenarios: flags.scenarios,
        sampling: flags.sampling,
        covariance: flags.covariance,
        degreesOfFreedom: flags['degrees-of-freedom'] ?? null,
        threads: flags.threads ?? null,
      },
      signal: ctx.signal,
    })
    const breach = data.limit?.breaches[0]
    return {
      asOf,
      data,
      rows: varTable(data),
      view: varView(data),
      chart: () => varChart({ data, pnl: pnlUsd, simulated, source }),
      trip: breach && {
        code: 'VAR_LIMIT',
        message: `${breach.method} VaR of ${usdText(breach.varUsd)} is above the limit of ${usdText(data.limit?.limitUsd ?? null)}`,
      },
      incomplete: failure ?? undefined,
    }
  }
}
