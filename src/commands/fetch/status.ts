import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchStatusData } from '../../lib/documents/fetch-status.js'

/** So many runs of a command are looked through for one that asked. */
const RUNS = 50

export default class FetchStatus extends ContangoCommand {
  static override summary = 'Which sources answer, and how fresh each series is'
  static override description =
    'Per source: live, simulated, disconnected or connection error, from the configuration and from how its last fetch ' +
    'ended; nothing goes over the network unless --probe says so. Per series: its last period and when it was written.'
  static override examples = ['<%= config.bin %> fetch status', '<%= config.bin %> fetch status --json']
  static override keepsLedger = false
  static override flags = {
    probe: flags.boolean({ summary: 'Ask each source now whether it is there; no key is sent.' }),
  }

  protected async answer(ctx: Context): Promise<Report<FetchStatusData>> {
    const { flags } = this.input(FetchStatus)
    const { probe } = await import('../../lib/sources/all/probe.js')
    const { lastAsking, sourceStatus } = await import('../../lib/sources/all/source-status.js')
    const { runningSubscriptions } = await import('../../lib/sources/quotes/subscriptions.js')
    const { statusReport } = await import('../../lib/sources/all/status-report.js')
    const { vendorsOf } = await import('../../lib/sources/all/vendors.js')
    const { config, store, runs, signal } = ctx
    const { takeInForReading } = await import('../../lib/sources/quotes/take-in.js')
    await takeInForReading(ctx)
    const statuses = await Promise.all(
      vendorsOf(config).map(async (vendor) => {
        const hasKey = vendor.secret !== null && ctx.secret(vendor.secret) !== null
        const asking = [`fetch ${vendor.source}`, ...(vendor.source === 'bloomberg' ? ['quotes'] : [])]
        const lastRun = lastAsking(
          asking
            .flatMap((command) => runs.list({ limit: RUNS, command }))
            .sort((a, b) => b.startedAtMs - a.startedAtMs),
        )
        const asks = flags.probe && vendor.address !== null && !vendor.simulated && vendor.off === null
        return sourceStatus(vendor, hasKey, lastRun, asks ? await probe(vendor.address, signal) : null)
      }),
    )
    return statusReport({
      probed: flags.probe,
      statuses,
      datasets: store.datasets(),
      dataDir: ctx.workspace.dataDir,
      tickers: config.sources.quotes.tickers,
      running: runningSubscriptions(ctx.workspace.dataDir),
    })
  }
}
