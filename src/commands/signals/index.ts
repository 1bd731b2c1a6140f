import { signalMapChart } from '../../lib/charts/specs/signal-map-chart.js'
import { signalsChart } from '../../lib/charts/specs/signals-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { issuedSignals } from '../../lib/desk/issued-signals.js'
import { signalsOn } from '../../lib/desk/signals-on.js'
import { signalMapPicture, signalsPicture } from '../../lib/desk/signals-picture.js'
import { signalsTable, signalsView } from '../../lib/desk/signals-view.js'
import type { SignalsData } from '../../lib/documents/signals.js'
import { clock } from '../../lib/runtime/clock.js'

export default class Signals extends ContangoCommand {
  static override summary = 'Technical and fundamental signals of a product with reasons, and their composite'
  static override description =
    'Each signal says LONG, SHORT or NEUTRAL with a confidence, the numbers that made it and the day they were known. ' +
    'What is not known on --as-of is left out and named; its weight goes to the others. Weights and parameters: ' +
    'config/signals.yaml; rules: docs/signals.md.'
  static override examples = [
    '<%= config.bin %> signals wti',
    '<%= config.bin %> signals --product all --json',
    '<%= config.bin %> signals wti --history 2023-01-01..2023-12-29 -f csv',
    '<%= config.bin %> signals brent --signal rsi:10 --signal carry --as-of 2023-06-30',
    '<%= config.bin %> signals wti --history 2022-01-01..2023-12-29 --chart -o composite.svg',
  ]
  static override baseFlags = chartingFlags
  static override args = {
    product: args.product({ ignoreStdin: true }),
  }
  static override flags = {
    product: flags.product({
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Another product; may be repeated. all: every product of config/signals.yaml in the lake.',
    }),
    signal: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME[:N…]',
      summary: 'Only this signal, with parameters of its own where given; may be repeated.',
    }),
    history: flags.string({
      helpValue: 'FROM..TO',
      summary: 'Every decision day of a period, each with what was known then; either end may be left out.',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<SignalsData>> {
    const { args, flags } = this.input(Signals)
    const answer = await signalsOn(ctx, {
      products: [...(args.product === undefined ? [] : [args.product]), ...(flags.product ?? [])],
      signals: flags.signal ?? [],
      history: flags.history ?? null,
    })
    const { asOf, data } = answer
    if (flags.history === undefined) keep(ctx, answer, this.config.version)
    return {
      asOf,
      data,
      rows: signalsTable(answer),
      view: signalsView(answer),
      chart: () =>
        answer.products.length === 1 ? signalsChart(signalsPicture(answer)) : signalMapChart(signalMapPicture(answer)),
    }
  }
}

/** What was said is kept, so that it can be judged later; an answer does not fail for want of a log. */
function keep(ctx: Context, { products }: Awaited<ReturnType<typeof signalsOn>>, version: string): void {
  try {
    ctx.issuedSignals.append(
      issuedSignals(
        products.map(({ answer }) => answer),
        version,
      ),
      clock.nowMs(),
    )
  } catch (error) {
    ctx.note(`what the signals say is not in their log: ${error instanceof Error ? error.message : String(error)}`)
  }
}
