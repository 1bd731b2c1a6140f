import { z } from 'zod'

/** What became of the series of a user's file. */
export const fileImport = {
  series: z
    .array(
      z.strictObject({
        series: z.string().describe('Id in the lake'),
        unit: z.string().describe('Unit of the values in the lake'),
        added: z.int().describe('Periods that the lake did not hold'),
        revised: z.int().describe('New or changed vintages of periods that it held'),
        dropped: z.int().describe('Values that the quality gate refused; warnings name them'),
        first: z.string().nullable().describe('First period in the lake, YYYY-MM-DD'),
        last: z.string().nullable().describe('Last period in the lake, YYYY-MM-DD'),
        sha256: z.string().nullable().describe('Fingerprint of the whole series in the lake'),
      }),
    )
    .describe('Every series of the file'),
  removed: z
    .array(z.string())
    .describe('Series of an earlier file that this one no longer makes: they are gone from the lake'),
}

export type FileImport = z.infer<z.ZodObject<typeof fileImport, z.core.$strict>>
