import type { Chart } from '../lib/charts/chart.js'
import { historyChart } from '../lib/charts/specs/history-chart.js'
import { spreadsChart } from '../lib/charts/specs/spreads-chart.js'
import { SPREAD_ALIGNMENTS } from '../lib/analytics/spread-definition.js'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args, flags } from '../lib/cli/flags.js'
import { chartingFlags } from '../lib/cli/global-flags.js'
import type { Report } from '../lib/cli/report.js'
import { priceDigits, signedText } from '../lib/desk/number-text.js'
import { SPREAD_WINDOW_DAYS, spreadsOn, type SpreadsAnswer } from '../lib/desk/spreads-on.js'
import { spreadsTable, spreadsView } from '../lib/desk/spreads-view.js'
import type { SpreadsData } from '../lib/documents/spreads.js'
import { isoDays } from '../lib/kernel/day.js'

export default class Spreads extends ContangoCommand {
  static override summary =
    'WTI–Brent, cracks, HOGO, gasoil crack, calendar spreads and your own, with their place in history'
  static override description =
    'Spreads are defined in config/spreads.yaml. Each is valued on the last day on which all of its legs settled; the ' +
    'window of z-score and percentile holds common days only. Change is of the same contracts, so no roll is in it.'
  static override examples = [
    '<%= config.bin %> spreads',
    '<%= config.bin %> spreads wti-brent crack-3-2-1 --json',
    '<%= config.bin %> spreads crack-3-2-1 --align rank --window 60',
    '<%= config.bin %> spreads wti-brent --history -f csv',
    '<%= config.bin %> spreads --chart -o spreads.svg',
  ]
  static override baseFlags = chartingFlags
  static override args = {
    name: args.string({
      multiple: true,
      ignoreStdin: true,
      description: 'Names of config/spreads.yaml; all by default',
    }),
  }
  static override flags = {
    align: flags.choice({
      options: SPREAD_ALIGNMENTS,
      default: 'delivery',
      summary: 'Legs in the nearest common delivery month, or each at its own rank.',
    })(),
    window: flags.integer({
      default: SPREAD_WINDOW_DAYS,
      min: 20,
      max: 2520,
      summary: 'Common days of z-score and percentile, up to the date and with it.',
    }),
    history: flags.boolean({ summary: 'Every common day, each with that day’s contracts.' }),
    band: flags.boolean({ summary: 'The window day by day beside the same dates of earlier years.' }),
    from: flags.date({ summary: 'First day of the history.', dependsOn: ['history'] }),
    to: flags.date({ summary: 'Last day of the history.', dependsOn: ['history'] }),
  }

  protected async answer(ctx: Context): Promise<Report<SpreadsData>> {
    const { args, flags } = this.input(Spreads)
    const { align, window, from, to } = flags
    const history = flags.history ? { from, to } : undefined
    const answer = await spreadsOn(ctx, {
      names: args.name ?? [],
      align,
      window,
      history,
      band: this.wantsChart || flags.band === true,
    })
    const { asOf } = answer
    const data = flags.band === true ? withBands(answer) : answer.data
    return { asOf, data, rows: spreadsTable(data), view: spreadsView(data), chart: () => draw(answer) }
  }
}

function withBands({ data, pictures, bandLabel }: SpreadsAnswer): SpreadsData {
  const nullable = (values: Float64Array): (number | null)[] =>
    Array.from(values, (value) => (Number.isNaN(value) ? null : value))
  return {
    ...data,
    spreads: data.spreads.map((row, i) => {
      const { days, values, band } = pictures[i]
      if (band === null) return row
      const { min, p10, median, p90, max } = band
      return {
        ...row,
        band: {
          label: bandLabel,
          dates: isoDays(days),
          values: Array.from(values),
          min: nullable(min),
          p10: nullable(p10),
          median: nullable(median),
          p90: nullable(p90),
          max: nullable(max),
        },
      }
    }),
  }
}

function draw({ data, pictures, bandLabel, sources, simulated }: SpreadsAnswer): Chart {
  const source = sources.join(', ')
  const asOf = data.date
  const [only] = pictures
  if (pictures.length > 1 || data.spreads[0].history === null) {
    const spreads = pictures.map(({ title, ...picture }) => ({ label: title, ...picture }))
    return spreadsChart({ asOf, spreads, bandLabel, simulated, source })
  }
  return historyChart({
    title: `${only.title} at ${signedText(only.values.at(-1) ?? null, priceDigits(only.unit))} ${only.unit}`,
    subtitle: `Common days, each with that day's contracts, aligned by ${data.align}`,
    unit: only.unit,
    series: [{ label: only.title, days: only.days, values: only.values }],
    zeroLine: true,
    simulated,
    source,
    asOf,
  })
}
