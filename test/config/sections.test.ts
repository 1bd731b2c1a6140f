import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/lib/config/create-config.js'
import { deepFreeze } from '../../src/lib/config/deep-freeze.js'
import { sections } from '../../src/lib/config/sections.js'
import { readYamlFile } from '../../src/lib/config/yaml-file.js'
import { configOf, packageRoot } from './support.js'

const builtIn = (file: string): string => readFileSync(join(packageRoot, 'config', file), 'utf8')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('sections', () => {
  it('come from the workspace file where there is one, else from the built-in one, whole', () => {
    const own =
      'spreads:\n  - name: my-box\n    unit: USD/bbl\n    legs: [{product: CL, weight: 1}, {product: BRN, weight: -1}]\n'
    const config = configOf({ 'config/spreads.yaml': own })
    expect(config.spreads.spreads.map(({ name }) => name)).toEqual(['my-box'])
    expect(config.analytics.carry.financingRate).toBe(0.05)
    expect(config.files()).toEqual([
      { file: 'config/spreads.yaml', sha256: sha256(own), origin: 'workspace' },
      { file: 'config/analytics.yaml', sha256: sha256(builtIn('analytics.yaml')), origin: 'built-in' },
    ])
  })

  it('are read only when touched: a broken file harms no command that does not use it', () => {
    const config = configOf({ 'config/spreads.yaml': 'spreads: 5\n' })
    expect(config.analytics.curveRanks).toBe(12)
    expect(config.files().map(({ file }) => file)).toEqual(['config/analytics.yaml'])
    for (let i = 0; i < 2; i++) {
      expect(() => config.spreads).toThrowError(
        expect.objectContaining({
          kind: 'config',
          code: 'BAD_CONFIG',
          message: 'config/spreads.yaml:1:10 spreads: expected array, received number',
        }),
      )
    }
  })

  it('do not fall back to the built-in file where the own one is empty', () => {
    expect(() => configOf({ 'config/spreads.yaml': '# all gone\n' }).spreads).toThrowError(
      'config/spreads.yaml is empty',
    )
  })

  it('are there without a workspace', () => {
    const config = loadConfig({ workspace: null, env: {}, flags: {}, packageRoot })
    expect(config.analytics.volatility.daysPerYear).toBe(252)
    expect(config.files()[0].origin).toBe('built-in')
  })

  it('are one object however often they are touched, and nobody can change it', () => {
    const config = configOf({})
    expect(config.spreads).toBe(config.spreads)
    expect(() => Object.assign(config.spreads.spreads[0], { name: 'x' })).toThrow(TypeError)
    expect(() => config.spreads.spreads.pop()).toThrow(TypeError)
    expect(() => Object.assign(config, { spreads: 1 })).toThrow(TypeError)
  })

  it('are called after their file, and every built-in file passes its schema', () => {
    const config = configOf({})
    for (const [name, { file, name: own }] of Object.entries(sections)) {
      expect([own, file]).toEqual([name, `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}.yaml`])
      expect(Object.isFrozen((config as unknown as Record<string, unknown>)[name]), name).toBe(true) // by name
    }
  })
})

describe('the built-in files', () => {
  it('survive the JSON text in which the build keeps them', () => {
    for (const { file } of Object.values(sections)) {
      const read = readYamlFile(join(packageRoot, 'config', file), file)
      const value = read?.ok ? read.value.value : null
      expect(value, file).not.toBeNull()
      expect(JSON.parse(JSON.stringify(value)), file).toEqual(value)
    }
  })
})

describe('deepFreeze', () => {
  it('freezes maps and sets too, and leaves typed arrays as they are', () => {
    const value = deepFreeze({ map: new Map([[1, { a: 1 }]]), set: new Set([1]), column: new Float64Array(2) })
    expect(() => value.map.set(2, { a: 2 })).toThrow('frozen')
    expect(() => value.map.clear()).toThrow('frozen')
    expect(() => value.set.add(2)).toThrow('frozen')
    expect(Object.isFrozen(value.map.get(1))).toBe(true)
    expect(value.map.size).toBe(1)
    value.column[0] = 5
    expect(value.column[0]).toBe(5)
  })
})
