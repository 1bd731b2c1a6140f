import { Args } from '@oclif/core'
import { ContangoCommand } from '../lib/cli/base-command.js'
import { completionScript, type Shell } from '../lib/cli/completion/script.js'
import { completionWords } from '../lib/cli/completion/words.js'
import { oclifConfig } from '../lib/cli/find-command.js'
import type { Report } from '../lib/cli/report.js'
import type { CompletionData } from '../lib/documents/completion.js'

export default class Completion extends ContangoCommand {
  static override summary = 'Completion script for a shell'
  static override description = `Add one line to the shell's start file:
bash:  source <(contango completion bash)
zsh:   source <(contango completion zsh)
fish:  contango completion fish | source`
  static override examples = ['<%= config.bin %> completion bash', '<%= config.bin %> completion fish']
  static override needsWorkspace = false
  static override keepsLedger = false
  static override args = {
    shell: Args.string({ required: true, options: ['bash', 'zsh', 'fish'], description: 'The shell' }),
  }

  protected async answer(): Promise<Report<CompletionData>> {
    const shell = this.input(Completion).args.shell as Shell
    const script = completionScript(shell, this.config.bin, completionWords(await oclifConfig(this.config.root)))
    return {
      asOf: null,
      data: { shell, script },
      rows: {
        length: 1,
        columns: [
          { name: 'shell', kind: 'text', values: [shell] },
          { name: 'script', kind: 'text', values: [script] },
        ],
      },
      view: [{ lines: [script.trimEnd()] }],
    }
  }
}
