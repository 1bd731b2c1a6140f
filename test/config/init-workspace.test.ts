import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/lib/config/create-config.js'
import { initWorkspace } from '../../src/lib/config/init-workspace.js'
import { findWorkspace } from '../../src/lib/config/workspace.js'
import { workspaceTemplate } from '../../src/lib/config/workspace-template.js'
import { asOrdinaryUser, folderWith, packageRoot } from './support.js'

const init = (home: string, options: { dryRun?: boolean; signal?: AbortSignal } = {}) =>
  initWorkspace({ home, typed: 'desk', packageRoot, dryRun: false, signal: new AbortController().signal, ...options })

describe('initWorkspace', () => {
  it('makes a workspace whose configuration is valid and equals the built-in one', async () => {
    const home = join(folderWith(), 'a/desk')
    const { created, files } = await init(home)
    expect(created).toBe(true)
    expect(files.at(-1)).toBe('contango.yaml')
    for (const file of files) expect(existsSync(join(home, file)), file).toBe(true)
    const workspace = findWorkspace({ cwd: home, env: {}, packageRoot })
    const config = loadConfig({ workspace, env: {}, flags: {}, packageRoot })
    expect(config.check().issues).toEqual([])
    expect(config.check().unknown).toEqual([])
    expect(config.settings.lockWaitSeconds).toBe(10)
    for (const name of readdirSync(join(packageRoot, 'config')).filter((file) => file.endsWith('.yaml'))) {
      expect(readFileSync(join(home, 'config', name), 'utf8')).toBe(
        readFileSync(join(packageRoot, 'config', name), 'utf8'),
      )
    }
  })

  it('leaves a workspace as it is, however often it is asked', async () => {
    const home = folderWith({ 'contango.yaml': 'logLevel: info\n', 'notes.txt': 'mine' })
    expect(await init(home)).toEqual({ created: false, files: [] })
    expect(readdirSync(home).sort()).toEqual(['contango.yaml', 'notes.txt'])
  })

  it('takes an empty folder, and one of dot files, which it does not overwrite', async () => {
    expect((await init(folderWith())).files).toContain('.gitignore')
    const home = folderWith({ '.git/HEAD': 'x', '.gitignore': 'mine\n' })
    expect((await init(home)).files).not.toContain('.gitignore')
    expect(readFileSync(join(home, '.gitignore'), 'utf8')).toBe('mine\n')
  })

  it('refuses a folder that holds something else, and a file', async () => {
    const home = folderWith({ 'notes.txt': '' })
    await expect(init(home)).rejects.toMatchObject({ kind: 'usage', code: 'FOLDER_NOT_EMPTY' })
    await expect(init(join(home, 'notes.txt'))).rejects.toMatchObject({ kind: 'usage', code: 'NOT_A_FOLDER' })
    expect(readdirSync(home)).toEqual(['notes.txt'])
  })

  it('makes nothing on a dry run, and says what it would make', async () => {
    const home = join(folderWith(), 'desk')
    const dry = await init(home, { dryRun: true })
    expect(existsSync(home)).toBe(false)
    expect((await init(home)).files).toEqual(dry.files)
  })

  it('takes away what it made when it is interrupted', async () => {
    const home = join(folderWith(), 'desk')
    const abort = new AbortController()
    const running = init(home, { signal: abort.signal })
    setImmediate(() => abort.abort(new Error('SIGINT')))
    await expect(running).rejects.toThrow('SIGINT')
    expect(existsSync(home)).toBe(false)
  })

  it('says that the folder cannot be written', async () => {
    const above = folderWith()
    chmodSync(above, 0o555)
    const made = asOrdinaryUser(() => init(join(above, 'desk')))
    await expect(made).rejects.toMatchObject({ kind: 'config', code: 'NOT_WRITABLE' })
    chmodSync(above, 0o755)
  })
})

describe('the clone', () => {
  it('is a workspace like one that init makes', () => {
    for (const [name, text] of workspaceTemplate()) {
      if (name !== '.gitignore') expect(readFileSync(join(packageRoot, name), 'utf8'), name).toBe(text)
    }
  })

  it('states each default in contango.yaml as it is: with the comment marks gone, nothing changes', () => {
    const text = workspaceTemplate()
      .get('contango.yaml')!
      .split('\n')
      .slice(3)
      .map((line) => line.replace(/^# /, ''))
      .join('\n')
    const home = folderWith({ 'contango.yaml': text })
    const workspace = findWorkspace({ cwd: home, env: {}, packageRoot })
    const uncommented = loadConfig({ workspace, env: {}, flags: {}, packageRoot })
    const defaults = loadConfig({ workspace: null, env: {}, flags: {}, packageRoot })
    expect(uncommented.settings).toEqual(defaults.settings)
    expect(uncommented.entries('lockWaitSeconds')[0].origin).toMatch(/^contango\.yaml:\d+$/)
  })
})
