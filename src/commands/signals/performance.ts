import { ladderChart } from '../../lib/charts/specs/ladder-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { performancePicture, PERFORMANCE_PANELS } from '../../lib/desk/signals-performance-picture.js'
import { signalsPerformanceOn } from '../../lib/desk/signals-performance-on.js'
import { signalsPerformanceTable, signalsPerformanceView } from '../../lib/desk/signals-performance-view.js'
import type { SignalsPerformanceData } from '../../lib/documents/signals-performance.js'
import { isoFromDay } from '../../lib/kernel/day.js'

export default class SignalsPerformance extends ContangoCommand {
  static override summary = 'How signals did: hits, information coefficient, P&L per lot, decay, calibration'
  static override description =
    'Replays what each signal said on every day with what was known then, or judges what the log says was said (--issued), ' +
    'against buy and hold and against coins. No costs. Definitions: docs/signals-performance.md.'
  static override examples = [
    '<%= config.bin %> signals performance wti',
    '<%= config.bin %> signals performance wti --signal carry --horizon 5 --horizon 20 --json',
    '<%= config.bin %> signals performance wti --chart -o ic.svg',
  ]
  static override baseFlags = chartingFlags
  static override args = { product: args.product({ ignoreStdin: true, default: 'wti' }) }
  static override flags = {
    signal: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME',
      summary: 'Only this signal; may be repeated.',
    }),
    horizon: flags.integer({
      multiple: true,
      multipleNonGreedy: true,
      min: 1,
      max: 252,
      summary: 'Decision days ahead; 1, 5, 10 and 20 by default.',
    }),
    'main-horizon': flags.integer({ min: 1, max: 252, default: 5, summary: 'That of calibration, years and regimes.' }),
    from: flags.date({ summary: 'First decision day.' }),
    to: flags.date({ summary: 'Last decision day.' }),
    issued: flags.boolean({ summary: 'Judge what was said (signals log) and not the replay.' }),
    panel: flags.choice({
      options: PERFORMANCE_PANELS,
      default: 'signals',
      summary: 'What --chart draws: signals side by side, the decay or the calibration of the first.',
    })(),
  }

  protected async answer(ctx: Context): Promise<Report<SignalsPerformanceData>> {
    const { args, flags } = this.input(SignalsPerformance)
    const product = ctx.market.resolveProduct(args.product)
    const horizons = [...new Set([...(flags.horizon ?? [1, 5, 10, 20]), flags['main-horizon']])].sort((a, b) => a - b)
    const answer = await signalsPerformanceOn(
      ctx,
      {
        products: [product],
        names: flags.signal ?? [],
        horizons,
        mainHorizon: flags['main-horizon'],
        from: flags.from,
        to: flags.to,
        issued: flags.issued === true ? ctx.issuedSignals.list({ products: [product], names: flags.signal }) : null,
      },
      ctx.rng('signals-performance'),
      ctx.signal,
    )
    const { asOf, data, simulated, source } = answer
    return {
      asOf,
      data,
      rows: signalsPerformanceTable(data),
      view: signalsPerformanceView(data),
      chart: () => ladderChart({ ...performancePicture(data, flags.panel), simulated, source, asOf: isoFromDay(asOf) }),
    }
  }
}
