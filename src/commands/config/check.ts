import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import type { Report } from '../../lib/cli/report.js'
import type { Table } from '../../lib/cli/table.js'
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
    if (issues.length > 0) throw badConfig(issues, 'correct these lines, then contango config check again')
    const names = { name: 'file', kind: 'text' as const, values: files.map(({ file }) => file) }
    const origins = { name: 'origin', kind: 'text' as const, values: files.map(({ origin }) => origin) }
    const sums = files.map(({ sha256 }) => sha256)
    const table = (sha256: string[]): Table => ({
      length: files.length,
      columns: [names, origins, { name: 'sha256', kind: 'text', values: sha256 }],
    })
    return {
      asOf: null,
      data: { files: files.map((file) => ({ ...file })), unknown: [...unknown] },
      rows: table(sums),
      view: [{ table: table(sums.map((sum) => sum.slice(0, 12))) }, { lines: ['every file is sound'] }],
    }
  }
}
