import type { Config } from '@oclif/core'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Host } from '../../lib/cli/host.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchAllData } from '../../lib/documents/fetch-all.js'
import { ContangoError } from '../../lib/kernel/errors.js'

/** Writers of one run wait for each other, not for a stranger: as long as it takes. */
const LOCK_WAIT_SECONDS = 600

export default class FetchAll extends ContangoCommand {
  static override summary = 'Fetch everything that a preset lists, source by source, side by side'
  static override description =
    'Runs the fetch commands that config/sources.yaml lists under fetchAll. A source that fails stops no other; if any ' +
    'failed, the exit code is 5 and the answer lists them. What is in the lake is only brought up to date, so the same ' +
    'command again fetches what is missing: after a failure, after Ctrl-C, every evening.'
  static override examples = [
    '<%= config.bin %> fetch all --preset daily',
    '<%= config.bin %> fetch all --preset daily --json',
  ]
  static override flags = {
    preset: flags.name({ default: 'daily', helpValue: 'NAME', summary: 'A list of config/sources.yaml.' }),
  }

  constructor(
    argv: string[],
    config: Config,
    private readonly outer: Host,
  ) {
    super(argv, config, outer)
  }

  protected async answer(ctx: Context): Promise<Report<FetchAllData>> {
    const { flags } = this.input(FetchAll)
    const { runCaptured } = await import('../../lib/cli/run-captured.js')
    const { fetchAll } = await import('../../lib/sources/all/fetch-all.js')
    const { fetchAllReport } = await import('../../lib/sources/all/fetch-all-report.js')
    const presets = ctx.config.sources.fetchAll
    const lines = presets.get(flags.preset)
    if (!lines) {
      throw new ContangoError(
        'usage',
        'UNKNOWN_PRESET',
        `config/sources.yaml lists no preset "${flags.preset}" under fetchAll`,
        `--preset takes ${[...presets.keys()].join(', ')}`,
        { preset: flags.preset },
      )
    }
    const shared = [
      ...['--home', ctx.workspace.home, '--lock-wait-seconds', String(LOCK_WAIT_SECONDS), '--seed', String(ctx.seed)],
      ...(ctx.strict ? ['--strict'] : []),
    ]
    const progress = ctx.progress('fetch', lines.length)
    try {
      const fetched = await fetchAll({
        lines,
        run: (words) => runCaptured(['fetch', ...words, ...shared], this.outer),
        signal: ctx.signal,
        onLine: (line) => progress.advance(1, line),
      })
      return fetchAllReport(flags.preset, fetched)
    } finally {
      progress.stop()
    }
  }
}
