import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args, flags } from '../lib/cli/flags.js'
import type { Report } from '../lib/cli/report.js'
import { initWorkspace } from '../lib/config/init-workspace.js'
import type { InitData } from '../lib/documents/init.js'

export default class Init extends ContangoCommand {
  static override summary = 'Makes a folder a workspace with config/, data/ and reports/ of its own'
  static override description =
    'The folder must be new or empty; dot files may be there. The built-in configuration is copied into config/ to edit: ' +
    'take a file away and the built-in one is in force again. A folder that is a workspace already is left as it is.'
  static override examples = [
    '<%= config.bin %> init oil-desk --dry-run',
    '<%= config.bin %> init oil-desk',
    '<%= config.bin %> init oil-desk --json',
  ]
  static override needsWorkspace = false
  static override keepsLedger = false
  static override args = { dir: args.string({ required: true, description: 'The folder; it is made if need be' }) }
  static override flags = { 'dry-run': flags.boolean({ summary: 'Say what would be made, and make nothing.' }) }

  protected async answer(ctx: Context): Promise<Report<InitData>> {
    const { args, flags } = this.input(Init)
    const dryRun = flags['dry-run']
    const { created, files } = await initWorkspace({
      home: ctx.resolveFile(args.dir),
      typed: args.dir,
      packageRoot: this.config.root,
      dryRun,
      signal: ctx.signal,
    })
    const rows = { length: files.length, columns: [{ name: 'file', kind: 'text' as const, values: [...files] }] }
    return {
      asOf: null,
      data: { created, dryRun, files: [...files] },
      rows,
      view: created
        ? [
            { title: `${dryRun ? 'Would make' : 'Made'} the workspace ${args.dir}`, table: rows },
            { lines: [`next: cd ${args.dir}, then contango fetch sim, or contango fetch csv FILE`] },
          ]
        : [{ lines: [`${args.dir} is a workspace already; nothing was changed`] }],
    }
  }
}
