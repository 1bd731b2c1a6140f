import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { ConfigEntry } from '../../lib/config/config.js'
import type { ConfigShowData } from '../../lib/documents/config-show.js'
import { ContangoError } from '../../lib/kernel/errors.js'

const wordsOf = ({ value }: ConfigEntry): string | null =>
  value === null ? null : Array.isArray(value) ? value.join(', ') : String(value)

export default class ConfigShow extends ContangoCommand {
  static override summary = 'The configuration in force, and where each value came from'
  static override description =
    'Without KEY all settings; with KEY a setting, a group of settings or a section of config/ (instruments, spreads …). ' +
    'A secret is shown as (set), never as what it is.'
  static override examples = [
    '<%= config.bin %> config show --origin',
    '<%= config.bin %> config show spreads --origin',
    '<%= config.bin %> config show eia.baseUrl --json',
  ]
  static override needsWorkspace = false
  static override keepsLedger = false
  static override args = {
    key: args.string({ description: 'Setting (eia.baseUrl), group (eia) or section (spreads, spreads.spreads.0)' }),
  }
  static override flags = {
    origin: flags.boolean({ summary: 'Say where each value came from: flag, environment, file and line, default.' }),
  }

  protected async answer(ctx: Context): Promise<Report<ConfigShowData>> {
    const { args, flags } = this.input(ConfigShow)
    const entries = ctx.config.entries(args.key)
    if (entries.length === 0) {
      throw new ContangoError(
        'usage',
        'UNKNOWN_SETTING',
        `the configuration has no "${args.key}"`,
        `contango config show KEY takes ${ctx.config.names.join(', ')}`,
        { key: args.key },
      )
    }
    return {
      asOf: null,
      data: {
        settings: Object.fromEntries(entries.map(({ key, value }) => [key, value])),
        origins: flags.origin ? Object.fromEntries(entries.map(({ key, origin }) => [key, origin])) : {},
      },
      rows: {
        length: entries.length,
        columns: [
          { name: 'key', kind: 'text', values: entries.map(({ key }) => key) },
          { name: 'value', kind: 'text', values: entries.map(wordsOf) },
          ...(flags.origin
            ? [{ name: 'origin', kind: 'text' as const, values: entries.map(({ origin }) => origin) }]
            : []),
        ],
      },
    }
  }
}
