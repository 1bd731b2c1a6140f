import { z } from 'zod'

export const ConfigCheckData = z.strictObject({
  files: z
    .array(
      z.strictObject({
        file: z.string().describe('`contango.yaml`, `user config.yaml` or `config/<name>.yaml`.'),
        origin: z.enum(['workspace', 'built-in', 'user']).describe('Whose file is in force.'),
        sha256: z.string().describe('Fingerprint of the bytes.'),
      }),
    )
    .describe('Every configuration file that is in force; all of them are valid.'),
  unknown: z.array(z.string()).describe("Entries of the workspace's config folder that nothing reads."),
})
export type ConfigCheckData = z.infer<typeof ConfigCheckData>
