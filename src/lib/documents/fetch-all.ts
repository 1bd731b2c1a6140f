import { z } from 'zod'

export const FetchAllData = z
  .strictObject({
    preset: z.string().describe('Preset of config/sources.yaml'),
    lines: z
      .array(
        z.strictObject({
          line: z.string().describe('As typed after `contango fetch`'),
          source: z.string().describe('eia, cftc, fred …'),
          exitCode: z.int().describe('0 where all of it arrived'),
          datasets: z.int().describe('Datasets that it wrote or found up to date'),
          added: z.int().describe('Rows that the lake did not hold'),
          revised: z.int().describe('Rows whose value differs from what the lake held'),
          dropped: z.int().describe('Rows that the quality gate refused'),
          errorCode: z.string().nullable().describe('What went wrong; null where nothing did'),
          message: z.string().nullable().describe('The same in words'),
        }),
      )
      .describe('In the order of the preset'),
    failed: z.array(z.string()).describe('Lines that failed; with any, the exit code is 5'),
  })
  .describe('What a preset of fetches brought into the lake')

export type FetchAllData = z.infer<typeof FetchAllData>
