import { z } from 'zod'

const Side = z.strictObject({
  name: z.string().describe('Base name of the file'),
  schema: z.string().nullable().describe('contango.var/1; null for a table'),
  rows: z.int().nullable().describe('Rows of a table; null for a document'),
})

const Difference = z.strictObject({
  path: z.string().describe('data.results[method=normal,confidence=0.95].varUsd'),
  kind: z
    .enum(['changed', 'type', 'added', 'removed', 'order'])
    .describe('type: a null against a number, say; order: the same elements of a list in another order'),
  old: z.unknown().describe('Value in A; null where there is none'),
  new: z.unknown().describe('Value in B; null where there is none'),
  delta: z.number().nullable().describe('new − old of two numbers'),
  relative: z.number().nullable().describe('delta ÷ |old|, a fraction; null where old is 0 or no number'),
  tolerance: z.string().describe('What it was allowed: exact, 0.01, 1 %'),
})

export const DiffData = z
  .strictObject({
    a: Side,
    b: Side,
    equal: z.boolean().describe('No difference beyond the tolerances'),
    values: z.int().describe('Values held against each other'),
    differences: z.array(Difference).describe('In the order of A, at most --limit of them'),
    differencesCount: z.int().describe('All of them'),
    withinTolerance: z.int().describe('Numbers that differ and lie within their tolerance'),
    ignored: z.int().describe('Differences under --ignore, or outside --only'),
    unusedPatterns: z
      .array(z.string())
      .describe('Paths of --tol, --ignore, --only and --key that name nothing in A or B'),
  })
  .describe('Two outputs of one schema, field by field')
export type DiffData = z.infer<typeof DiffData>
