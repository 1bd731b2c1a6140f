import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findWorkspace } from '../../src/lib/config/workspace.js'
import { folderWith, packageRoot } from './support.js'

const installed = (): string =>
  join(folderWith({ 'node_modules/contango/package.json': '{"name":"contango"}' }), 'node_modules/contango')

describe('findWorkspace', () => {
  it('takes the nearest folder upward that has a contango.yaml', () => {
    const outer = folderWith({ 'contango.yaml': '', 'desk/contango.yaml': '' })
    mkdirSync(join(outer, 'desk/notes/2024'), { recursive: true })
    const workspace = findWorkspace({ cwd: join(outer, 'desk/notes/2024'), env: {}, packageRoot: installed() })
    expect(workspace).toEqual({
      home: join(outer, 'desk'),
      configDir: join(outer, 'desk/config'),
      dataDir: join(outer, 'desk/data'),
      reportsDir: join(outer, 'desk/reports'),
      settingsFile: join(outer, 'desk/contango.yaml'),
      origin: 'contango.yaml',
    })
  })

  it('prefers --home to CONTANGO_HOME, and that to the current folder', () => {
    const [here, named, flagged] = [0, 1, 2].map(() => folderWith({ 'contango.yaml': '' }))
    const env = { CONTANGO_HOME: named }
    const search = { cwd: here, packageRoot: installed() }
    expect(findWorkspace({ ...search, env, homeFlag: flagged })).toMatchObject({ home: flagged, origin: '--home' })
    expect(findWorkspace({ ...search, env })).toMatchObject({ home: named, origin: 'CONTANGO_HOME' })
    expect(findWorkspace({ ...search, env: { CONTANGO_HOME: '' } }).home).toBe(here)
  })

  it('resolves --home against the current folder', () => {
    const here = folderWith({ 'desk/contango.yaml': '' })
    expect(findWorkspace({ cwd: here, env: {}, homeFlag: 'desk', packageRoot: installed() }).home).toBe(
      join(here, 'desk'),
    )
  })

  it('never looks elsewhere when --home or CONTANGO_HOME names no workspace', () => {
    const here = folderWith({ 'contango.yaml': '', 'empty/x.txt': '' })
    const search = { cwd: here, packageRoot }
    expect(() => findWorkspace({ ...search, env: {}, homeFlag: 'empty' })).toThrowError(
      expect.objectContaining({
        kind: 'config',
        code: 'NOT_A_WORKSPACE',
        message: '--home names "empty", which has no contango.yaml',
        hint: 'contango init empty makes it a workspace',
      }),
    )
    expect(() => findWorkspace({ ...search, env: { CONTANGO_HOME: 'gone' } })).toThrowError(
      'CONTANGO_HOME names "gone", which does not exist',
    )
  })

  it('falls back to the clone, but never to an installed package', () => {
    const nowhere = folderWith()
    expect(findWorkspace({ cwd: nowhere, env: {}, packageRoot })).toMatchObject({ home: packageRoot, origin: 'clone' })
    expect(() => findWorkspace({ cwd: nowhere, env: {}, packageRoot: installed() })).toThrowError(
      expect.objectContaining({
        kind: 'config',
        code: 'NO_WORKSPACE',
        hint: expect.stringContaining('contango init DIR'),
      }),
    )
  })

  it('says so where --home names a file', () => {
    const here = folderWith({ 'notes.txt': '' })
    expect(() => findWorkspace({ cwd: here, env: {}, homeFlag: 'notes.txt', packageRoot })).toThrowError(
      '--home names "notes.txt", which has no contango.yaml',
    )
  })

  it('takes a folder named contango.yaml for no workspace', () => {
    const odd = folderWith({ 'contango.yaml/readme.txt': '' })
    expect(() => findWorkspace({ cwd: odd, env: {}, packageRoot: installed() })).toThrowError('no contango.yaml')
  })
})
