import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchSimData } from '../../lib/documents/fetch-sim.js'
import { isoFromDay } from '../../lib/kernel/day.js'
import { yieldNow } from '../../lib/runtime/yield-now.js'

export default class FetchSim extends ContangoCommand {
  static override summary = 'Write a simulated market into the lake'
  static override description =
    'Curves, front-month bars, weekly petroleum figures and trader positions of an invented market, equal to the byte ' +
    'for equal --seed: WTI, Brent, RBOB, heating oil, gasoil, natural gas, Brent CME and Dubai. One seed is one world; ' +
    '--from and --to cut a window out of it. What is written replaces the simulated dataset that was there; real data ' +
    'is never touched and always preferred. The model and its limits: docs/simulator.md.'
  static override examples = [
    '<%= config.bin %> fetch sim',
    '<%= config.bin %> fetch sim --seed 7 --from 2022-01-03 --to 2023-12-29 --json',
    '<%= config.bin %> fetch sim --product wti --product brent --ranks 12 --from 2023-01-02',
  ]
  static override flags = {
    from: flags.date({ description: 'First day, 2010-01-04 or later; by default 2015-01-02' }),
    to: flags.date({ description: 'Last day, 2036-12-31 or earlier; by default 2024-12-31' }),
    product: flags.product({ description: 'Only this product; may be repeated; by default all eight', multiple: true }),
    ranks: flags.integer({
      description: 'At most this many contracts of each curve; products list 12 to 36',
      min: 1,
      max: 36,
      default: 36,
    }),
  }

  protected async answer(ctx: Context): Promise<Report<FetchSimData>> {
    const { flags } = this.input(FetchSim)
    const { generate, SIM_SOURCE } = await import('../../lib/sources/sim/generate.js')
    const { ingest } = await import('../../lib/sources/ingest.js')
    const { datasetTable, fetchSimView } = await import('../../lib/sources/sim/fetch-sim-view.js')
    const { leftFromAnotherWorld, writtenDatasets } = await import('../../lib/sources/sim/written-datasets.js')
    const { market, config, seed, store, strict, signal, warn } = ctx
    const parameters = config.simulator
    const from = flags.from ?? parameters.defaultStart
    const to = flags.to ?? parameters.defaultEnd
    const asked = new Set((flags.product ?? []).map((name) => market.resolveProduct(name)))
    const writes = await generate({
      parameters,
      market,
      publications: config.publications,
      seed,
      from,
      to,
      products: market.products.filter((product) => asked.size === 0 || asked.has(product)),
      maxRank: flags.ranks,
      yieldNow: () => yieldNow(signal),
    })
    const before = store.datasets({ source: SIM_SOURCE })
    const results = await ingest({ store, market, strict, warn, signal }, writes)
    warn('SIMULATED', `a simulated market of seed ${seed}: none of these prices was ever traded`)
    const left = leftFromAnotherWorld(before, results)
    if (left.length > 0) {
      warn('SIMULATED_MIX', `${left.join(', ')} in the lake come from another simulated world: fetch sim them too`)
    }
    const datasets = writtenDatasets(before, writes, results)
    const data: FetchSimData = { seed, from: isoFromDay(from), to: isoFromDay(to), simulated: true, datasets }
    return { asOf: null, data, rows: datasetTable(datasets), view: fetchSimView(data) }
  }
}
