import { z } from 'zod'
import { RunData } from './runs.js'

export const RunsShowData = z.strictObject({
  run: RunData.extend({
    argv: z.array(z.string()).describe('Words after the command; secrets are redacted.'),
    version: z.string().describe('Version of contango.'),
    host: z.string().describe('Name of the machine.'),
    pid: z.number().int().describe('Process id.'),
    inputs: z.array(z.record(z.string(), z.unknown())).describe('What was read, with fingerprints.'),
  }),
})
export type RunsShowData = z.infer<typeof RunsShowData>
