import { readFileSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { ContangoError } from '../kernel/errors.js'

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The file that the settings name for a secret; null where they name none. */
  readonly fileSetting: (name: string) => { readonly key: string; readonly file: string } | null
  /** Relative paths start here. */
  readonly home: string
  /** The redactor must know a value before anything is printed. */
  readonly onSecret: (value: string) => void
  readonly onWarning: (code: string, message: string) => void
}

const MAX_BYTES = 64 * 1024

export interface Secrets {
  /** The value; null if neither the variable nor a file is named. Throws config SECRET_FILE, SECRET_MALFORMED. */
  get(name: string): string | null
  /** `env NAME` or `file eia.apiKeyFile`; null if neither is named. Opens no file. */
  originOf(name: string): string | null
}

type Place = { readonly value: string; readonly origin: string } | { readonly file: string; readonly origin: string }

/**
 * Secrets by name: from the environment variable NAME, else from the file that NAME_FILE or the settings name.
 * Values are trimmed and kept; neither a value nor the path of its file stands in a message.
 */
export function createSecrets(sources: SecretSources): Secrets {
  const known = new Map<string, string | null>()
  return {
    get(name) {
      let value = known.get(name)
      if (value === undefined) {
        const place = placeOf(name, sources)
        value = place === null ? null : readSecret(name, place, sources)
        if (value !== null) sources.onSecret(value)
        known.set(name, value)
      }
      return value
    },
    originOf: (name) => placeOf(name, sources)?.origin ?? null,
  }
}

function placeOf(name: string, { env, fileSetting }: SecretSources): Place | null {
  const value = env[name]?.trim()
  if (value) return { value, origin: `env ${name}` }
  const setting = fileSetting(name)
  if (setting) return { file: setting.file, origin: `file ${setting.key}` }
  const file = env[`${name}_FILE`]?.trim()
  return file ? { file, origin: `file ${name}_FILE` } : null
}

function readSecret(name: string, place: Place, sources: SecretSources): string {
  return wellFormed(name, 'value' in place ? place.value : readSecretFile(name, place, sources))
}

/** Absolute, `~/…`, or relative to the workspace. */
function resolvePath(file: string, { env, home }: SecretSources): string {
  if (file.startsWith('~/') && env['HOME']) return join(env['HOME'], file.slice(2))
  return isAbsolute(file) ? file : resolve(home, file)
}

function readSecretFile(name: string, place: { file: string; origin: string }, sources: SecretSources): string {
  const path = resolvePath(place.file, sources)
  const what = `the ${place.origin} for ${name}`
  const refuse = (reason: string): ContangoError =>
    new ContangoError(
      'config',
      'SECRET_FILE',
      `${what} ${reason}`,
      `put the key alone into a file of your own (chmod 600), or set ${name}`,
      { secret: name },
    )
  let text: string
  try {
    const stat = statSync(path)
    if (!stat.isFile()) throw refuse('is not a file')
    if (stat.size > MAX_BYTES) throw refuse('is too large for a key')
    if ((stat.mode & 0o004) !== 0) {
      sources.onWarning('SECRET_FILE_OPEN', `${what} can be read by everyone: chmod 600 it`)
    }
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (error instanceof ContangoError) throw error
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw refuse(missing ? 'does not exist' : 'cannot be read')
  }
  if (text === '') throw refuse('is empty')
  return text
}

/** A key with a line break or a control character in it is a file of something else. */
function wellFormed(name: string, value: string): string {
  if (/^[\x21-\x7e]+$/.test(value)) return value
  throw new ContangoError(
    'config',
    'SECRET_MALFORMED',
    `${name} is not one word of printable characters`,
    `set ${name} to the key alone`,
    { secret: name },
  )
}
