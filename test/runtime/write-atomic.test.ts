import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeAtomic } from '../../src/lib/runtime/write-atomic.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('writeAtomic', () => {
  it('replaces a file whole', async () => {
    writeFileSync(join(folder, 'a.json'), 'old')
    await writeAtomic(join(folder, 'a.json'), 'new')
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['a.json'])
  })
  it('keeps the old file and leaves nothing behind when the run is stopped', async () => {
    writeFileSync(join(folder, 'a.json'), 'old')
    const controller = new AbortController()
    controller.abort(new Error('stopped'))
    await expect(writeAtomic(join(folder, 'a.json'), 'new', controller.signal)).rejects.toThrow('stopped')
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['a.json'])
  })
  it('names the file and the reason when the folder is missing', async () => {
    await expect(writeAtomic(join(folder, 'no', 'a.json'), 'x')).rejects.toMatchObject({
      kind: 'config',
      code: 'FOLDER_MISSING',
      message: 'cannot write a.json: its folder does not exist',
    })
  })
  it('does not write over a folder', async () => {
    await expect(writeAtomic(folder, 'x')).rejects.toMatchObject({ code: 'NOT_A_FILE' })
  })
})
