import { z } from 'zod'

export const RunValidateData = z.strictObject({
  jobs: z
    .array(
      z.strictObject({
        job: z.string().describe('Name of the job'),
        file: z.string().describe('Job file'),
        sha256: z.string().describe('Of the file'),
        steps: z.array(z.string()).describe('Steps that it makes, in order'),
      }),
    )
    .describe('Every job that was checked; all of them are sound'),
})
export type RunValidateData = z.infer<typeof RunValidateData>
