import { z } from 'zod'

export const SignalsLogData = z
  .strictObject({
    signals: z
      .array(
        z.strictObject({
          issuedAt: z.string().describe('When it was said, UTC'),
          product: z.string(),
          name: z.string().describe('Signal, or composite'),
          family: z.string(),
          date: z.string().describe('Decision day that it is about, YYYY-MM-DD'),
          direction: z.enum(['LONG', 'SHORT', 'NEUTRAL']),
          score: z.number(),
          confidence: z.number(),
          value: z.number().nullable(),
          unit: z.string(),
          knownOn: z.string(),
          reason: z.string(),
          parameters: z.record(z.string(), z.number()),
          numbers: z
            .array(
              z.strictObject({ name: z.string(), value: z.number().nullable(), unit: z.string(), knownOn: z.string() }),
            )
            .describe('The numbers that made it, as they were known then'),
          simulated: z.boolean(),
          version: z.string().describe('Version of contango that said it'),
        }),
      )
      .describe('In the order in which they were said'),
  })
  .describe('What contango signals said')
export type SignalsLogData = z.infer<typeof SignalsLogData>
