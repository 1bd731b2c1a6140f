import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configOf, folderWith } from './support.js'

const entryOf = (config: ReturnType<typeof configOf>, key: string) =>
  config.entries().find((entry) => entry.key === key)

describe('settings', () => {
  it('have their defaults where nothing says otherwise', () => {
    const config = configOf({})
    expect(config.settings).toMatchObject({
      sources: { priority: ['bloomberg', 'eia', 'cftc', 'fred', 'csv', 'yahoo', 'sim'] },
      lockWaitSeconds: 10,
      logLevel: 'warn',
      eia: { apiKeyFile: null, baseUrl: 'https://api.eia.gov/v2' },
    })
    expect(entryOf(config, 'lockWaitSeconds')).toEqual({ key: 'lockWaitSeconds', value: 10, origin: 'default' })
  })

  it('go flag > environment > contango.yaml > user file > default, and say which it was, with the line', () => {
    const user = folderWith({ 'contango/config.yaml': '# mine\n\nlockWaitSeconds: 1\n' })
    const file = { 'contango.yaml': '# desk\nlogLevel: info\nlockWaitSeconds: 2\n' }
    const env = { XDG_CONFIG_HOME: user }
    const steps = [
      { config: configOf({}), value: 10, origin: 'default' },
      { config: configOf({}, { env }), value: 1, origin: 'user config.yaml:3' },
      { config: configOf(file, { env }), value: 2, origin: 'contango.yaml:3' },
      {
        config: configOf(file, { env: { ...env, CONTANGO_LOCK_WAIT_SECONDS: '3' } }),
        value: 3,
        origin: 'env CONTANGO_LOCK_WAIT_SECONDS',
      },
      {
        config: configOf(file, {
          env: { ...env, CONTANGO_LOCK_WAIT_SECONDS: '3' },
          flags: { 'lock-wait-seconds': 4, product: 'wti' },
        }),
        value: 4,
        origin: 'flag --lock-wait-seconds',
      },
    ]
    for (const { config, value, origin } of steps) {
      expect(config.settings.lockWaitSeconds).toBe(value)
      expect(entryOf(config, 'lockWaitSeconds')?.origin).toBe(origin)
    }
  })

  it('are decided one by one: a file that sets one leaves the others to the files below it', () => {
    const home = folderWith({
      '.config/contango/config.yaml': 'eia:\n  apiKeyFile: /keys/eia\n  baseUrl: http://user\n',
    })
    const config = configOf({ 'contango.yaml': 'eia:\n  baseUrl: http://desk/v2/\n' }, { env: { HOME: home } })
    expect(config.settings.eia).toEqual({
      apiKeyFile: '/keys/eia',
      baseUrl: 'http://desk/v2',
      tablesUrl: 'https://ir.eia.gov/wpsr',
    })
    expect(['eia.apiKeyFile', 'eia.baseUrl', 'eia.apiKey'].map((key) => entryOf(config, key)?.origin)).toEqual([
      'user config.yaml:2',
      'contango.yaml:2',
      'file eia.apiKeyFile',
    ])
  })

  it('read a list from the environment as words between commas, and take an empty variable for none', () => {
    const config = configOf({}, { env: { CONTANGO_SOURCES_PRIORITY: 'ice, csv ,sim', CONTANGO_LOG_LEVEL: '' } })
    expect(config.settings.sources.priority).toEqual(['ice', 'csv', 'sim'])
    expect(config.settings.logLevel).toBe('warn')
  })

  it('take a file of comments, and a group whose lines are commented out, for nothing said', () => {
    expect(configOf({ 'contango.yaml': '# only this\n' }).settings.lockWaitSeconds).toBe(10)
    expect(configOf({ 'contango.yaml': 'eia:\n  # baseUrl: http://x\n' }).settings.eia.apiKeyFile).toBeNull()
  })

  it('name every mistake of both files and of the environment at once, each at its line', () => {
    const user = folderWith({ 'contango/config.yaml': 'logLevel: loud\n' })
    const config = configOf(
      {
        'contango.yaml':
          'lockWaitSeconds: soon\nsources:\n  priority: [sim, csv]\n  prioritty: [csv]\neia:\n  apiKey: 123\n',
      },
      { env: { XDG_CONFIG_HOME: user, CONTANGO_EIA_BASE_URL: 'https://me:pw@host/v2' } },
    )
    const lines = [
      'contango.yaml:1:18 lockWaitSeconds: expected number, received string',
      'contango.yaml:3:3 sources.priority: sim comes last: simulated data never precedes real data',
      'contango.yaml:4:3 sources.prioritty: unknown key',
      'contango.yaml:6:3 eia.apiKey: unknown key; secrets come from the environment or a file of their own, never from the configuration',
      'user config.yaml:1:11 logLevel: expected one of "debug"|"info"|"warn"|"error"|"silent"',
      'env CONTANGO_EIA_BASE_URL eia.baseUrl: an address carries no user, password or query',
    ]
    expect(() => config.settings).toThrowError(
      expect.objectContaining({
        kind: 'config',
        code: 'BAD_CONFIG',
        message: ['6 mistakes in the configuration', ...lines].join('\n  '),
      }),
    )
  })

  it('refuse a number from the environment that is not one, and one out of range', () => {
    for (const [text, says] of [
      ['abc', 'expected number'],
      ['0x10', 'expected number'],
      ['-1', '>=0'],
      ['1e9', '<=86400'],
    ]) {
      const config = configOf({}, { env: { CONTANGO_LOCK_WAIT_SECONDS: text } })
      expect(() => config.settings, text).toThrowError(says)
    }
  })

  it('cannot be changed by whoever holds them', () => {
    const { settings } = configOf({})
    expect(Object.isFrozen(settings.sources.priority)).toBe(true)
    expect(Object.isFrozen(settings.eia)).toBe(true)
  })

  it('put contango.yaml among the inputs only where it says something on which answers depend', () => {
    const waiting = configOf({ 'contango.yaml': 'lockWaitSeconds: 3\n' })
    void waiting.settings
    expect(waiting.files()).toEqual([])
    const ranking = configOf({ 'contango.yaml': 'sources:\n  priority: [csv, sim]\n' })
    void ranking.settings
    expect(ranking.files().map(({ file, origin }) => `${file} ${origin}`)).toEqual(['contango.yaml workspace'])
    const overruled = configOf(
      { 'contango.yaml': 'sources:\n  priority: [csv, sim]\n' },
      { env: { CONTANGO_SOURCES_PRIORITY: 'eia' } },
    )
    void overruled.settings
    expect(overruled.files()).toEqual([])
  })

  it('touch no file before they are asked for', () => {
    const config = configOf({ 'contango.yaml': '\tbroken' })
    expect(config.files()).toEqual([])
    expect(() => config.settings).toThrowError('contango.yaml:1')
  })

  it('ignore the user file where neither XDG_CONFIG_HOME nor HOME is set', () => {
    expect(configOf({}, { env: {} }).settings.logLevel).toBe('warn')
    const home = folderWith({ '.config/contango/config.yaml': 'logLevel: error\n' })
    expect(configOf({}, { env: { HOME: home } }).settings.logLevel).toBe('error')
    expect(configOf({}, { env: { HOME: home, XDG_CONFIG_HOME: join(home, 'other') } }).settings.logLevel).toBe('warn')
  })
})
