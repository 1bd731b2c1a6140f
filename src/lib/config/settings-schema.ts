import { z } from 'zod'

/** What is known of a setting besides its schema. */
export interface SettingMeta {
  /** Where nothing else says. */
  readonly fallback: unknown
  /** Environment variable that sets it. */
  readonly env: string
  /** Flag that sets it, without the dashes. */
  readonly flag?: string
  /** The secret that stands in the file that this setting names. */
  readonly secret?: string
  readonly about: string
}

export const settingMeta = z.registry<SettingMeta>()

const sourceName = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/, 'a source is 1 to 64 letters, digits, ".", "_" and "-"')

/** `contango.yaml` and the user file: each leaf may be left out. */
export const SettingsSchema = z.strictObject({
  sources: z.strictObject({
    priority: z
      .array(sourceName)
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'a source is named twice')
      .refine((names) => !names.slice(0, -1).includes('sim'), 'sim comes last: simulated data never precedes real data')
      .register(settingMeta, {
        fallback: ['bloomberg', 'eia', 'csv', 'sim'],
        env: 'CONTANGO_SOURCES_PRIORITY',
        about: 'Which source a reader takes where the lake has several; sources that are not listed follow, sim last.',
      }),
  }),
  lockWaitSeconds: z.number().min(0).max(86_400).register(settingMeta, {
    fallback: 10,
    env: 'CONTANGO_LOCK_WAIT_SECONDS',
    flag: 'lock-wait-seconds',
    about: 'How long a writer waits for the lock of the workspace before it exits 9.',
  }),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).register(settingMeta, {
    fallback: 'warn',
    env: 'CONTANGO_LOG_LEVEL',
    about: 'Lowest level of the JSON log lines on stderr.',
  }),
  eia: z.strictObject({
    apiKeyFile: z.string().min(1).nullable().register(settingMeta, {
      fallback: null,
      env: 'EIA_API_KEY_FILE',
      secret: 'EIA_API_KEY',
      about: 'File that holds the EIA key, resolved against the workspace; read where EIA_API_KEY is not set.',
    }),
    baseUrl: z.url({ protocol: /^https?$/ }).register(settingMeta, {
      fallback: 'https://api.eia.gov/v2',
      env: 'CONTANGO_EIA_BASE_URL',
      about: 'Address of the EIA v2 API.',
    }),
  }),
})

export type Settings = {
  readonly [Group in keyof z.infer<typeof SettingsSchema>]: Readonly<z.infer<typeof SettingsSchema>[Group]>
}

/** `sources.priority`, `lockWaitSeconds`, … */
export type SettingKey = 'sources.priority' | 'lockWaitSeconds' | 'logLevel' | 'eia.apiKeyFile' | 'eia.baseUrl'
