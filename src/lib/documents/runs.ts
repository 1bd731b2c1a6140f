import { z } from 'zod'

export const RunData = z.strictObject({
  id: z.string().describe('Identifier of the run; `contango runs show ID` takes it or its first characters.'),
  command: z.string().describe('The words of the command.'),
  startedAt: z.string().describe('Start, UTC, ISO 8601 with milliseconds.'),
  durationMs: z.number().describe('Wall time in milliseconds.'),
  exitCode: z.number().int().describe('Exit code; 10 is a tripped check.'),
  errorCode: z.string().nullable().describe('Code of the error or of the tripped check.'),
  asOf: z.string().nullable().describe('The date that the answer was about.'),
  schema: z.string().nullable().describe('Schema of the answer.'),
  outputSha256: z.string().nullable().describe('sha256 of the bytes that were printed.'),
})

export const RunsData = z.strictObject({ runs: z.array(RunData).describe('Newest first.') })
export type RunsData = z.infer<typeof RunsData>
