import { z } from 'zod'

export const SchemaData = z.strictObject({
  schemas: z
    .array(
      z.strictObject({
        name: z.string().describe('What `contango schema` takes.'),
        schema: z.string().describe('Value of the field `schema` in the documents that it describes.'),
        document: z
          .record(z.string(), z.unknown())
          .optional()
          .describe('The JSON Schema, draft 2020-12; only where one was asked for by name.'),
      }),
    )
    .describe('In order of name.'),
})
export type SchemaData = z.infer<typeof SchemaData>
