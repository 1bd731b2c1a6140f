import { basename } from 'node:path'
import { varBacktestChart } from '../../lib/charts/specs/var-backtest-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import { pnlFlags } from '../../lib/cli/pnl-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { pnlRequest, riskSettings } from '../../lib/desk/pnl-request.js'
import { BACKTEST_METHODS, varBacktestOn, type BacktestAnswer } from '../../lib/desk/var-backtest-on.js'
import { varBacktestTable, varBacktestView } from '../../lib/desk/var-backtest-view.js'
import type { VarBacktestData } from '../../lib/documents/var-backtest.js'

export default class VarBacktest extends ContangoCommand {
  static override summary = 'Rolling one-day VaR forecasts against what then happened: exceptions and their tests'
  static override description =
    'The forecast for a day uses the returns of the window before it and positions at the price before it; an exception is a ' +
    'loss strictly above VaR. Kupiec, Christoffersen, dynamic quantile, traffic light, Acerbi–Székely for ES, and the ' +
    'quantile loss that ranks the methods: docs/risk-var.md.'
  static override examples = [
    '<%= config.bin %> var backtest --book example --window 250',
    '<%= config.bin %> var backtest --book example --window 250 --method normal --method historical --confidence 0.99 --json',
    '<%= config.bin %> var backtest --prices settlements.csv --position CL=1 --in returns --mode log --method ewma --method hull-white',
  ]
  static override baseFlags = chartingFlags
  static override flags = {
    ...pnlFlags,
    method: flags.choice({
      options: [...BACKTEST_METHODS, 'all'] as const,
      multiple: true,
      multipleNonGreedy: true,
      summary: 'May be repeated; normal, ewma, historical and hull-white by default.',
    })(),
    window: flags.integer({ min: 20, max: 10_000, default: 500, summary: 'Returns behind each forecast.' }),
    'refit-days': flags.integer({
      min: 1,
      max: 1000,
      default: 21,
      summary:
        'Days between two estimations of garch, gjr-garch, fhs and the shape of student-t; variances move every day.',
    }),
    series: flags.integer({
      min: 1,
      max: 100_000,
      helpValue: 'DAYS',
      summary: 'Carry P&L and forecasts of the last days.',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<VarBacktestData>> {
    const { flags } = this.input(VarBacktest)
    const wanted = flags.method ?? ['normal', 'ewma', 'historical', 'hull-white']
    const answer = await varBacktestOn(ctx, {
      pnl: pnlRequest(flags, async (columns, notAfter) => {
        const { readPriceFile } = await import('../../lib/sources/csv/price-file.js')
        const file = flags.prices ?? ''
        return readPriceFile(ctx.resolveFile(file), basename(file), columns, { signal: ctx.signal, notAfter })
      }),
      methods: wanted.includes('all') ? BACKTEST_METHODS : BACKTEST_METHODS.filter((method) => wanted.includes(method)),
      confidences: flags.confidence ?? [0.95, 0.99],
      window: flags.window,
      refitDays: flags['refit-days'],
      seriesDays: flags.series ?? null,
      settings: riskSettings(flags, ctx.seed),
      signal: ctx.signal,
    })
    const { asOf, data, failure } = answer
    return {
      asOf,
      data,
      rows: varBacktestTable(data),
      view: varBacktestView(data),
      chart: () => draw(answer),
      incomplete: failure ?? undefined,
    }
  }
}

/** The best-ranked methods at the highest confidence. */
function draw({
  data,
  days,
  pnlUsd,
  forecasts,
  simulated,
  source,
}: BacktestAnswer): ReturnType<typeof varBacktestChart> {
  const confidence = Math.max(...data.results.map((row) => row.confidence))
  const rows = data.results
    .filter((row) => row.confidence === confidence && row.error === null)
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity))
  const [best] = rows
  const inUsd = data.unit === 'USD'
  const scale = inUsd ? 1e6 : 0.01
  return varBacktestChart({
    title: `${data.name}: ${best.exceptions} days beyond ${best.method} VaR at ${100 * confidence} %, ${best.expectedExceptions.toFixed(1)} expected`,
    subtitle: `P&L of each day and the VaR forecast the day before from ${data.window} returns; dots went beyond ${best.method}`,
    unit: inUsd ? 'million USD' : 'per cent',
    days,
    pnl: pnlUsd.map((value) => value / scale),
    forecasts: rows.map(({ method }) => ({
      method,
      varUsd: (forecasts.find((one) => one.method === method && one.confidence === confidence)?.varUsd ?? pnlUsd).map(
        (value) => value / scale,
      ),
    })),
    simulated,
    source,
    asOf: data.to,
  })
}
