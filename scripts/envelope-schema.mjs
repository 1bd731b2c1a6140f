// The JSON Schema of a whole document: the envelope of the output contract around a command's `data`.
import { z } from 'zod'

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('Hexadecimal sha256.')
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const seriesInput = z.strictObject({
  series: z.string().describe('Product, symbol or series id.'),
  kind: z.enum(['curves', 'bars', 'series']),
  source: z.string().describe('csv, eia, sim, or the name given at import.'),
  simulated: z.boolean().describe('True for whatever came from the simulator.'),
  sha256: sha256.describe('Fingerprint of the slice that was read.'),
  rows: z.number().int(),
  first: isoDate.nullable(),
  last: isoDate.nullable(),
})
const configInput = z.strictObject({ config: z.string().describe('Configuration file that was read.'), sha256 })
const warning = z.strictObject({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
})

/** @param {string} id @param {string} title @param {import('zod').ZodType} data */
export function envelopeSchema(id, title, data) {
  const document = z.strictObject({
    schema: z.literal(id),
    ok: z.literal(true),
    asOf: isoDate.nullable().describe('The date that the answer is about; null where there is none.'),
    data,
    params: z.record(z.string(), z.unknown()).describe('Every resolved flag and argument; files as name and sha256.'),
    inputs: z.array(z.union([seriesInput, configInput])).describe('Everything that was read.'),
    warnings: z.array(warning),
    trip: z
      .strictObject({ code: z.string(), message: z.string() })
      .optional()
      .describe('A check that said no; the exit code is 10.'),
  })
  return { $id: id, title, ...z.toJSONSchema(document, { unrepresentable: 'any' }) }
}

export function errorSchema() {
  const document = z.strictObject({
    schema: z.literal('contango.error/1'),
    ok: z.literal(false),
    exitCode: z.number().int(),
    error: z.strictObject({
      code: z.string().describe('Stable, for scripts.'),
      message: z.string(),
      hint: z.string().nullable().describe('What to type next.'),
      details: z.record(z.string(), z.unknown()),
    }),
  })
  return { $id: 'contango.error/1', title: 'A failure', ...z.toJSONSchema(document) }
}
