import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import type { Report } from '../../lib/cli/report.js'
import { badConfig } from '../../lib/config/config-issue.js'
import type { ConfigCheckData } from '../../lib/documents/config-check.js'

export default class ConfigCheck extends ContangoCommand {
  static override summary = 'Checks every configuration file and lists all mistakes with their lines'
  static override description =
    'Reads contango.yaml, the user file, every section of config/ (the built-in one where the workspace has none), ' +
    'the environment and the files of secrets. Exits 3 where anything is wrong.'
  static override examples = ['<%= config.bin %> config check', '<%= config.bin %> config check --json']
  static override needsWorkspace = false
  static override keepsLedger = false

  protected async answer(ctx: Context): Promise<Report<ConfigCheckData>> {
    const { files, issues, unknown } = ctx.config.check()
    for (const name of unknown) ctx.warn('UNKNOWN_CONFIG_FILE', `nothing reads config/${name}: is its name right?`)
    if (issues.length > 0) throw badConfig(issues)
    return {
      asOf: null,
      data: { files: files.map((file) => ({ ...file })), unknown: [...unknown] },
      rows: {
        length: files.length,
        columns: [
          { name: 'file', kind: 'text', values: files.map(({ file }) => file) },
          { name: 'origin', kind: 'text', values: files.map(({ origin }) => origin) },
          { name: 'sha256', kind: 'text', values: files.map(({ sha256 }) => sha256) },
        ],
      },
    }
  }
}
