import { z } from 'zod'
import { DatasetKind } from './parts/dataset-kind.js'

export const DataCheckData = z
  .strictObject({
    checked: z
      .array(
        z.strictObject({
          kind: DatasetKind,
          name: z.string(),
          source: z.string(),
          path: z.string().describe('Relative to the data folder'),
          rows: z.int(),
          sha256: z.string().describe('Computed from the file, and equal to the catalogue’s'),
          refused: z.int().describe('Rows that the quality gate would not let in today'),
          flagged: z.int().describe('Rows that the quality gate wonders about'),
          findings: z
            .array(z.strictObject({ reason: z.string(), rows: z.int() }))
            .describe('Refused and flagged rows by reason, see docs/data-quality.md'),
        }),
      )
      .describe('Sound files'),
    problems: z
      .array(
        z.strictObject({
          path: z.string().describe('Relative to the data folder'),
          problem: z
            .enum(['missing', 'damaged', 'changed', 'misplaced', 'orphan', 'foreign', 'interrupted'])
            .describe(
              'missing: listed and not there; damaged: cannot be decoded; changed: not what the catalogue knows; misplaced: ' +
                'another dataset’s file; orphan: a lake file that the catalogue does not know; foreign: no lake file; ' +
                'interrupted: a killed write waits to be put right',
            ),
          message: z.string(),
        }),
      )
      .describe('Any one of them trips the check: exit 10'),
    rebuilt: z
      .strictObject({
        datasets: z.int().describe('Files that the new catalogue lists'),
        skipped: z.array(z.string()).describe('Files under lake/ that are no sound lake files; left alone'),
      })
      .nullable()
      .describe('Under --rebuild; null elsewhere'),
  })
  .describe('Is the lake sound?')
export type DataCheckData = z.infer<typeof DataCheckData>
