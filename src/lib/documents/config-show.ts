import { z } from 'zod'

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const ConfigShowData = z.strictObject({
  settings: z
    .record(z.string(), z.union([scalar, z.array(scalar)]))
    .describe('Value by dotted key (`eia.baseUrl`, `spreads.spreads.0.name`). A secret is "(set)" or null.'),
  origins: z
    .record(z.string(), z.string())
    .describe(
      'Where each value came from, by the same keys: `flag --x`, `env NAME`, `contango.yaml:12`, ' +
        '`config/spreads.yaml:7`, `built-in config/spreads.yaml:7`, `user config.yaml:3`, `file eia.apiKeyFile`, `default`.',
    ),
})
export type ConfigShowData = z.infer<typeof ConfigShowData>
