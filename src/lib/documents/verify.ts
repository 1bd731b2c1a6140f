import { z } from 'zod'

export const VerifyData = z
  .strictObject({
    file: z.string().describe('Base name of the document'),
    schema: z.string(),
    command: z.string().describe('What was run again: contango var --book=example --as-of=2023-12-29'),
    holds: z.boolean().describe('The answer (data, trip, asOf) is what it was, within --rel and --abs'),
    causes: z
      .array(z.enum(['data', 'config', 'file', 'code']))
      .describe(
        'What it no longer holds for, as fingerprints tell: data of the lake, a file of config/, a FILE of the command line; code where none of them changed',
      ),
    failure: z
      .strictObject({ code: z.string(), message: z.string(), exitCode: z.int() })
      .nullable()
      .describe('How the run ended where it gave no answer'),
    inputs: z
      .array(
        z.strictObject({
          input: z.string().describe('CL (curves, csv), config/instruments.yaml, settlements.csv'),
          kind: z.enum(['data', 'config', 'file']),
          status: z
            .enum(['same', 'changed', 'gone', 'new'])
            .describe('new: the run read what the document does not name'),
          old: z.string().nullable().describe('sha256 in the document'),
          new: z.string().nullable().describe('sha256 now'),
        }),
      )
      .describe('Every input of the document or of the run'),
    differences: z
      .array(
        z.strictObject({
          path: z.string(),
          old: z.unknown(),
          new: z.unknown(),
          delta: z.number().nullable(),
        }),
      )
      .describe('The first 1000'),
    differencesCount: z.int(),
  })
  .describe('Does a document still hold?')
export type VerifyData = z.infer<typeof VerifyData>
