import type { CommandLines } from './command-lines.js'
import type { Host } from '../cli/host.js'
import type { ContangoError, ErrorKind } from '../kernel/errors.js'
import type { CalendarName } from '../market/calendars.js'
import type { RunCommand } from './run-line.js'

/** What `contango run` asks for. */
export interface JobRequest {
  /** Name or file of a job; with `resume` also the id of a run; null for the last run. */
  readonly reference: string | null
  readonly resume: boolean
  readonly dryRun: boolean
  readonly jobs: number
  readonly ifTradingDay: CalendarName | null
  readonly vars: Readonly<Record<string, string>>
}

/** The command line that runs the steps, and this run in it. */
export interface JobPorts {
  readonly runId: string
  readonly host: Host
  readonly runCommand: RunCommand
  readonly commands: CommandLines
  readonly exitCodeOf: (error: ContangoError) => number
  readonly kindOf: (exitCode: number) => ErrorKind
  readonly version: string
  readonly hostName: string
  readonly pid: number
}
