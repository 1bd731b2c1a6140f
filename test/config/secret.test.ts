import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configOf, folderWith } from './support.js'

const KEY = 'abc123SECRETdef456'

function keyFile(content = `${KEY}\n`, mode = 0o600): string {
  const path = join(folderWith({ 'eia.key': content }), 'eia.key')
  chmodSync(path, mode)
  return path
}

describe('secrets', () => {
  it('come from the variable, else from the file that NAME_FILE names, else from the file in the settings', () => {
    const file = keyFile('from-file\n')
    const settings = { 'contango.yaml': 'eia:\n  apiKeyFile: keys/eia\n', 'keys/eia': '  from-settings \n' }
    const get = (env: Record<string, string>): string | null => configOf(settings, { env }).secret('EIA_API_KEY')
    expect(get({ EIA_API_KEY: ` ${KEY} `, EIA_API_KEY_FILE: file })).toBe(KEY)
    expect(get({ EIA_API_KEY_FILE: file })).toBe('from-file')
    expect(get({})).toBe('from-settings')
    expect(configOf({}).secret('EIA_API_KEY')).toBeNull()
  })

  it('read NAME_FILE of a secret that no setting knows', () => {
    expect(configOf({}, { env: { OTHER_TOKEN_FILE: keyFile() } }).secret('OTHER_TOKEN')).toBe(KEY)
  })

  it('resolve ~/ against the home folder', () => {
    const home = folderWith({ 'keys/eia': KEY })
    const env = { HOME: home, EIA_API_KEY_FILE: '~/keys/eia' }
    expect(configOf({}, { env }).secret('EIA_API_KEY')).toBe(KEY)
  })

  it('are told to the redactor: those of the environment at once, those in files when they are read', () => {
    const told: string[] = []
    const onSecret = (value: string): void => void told.push(value)
    configOf({}, { env: { EIA_API_KEY: KEY }, onSecret })
    expect(told).toEqual([KEY])
    const fromFile = configOf({}, { env: { EIA_API_KEY_FILE: keyFile('in-file') }, onSecret })
    expect(told).toEqual([KEY])
    fromFile.secret('EIA_API_KEY')
    fromFile.secret('EIA_API_KEY')
    expect(told).toEqual([KEY, 'in-file'])
  })

  it('warn where everyone can read the file', () => {
    const warned: string[] = []
    const onWarning = (code: string, message: string): void => void warned.push(`${code} ${message}`)
    configOf({}, { env: { EIA_API_KEY_FILE: keyFile(KEY, 0o600) }, onWarning }).secret('EIA_API_KEY')
    expect(warned).toEqual([])
    configOf({}, { env: { EIA_API_KEY_FILE: keyFile(KEY, 0o644) }, onWarning }).secret('EIA_API_KEY')
    expect(warned).toEqual([
      'SECRET_FILE_OPEN the file eia.apiKeyFile for EIA_API_KEY can be read by everyone: chmod 600 it',
    ])
  })

  it('are refused without being shown where the file is gone, empty, a folder, or holds something else', () => {
    const cases = [
      [join(folderWith(), 'gone.key'), 'does not exist'],
      [keyFile(' \n'), 'is empty'],
      [folderWith(), 'is not a file'],
      [keyFile('x'.repeat(70_000)), 'is too large for a key'],
      [keyFile(`${KEY}\nsecond line\n`), 'EIA_API_KEY is not one word of printable characters'],
    ]
    for (const [path, says] of cases) {
      const config = configOf({}, { env: { EIA_API_KEY_FILE: path } })
      let thrown: unknown
      try {
        config.secret('EIA_API_KEY')
      } catch (error) {
        thrown = error
      }
      expect(thrown, says).toMatchObject({ kind: 'config', message: expect.stringContaining(says) })
      const text = JSON.stringify([thrown, (thrown as Error).message])
      expect(text).not.toContain(KEY)
      expect(text).not.toContain(path)
    }
  })

  it('are never among the entries: only that they are set, and by what', () => {
    const inEnv = configOf({}, { env: { EIA_API_KEY: KEY } }).entries()
    expect(inEnv).toContainEqual({ key: 'eia.apiKey', value: '(set)', origin: 'env EIA_API_KEY' })
    expect(JSON.stringify(inEnv)).not.toContain(KEY)
    const inFile = configOf({}, { env: { EIA_API_KEY_FILE: keyFile() } }).entries()
    expect(inFile).toContainEqual({ key: 'eia.apiKey', value: '(set)', origin: 'file eia.apiKeyFile' })
    expect(JSON.stringify(inFile)).not.toContain(KEY)
    expect(configOf({}).entries()).toContainEqual({ key: 'eia.apiKey', value: null, origin: 'default' })
  })
})
