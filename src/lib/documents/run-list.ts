import { z } from 'zod'

export const RunListData = z.strictObject({
  jobs: z
    .array(
      z.strictObject({
        job: z.string().describe('Name of the job: contango run NAME'),
        title: z.string().nullable().describe('name or title of the file; null where it cannot be read'),
        file: z.string().describe('Job file'),
        origin: z.enum(['workspace', 'built-in']).describe('Where the file stands'),
        steps: z.int().nullable().describe('Steps in the file; null where it cannot be read'),
        lastRun: z
          .strictObject({
            id: z.string().describe('contango runs show ID'),
            startedAt: z.string().describe('Start, UTC, ISO 8601 with milliseconds'),
            status: z.string().describe('running, ok, tripped, failed, stopped or killed'),
            exitCode: z.int().nullable().describe('null while it runs, and where it was killed'),
          })
          .nullable()
          .describe('null where it never ran in this workspace'),
      }),
    )
    .describe('By name'),
})
export type RunListData = z.infer<typeof RunListData>
