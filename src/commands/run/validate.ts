import type { Config } from '@oclif/core'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import { commandLines } from '../../lib/cli/command-lines.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Host } from '../../lib/cli/host.js'
import type { Report } from '../../lib/cli/report.js'
import type { RunValidateData } from '../../lib/documents/run-validate.js'
import { validatedJobs } from '../../lib/jobs/validate-report.js'

export default class RunValidate extends ContangoCommand {
  static override summary = 'Checks jobs to the end without running them; every mistake with its line'
  static override description =
    'Cycles, unknown steps, commands, flags and variables, values that a command would refuse, paths into documents ' +
    'that can have nothing there. Without JOBS: all of config/jobs. Exits 3 where anything is wrong.'
  static override examples = ['<%= config.bin %> run validate', '<%= config.bin %> run validate job.yaml --json']
  static override args = {
    jobs: args.string({ multiple: true, ignoreStdin: true, description: 'Names or files of jobs' }),
  }
  static override keepsLedger = false

  constructor(
    argv: string[],
    config: Config,
    private readonly outer: Host,
  ) {
    super(argv, config, outer)
  }

  protected async answer(ctx: Context): Promise<Report<RunValidateData>> {
    const { args } = this.input(RunValidate)
    return validatedJobs(ctx, [args.jobs ?? []].flat(), { host: this.outer, commands: commandLines(this.outer) })
  }
}
