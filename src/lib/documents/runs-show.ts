import { z } from 'zod'
import { RunData } from './runs.js'

const RunStepData = z
  .strictObject({
    id: z.string().describe('Step of the job; its output and its log have this name in data/runs/ID/.'),
    command: z.array(z.string()).describe('Its words; variables that only the run knew stand as they are written.'),
    mode: z.string().describe('in-process or child.'),
    status: z.string().describe('waiting, running, ok, tripped, failed, skipped, stopped or not-run.'),
    exitCode: z.int().nullable().describe('null where it did not run to an end.'),
    allowed: z.boolean().describe('allow-exit names the exit code: steps that need this one ran.'),
    errorCode: z.string().nullable().describe('Code of the error, or of the check that said no.'),
    message: z.string().nullable().describe('What failed, what the check says, or why it was not run.'),
    attempts: z.int().describe('How often it was run.'),
    startedAt: z.string().nullable().describe('Start, UTC, ISO 8601 with milliseconds.'),
    durationMs: z.number().nullable().describe('Wall time in milliseconds, all attempts and waits between them.'),
    schema: z.string().nullable().describe('Schema of what it printed.'),
    sha256: z.string().nullable().describe('sha256 of what it printed.'),
    file: z.string().nullable().describe('Name of what it printed in data/runs/ID/.'),
    inputs: z.array(z.record(z.string(), z.unknown())).describe('What it read, with fingerprints.'),
    keptFrom: z.string().nullable().describe('The earlier run whose answer stands, in a run that was resumed.'),
  })
  .describe('One step of a job')

export const RunsShowData = z.strictObject({
  run: RunData.extend({
    exitCode: z.int().nullable().describe('Exit code; null for a job that runs, or that was killed.'),
    durationMs: z.number().nullable().describe('Wall time in milliseconds; null for a job that runs or was killed.'),
    argv: z.array(z.string()).describe('Words after the command; secrets are redacted.'),
    version: z.string().describe('Version of contango.'),
    host: z.string().describe('Name of the machine.'),
    pid: z.number().int().describe('Process id.'),
    inputs: z.array(z.record(z.string(), z.unknown())).describe('What was read, with fingerprints.'),
    job: z
      .strictObject({
        name: z.string().describe('Name of the job.'),
        file: z.string().describe('Job file.'),
        sha256: z.string().describe('Of the job file as it was run.'),
        status: z
          .string()
          .describe('running, ok, tripped, failed, stopped (a signal) or killed (it never said how it ended).'),
        asOf: z.string().nullable().describe('What asOf was, where a step asked for it.'),
        vars: z.record(z.string(), z.string()).describe('What --var said.'),
        resumedFrom: z.string().nullable().describe('The run that it went on from.'),
      })
      .nullable()
      .describe('Of contango run; null for any other command.'),
    steps: z.array(RunStepData).describe('Of a job, in the order of its file; empty for any other command.'),
  }),
})
export type RunsShowData = z.infer<typeof RunsShowData>
