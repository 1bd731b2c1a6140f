import { basename } from 'node:path'
import { indicatorsChart } from '../lib/charts/specs/indicators-chart.js'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args, flags } from '../lib/cli/flags.js'
import { chartingFlags } from '../lib/cli/global-flags.js'
import type { Report } from '../lib/cli/report.js'
import { indicatorsOn } from '../lib/desk/indicators-on.js'
import { indicatorsPicture } from '../lib/desk/indicators-picture.js'
import { indicatorsTable, indicatorsView } from '../lib/desk/indicators-view.js'
import { requestedRoll } from '../lib/desk/requested-roll.js'
import type { IndicatorsData } from '../lib/documents/indicators.js'

export default class Indicators extends ContangoCommand {
  static override summary = 'Technical indicators of a product, a symbol or a file of bars, one column each'
  static override description =
    'Bars of the lake where there are any, else a continuous front series of settlements, which has closes only. The whole ' +
    'history goes into each value; --from only hides rows. Warm-up and gaps have no value. docs/indicators.md has every ' +
    'formula, parameter and default.'
  static override examples = [
    '<%= config.bin %> indicators wti',
    '<%= config.bin %> indicators wti --indicator rsi:14 --indicator macd:12:26:9 --from 2023-01-01 -f csv',
    '<%= config.bin %> indicators brent --indicator bollinger:20:2 --basis settlements --json',
    '<%= config.bin %> indicators wti --chart -o indicators.svg',
  ]
  static override baseFlags = chartingFlags
  static override args = {
    product: args.product({ ignoreStdin: true, description: 'wti, brent …, or a symbol of the lake that has bars' }),
  }
  static override flags = {
    indicator: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME[:N…]',
      summary: 'rsi:14, macd:12:26:9, bollinger …, or all; may be repeated. A set of nine by default.',
    }),
    prices: flags.file({ summary: 'A table with date and close, and open, high, low, volume where known.' }),
    basis: flags.choice({
      options: ['auto', 'bars', 'settlements'] as const,
      default: 'auto',
      summary: 'What of the lake to use; auto is bars where there are any.',
    })(),
    adjust: flags.choice({
      options: ['difference', 'none'] as const,
      default: 'difference',
      summary: 'Settlements only: take the gap of each roll out of earlier prices, or leave it in.',
    })(),
    roll: flags.string({
      default: 'calendar:0',
      helpValue: 'RULE',
      summary: 'Settlements only: calendar:N, fixed-day:N, open-interest or volume.',
    }),
    from: flags.date({ summary: 'First bar shown.' }),
    to: flags.date({ summary: 'Last bar used.' }),
  }

  protected async answer(ctx: Context): Promise<Report<IndicatorsData>> {
    const { args, flags } = this.input(Indicators)
    const { prices: file, from, to, basis, adjust } = flags
    const prices = file === undefined ? undefined : basename(file)
    const answer = await indicatorsOn(ctx, {
      name: args.product,
      prices:
        prices === undefined || file === undefined
          ? undefined
          : {
              file: prices,
              async read(notAfter) {
                const { readBarFile } = await import('../lib/sources/csv/bar-file.js')
                return readBarFile(ctx.resolveFile(file), prices, { signal: ctx.signal, notAfter })
              },
            },
      wanted: flags.indicator ?? [],
      roll: requestedRoll(flags.roll, `contango indicators ${args.product ?? 'wti'}`),
      basis,
      adjust,
      from,
      to,
    })
    return {
      asOf: answer.asOf,
      data: answer.data,
      rows: indicatorsTable(answer),
      view: indicatorsView(answer),
      chart: () => indicatorsChart(indicatorsPicture(answer, from !== undefined)),
    }
  }
}
