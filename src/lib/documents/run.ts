import { z } from 'zod'

export const RunStep = z
  .strictObject({
    id: z
      .string()
      .describe('Id in the job file; with the values of its matrix behind a dot where it has one: curves.wti'),
    step: z.string().describe('Id in the job file'),
    matrix: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .nullable()
      .describe('Values of the matrix; null without one'),
    command: z
      .array(z.string())
      .describe('The words; variables of the job are filled in, those that only a run knows stand as they are written'),
    needs: z.array(z.string()).describe('Steps that come before'),
    when: z.string().nullable().describe('Condition as it is written'),
    mode: z.enum(['in-process', 'child']).describe('child: a process of its own'),
    status: z
      .enum(['planned', 'ok', 'tripped', 'failed', 'skipped', 'stopped', 'not-run'])
      .describe('tripped: exit 10. skipped: when said no. not-run: a step that it needs failed'),
    exitCode: z.int().nullable().describe('Exit code of the command; null where it did not run'),
    allowed: z.boolean().describe('allow-exit names the exit code: steps that need this one ran'),
    attempts: z.int().describe('How often it was run; more than 1 after retries'),
    errorCode: z.string().nullable().describe('Code of the error, or of the check that said no'),
    message: z.string().nullable().describe('What failed, what the check says, or why it was not run'),
    schema: z.string().nullable().describe('Schema of the document that it printed'),
    sha256: z.string().nullable().describe('Of what it printed, which is kept in data/runs/ID/'),
    file: z.string().nullable().describe('Name of what it printed in data/runs/ID/'),
  })
  .describe('One command of a job')
export type RunStep = z.infer<typeof RunStep>

export const RunData = z.strictObject({
  job: z.string().describe('Name of the job: its file without ending'),
  title: z.string().describe('name or title of the job file, else the name of the job'),
  file: z.strictObject({ name: z.string(), sha256: z.string() }).describe('Job file'),
  dryRun: z.boolean().describe('Only planned and checked'),
  ran: z.boolean().describe('False on a day that is no trading day, and for --dry-run'),
  tradingDay: z
    .strictObject({
      calendar: z.string().describe('NYMEX, ICE, UK or NYMEX-TRADING'),
      date: z.string().describe('The day that was asked about: --as-of, else today where the exchange stands'),
      isTradingDay: z.boolean(),
      reason: z.string().nullable().describe('Why not; null on a trading day'),
    })
    .nullable()
    .describe('null where no trading day was asked for'),
  vars: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).describe('Variables of the job'),
  exitCode: z
    .int()
    .describe(
      'The first of 130, 143, 1, 2, 3, 8, 9, 7, 6, 5, 4, 10 that a step ended with, else 0: what the process exits with',
    ),
  counts: z
    .strictObject({
      ok: z.int(),
      tripped: z.int(),
      failed: z.int(),
      skipped: z.int(),
      stopped: z.int(),
      notRun: z.int(),
    })
    .describe('Steps by status'),
  steps: z.array(RunStep).describe('In the order of the job file'),
})
export type RunData = z.infer<typeof RunData>
