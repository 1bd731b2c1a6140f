import { z } from 'zod'

/** What is known of a setting besides its schema. */
export interface SettingMeta {
  /** The value where nothing else says one. */
  readonly fallback: unknown
  /** Environment variable that sets it. */
  readonly env: string
  /** Flag that sets it, without the dashes. */
  readonly flag?: string
  /** Environment name of the secret that stands in the file which this setting names. */
  readonly secret?: string
  /** Answers depend on it, so that the file which sets it is one of their inputs. */
  readonly shapesAnswers?: true
  readonly about: string
}

export const settingMeta = z.registry<SettingMeta>()

const sourceName = z
  .string()
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/, 'a source name is 1 to 64 letters, digits, ".", "_" and "-"')

/** A new schema each time: what is known of a setting hangs on its schema. */
const plainAddress = () =>
  z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .refine((text) => {
      if (!URL.canParse(text)) return true
      const { username, password, search } = new URL(text)
      return username === '' && password === '' && search === ''
    }, 'an address carries no user, password or query')
    .transform((text) => text.replace(/\/+$/, ''))

/** `contango.yaml` and the user file, where each leaf may be left out; each leaf can be set from the environment too. */
export const SettingsSchema = z.strictObject({
  sources: z.strictObject({
    priority: z
      .array(sourceName)
      .min(1, 'names at least one source')
      .refine((names) => new Set(names).size === names.length, 'names a source twice')
      .refine((names) => !names.slice(0, -1).includes('sim'), 'sim comes last: simulated data never precedes real data')
      .register(settingMeta, {
        fallback: ['bloomberg', 'eia', 'cftc', 'fred', 'csv', 'yahoo', 'sim'],
        env: 'CONTANGO_SOURCES_PRIORITY',
        shapesAnswers: true,
        about: 'Which source a reader takes where the lake holds the same data from several, best first.',
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
    about: 'Lowest level of the log lines on stderr: debug, info, warn, error or silent.',
  }),
  eia: z.strictObject({
    apiKeyFile: z.string().min(1).nullable().register(settingMeta, {
      fallback: null,
      env: 'EIA_API_KEY_FILE',
      secret: 'EIA_API_KEY',
      about: 'File that holds the EIA key, relative to the workspace; read where EIA_API_KEY is not set.',
    }),
    baseUrl: plainAddress().register(settingMeta, {
      fallback: 'https://api.eia.gov/v2',
      env: 'CONTANGO_EIA_BASE_URL',
      about: 'Address of the EIA v2 API.',
    }),
    tablesUrl: plainAddress().register(settingMeta, {
      fallback: 'https://ir.eia.gov/wpsr',
      env: 'CONTANGO_EIA_TABLES_URL',
      about: 'Folder of the CSV tables of the weekly petroleum status report, which need no key.',
    }),
  }),
  cftc: z.strictObject({
    appTokenFile: z.string().min(1).nullable().register(settingMeta, {
      fallback: null,
      env: 'CFTC_APP_TOKEN_FILE',
      secret: 'CFTC_APP_TOKEN',
      about: 'File that holds a token for the CFTC site; read where CFTC_APP_TOKEN is not set. None is needed.',
    }),
    baseUrl: plainAddress().register(settingMeta, {
      fallback: 'https://publicreporting.cftc.gov',
      env: 'CONTANGO_CFTC_BASE_URL',
      about: 'Address of the public reporting site of the CFTC.',
    }),
  }),
  fred: z.strictObject({
    apiKeyFile: z.string().min(1).nullable().register(settingMeta, {
      fallback: null,
      env: 'FRED_API_KEY_FILE',
      secret: 'FRED_API_KEY',
      about: 'File that holds the FRED key, relative to the workspace; read where FRED_API_KEY is not set.',
    }),
    baseUrl: plainAddress().register(settingMeta, {
      fallback: 'https://api.stlouisfed.org/fred',
      env: 'CONTANGO_FRED_BASE_URL',
      about: 'Address of the FRED API.',
    }),
  }),
  yahoo: z.strictObject({
    acceptCaveats: z.boolean().register(settingMeta, {
      fallback: false,
      env: 'CONTANGO_YAHOO_ACCEPT_CAVEATS',
      about: 'True lets `fetch yahoo` ask without --accept-caveats.',
    }),
    baseUrl: plainAddress().register(settingMeta, {
      fallback: 'https://query1.finance.yahoo.com',
      env: 'CONTANGO_YAHOO_BASE_URL',
      about: 'Address of the chart endpoint of Yahoo Finance.',
    }),
  }),
  bloomberg: z.strictObject({
    host: z
      .string()
      .regex(/^[A-Za-z0-9._:-]{1,253}$/, 'a host is a name or an address, without scheme and port')
      .register(settingMeta, {
        fallback: 'localhost',
        env: 'BLOOMBERG_HOST',
        about: 'Machine of the Terminal (bridge) or of the blpapi-http server.',
      }),
    port: z.int().min(1).max(65_535).register(settingMeta, {
      fallback: 8194,
      env: 'BLOOMBERG_PORT',
      about: 'Its port: 8194 is that of the Terminal, blpapi-http listens on 3000 unless told otherwise.',
    }),
    timeoutMs: z.int().min(100).max(600_000).register(settingMeta, {
      fallback: 30_000,
      env: 'BLOOMBERG_TIMEOUT',
      about: 'Milliseconds that one request to Bloomberg may take.',
    }),
    enableSubscriptions: z.boolean().register(settingMeta, {
      fallback: true,
      env: 'BLOOMBERG_ENABLE_SUBSCRIPTIONS',
      about: 'False refuses `quotes --watch` from Bloomberg, where the licence has no streaming.',
    }),
    useMock: z.boolean().register(settingMeta, {
      fallback: false,
      env: 'BLOOMBERG_USE_MOCK',
      about: 'True never asks Bloomberg: `quotes` shows the simulated market, `fetch bloomberg` refuses.',
    }),
  }),
})

type Parsed = z.output<typeof SettingsSchema>

export interface Settings {
  readonly sources: { readonly priority: readonly string[] }
  readonly lockWaitSeconds: Parsed['lockWaitSeconds']
  readonly logLevel: Parsed['logLevel']
  readonly eia: Readonly<Parsed['eia']>
  readonly cftc: Readonly<Parsed['cftc']>
  readonly fred: Readonly<Parsed['fred']>
  readonly yahoo: Readonly<Parsed['yahoo']>
  readonly bloomberg: Readonly<Parsed['bloomberg']>
}

/** One setting: `eia.baseUrl`, how it is checked and where it may come from. */
export interface SettingLeaf extends SettingMeta {
  readonly key: string
  readonly path: readonly string[]
  readonly schema: z.ZodType
}

function leavesOf(schema: z.ZodType, path: readonly string[]): SettingLeaf[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, inner]) => leavesOf(inner as z.ZodType, [...path, key]))
  }
  const meta = settingMeta.get(schema)
  return meta ? [{ ...meta, key: path.join('.'), path, schema }] : []
}

/** Every setting in the order of the schema. */
export const settingLeaves: readonly SettingLeaf[] = leavesOf(SettingsSchema, [])

function sparse(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodObject)) return schema.optional()
  const shape = Object.entries(schema.shape).map(([key, inner]) => [key, sparse(inner as z.ZodType)])
  return z.strictObject(Object.fromEntries(shape)).nullable().optional() // `eia:` with its lines still commented out
}

/** A settings file: the same tree, where each leaf and each group may be left out. */
export const SettingsFileSchema: z.ZodType = sparse(SettingsSchema)

/** The value at a setting's path; undefined where the tree has none. */
export function settingAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined),
    tree,
  )
}
