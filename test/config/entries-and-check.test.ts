import { describe, expect, it } from 'vitest'
import { issueText } from '../../src/lib/config/config-issue.js'
import { sections } from '../../src/lib/config/sections.js'
import { configOf } from './support.js'

const SPREAD = 'spreads:\n  - name: box\n    unit: USD/bbl\n    legs:\n      - {product: CL, weight: 1}\n'

describe('config entries', () => {
  it('are the settings alone where no name is given', () => {
    const keys = configOf({})
      .entries()
      .map(({ key }) => key)
    expect(keys.slice(0, 5)).toEqual([
      'sources.priority',
      'lockWaitSeconds',
      'logLevel',
      'eia.apiKeyFile',
      'eia.baseUrl',
    ])
    expect(keys).toContain('eia.apiKey')
    expect(keys.filter((key) => key.startsWith('spreads'))).toEqual([])
  })

  it('give the leaves of a section as its file writes them, each with its line', () => {
    const config = configOf({ 'config/spreads.yaml': SPREAD })
    expect(config.entries('spreads').map(({ key, value, origin }) => [key, value, origin])).toEqual([
      ['spreads.spreads.0.name', 'box', 'config/spreads.yaml:2'],
      ['spreads.spreads.0.unit', 'USD/bbl', 'config/spreads.yaml:3'],
      ['spreads.spreads.0.legs.0.product', 'CL', 'config/spreads.yaml:5'],
      ['spreads.spreads.0.legs.0.weight', 1, 'config/spreads.yaml:5'],
    ])
    expect(config.entries('spreads.spreads.0.legs').length).toBe(2)
  })

  it('give a setting and a section of the same first word together, and a setting alone without the section', () => {
    const keys = configOf({})
      .entries('eia')
      .map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(['eia.apiKeyFile', 'eia.baseUrl', 'eia.apiKey', 'eia.http.retries']))
    const broken = configOf({ 'config/eia.yaml': '[' })
    expect(broken.entries('eia.baseUrl').map(({ key }) => key)).toEqual(['eia.baseUrl'])
    expect(() => broken.entries('eia')).toThrowError('config/eia.yaml:1')
  })

  it('mark the built-in file', () => {
    expect(configOf({}).entries('analytics.curveRanks')).toEqual([
      {
        key: 'analytics.curveRanks',
        value: 12,
        origin: expect.stringMatching(/^built-in config\/analytics\.yaml:\d+$/),
      },
    ])
  })

  it('are none for a name that nothing has', () => {
    expect(configOf({}).entries('lockWait')).toEqual([])
    expect(configOf({}).names).toEqual(expect.arrayContaining(['sources', 'lockWaitSeconds', 'eia', 'spreads']))
  })
})

describe('config check', () => {
  it('lists every file in force', () => {
    const { files, issues, unknown } = configOf({ 'config/spreads.yaml': SPREAD }).check()
    expect(issues).toEqual([])
    expect(unknown).toEqual([])
    expect(files.map(({ file, origin }) => [file, origin])).toEqual([
      ['contango.yaml', 'workspace'],
      ...Object.values(sections).map(({ file }) => [
        `config/${file}`,
        file === 'spreads.yaml' ? 'workspace' : 'built-in',
      ]),
    ])
  })

  it('goes on after the first mistake: settings, two sections and a secret in one go', () => {
    const { issues } = configOf(
      {
        'contango.yaml': 'lockWaitSeconds: x\n',
        'config/spreads.yaml': 'spreads: []\n',
        'config/analytics.yaml': 'a: 1\na: 2\n',
      },
      { env: { EIA_API_KEY_FILE: 'gone.key' } },
    ).check()
    expect(issues.map(issueText)).toEqual([
      'contango.yaml:1:18 lockWaitSeconds: expected number, received string',
      'secret EIA_API_KEY the file eia.apiKeyFile for EIA_API_KEY does not exist',
      'config/analytics.yaml:2:1 the key stands twice in this mapping',
      expect.stringMatching(/^config\/spreads\.yaml:1:1 spreads: Too small/),
    ])
  })

  it('flags files that nothing reads, dot files and a README apart', () => {
    const { unknown } = configOf({
      'config/spread.yaml': '',
      'config/spreads.yml': '',
      'config/README.md': '',
      'config/.spreads.yaml.swp': '',
    }).check()
    expect(unknown).toEqual(['spread.yaml', 'spreads.yml'])
  })
})
