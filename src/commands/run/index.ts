import { availableParallelism, hostname } from 'node:os'
import type { Config } from '@oclif/core'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import { commandLines } from '../../lib/cli/command-lines.js'
import type { Context } from '../../lib/cli/context.js'
import { exitCodeOf, kindOf } from '../../lib/cli/exit-codes.js'
import { args, flags } from '../../lib/cli/flags.js'
import type { Host } from '../../lib/cli/host.js'
import type { Report } from '../../lib/cli/report.js'
import { runCommand } from '../../lib/cli/run.js'
import type { RunData } from '../../lib/documents/run.js'
import { TRADING_CALENDARS } from '../../lib/jobs/trading-day.js'
import { parseVariables } from '../../lib/jobs/parse-variables.js'

export default class Run extends ContangoCommand {
  static override summary = 'Run a job: a file of steps, each a contango command, in the order of their needs'
  static override description =
    'A job is a name of config/jobs or a YAML file. It is checked to the end before anything runs. Outputs go to ' +
    'data/runs/ID/, times into the run ledger (contango runs show ID). The exit code is the first of 130, 143, 1, 2, 3, ' +
    '8, 9, 7, 6, 5, 4, 10 that a step ended with. The same job never runs twice at once (exit 9). docs/jobs.md.'
  static override examples = [
    '<%= config.bin %> run daily-risk --dry-run',
    '<%= config.bin %> run job.yaml --json',
    '<%= config.bin %> run daily-risk --if-trading-day NYMEX --as-of 2023-12-25',
  ]
  static override args = {
    job: args.string({ ignoreStdin: true, description: 'Name or file of a job; with --resume also the id of a run' }),
  }
  static override flags = {
    'dry-run': flags.boolean({ summary: 'Check, draw the plan, and run nothing.' }),
    jobs: flags.integer({ min: 1, max: 64, summary: 'Steps at once, at most; one for each processor by default.' }),
    resume: flags.boolean({
      exclusive: ['dry-run'],
      summary: 'Go on with the last run of the job that did not end well, from where it failed.',
    }),
    'if-trading-day': flags.choice({ options: TRADING_CALENDARS })({
      summary: 'On other days end with 0 and say why; the day is --as-of, else today where the exchange stands.',
    }),
    var: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
      summary: 'Set a variable of the job; repeatable.',
    }),
  }

  constructor(
    argv: string[],
    config: Config,
    private readonly outer: Host,
  ) {
    super(argv, config, outer)
  }

  protected async answer(ctx: Context): Promise<Report<RunData>> {
    const { args, flags } = this.input(Run)
    const { startJob } = await import('../../lib/jobs/start-job.js')
    return startJob(
      ctx,
      {
        reference: args.job ?? null,
        resume: flags.resume,
        dryRun: flags['dry-run'],
        jobs: flags.jobs ?? availableParallelism(),
        ifTradingDay: flags['if-trading-day'] ?? null,
        vars: parseVariables(flags.var ?? []),
      },
      {
        runId: this.runId,
        host: this.outer,
        runCommand,
        commands: commandLines(this.outer),
        exitCodeOf: ({ kind }) => exitCodeOf(kind),
        kindOf,
        version: this.config.version,
        hostName: hostname(),
        pid: process.pid,
      },
    )
  }
}
