import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRedactor } from '../../../src/lib/runtime/redact.js'
import { createDiskCache, type DiskCacheOptions } from '../../../src/lib/sources/http/disk-cache.js'

const KEY = 'Secret0Key1'
const URL_A = `https://api.example.com/v2/a/data/?api_key=${KEY}&offset=0`
const URL_B = `https://api.example.com/v2/b/data/?api_key=${KEY}&offset=0`
const { signal } = new AbortController()

let folder: string
let nowMs: number
let troubles: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-http-cache-'))
  nowMs = 1_700_000_000_000
  troubles = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const cacheWith = (changes: Partial<DiskCacheOptions> = {}): ReturnType<typeof createDiskCache> =>
  createDiskCache({
    folder: join(folder, 'http'),
    maxBytes: 10_000,
    reading: true,
    redact: createRedactor([KEY]),
    clock: { nowMs: () => nowMs },
    onTrouble: (message) => troubles.push(message),
    ...changes,
  })
const files = (): string[] => readdirSync(join(folder, 'http')).sort()

describe('disk cache', () => {
  it('gives an answer back until it is as old as the data set allows', async () => {
    const cache = cacheWith()
    await cache.write(URL_A, '{"a":1}', signal)
    nowMs += 59_999
    expect(await cache.read(URL_A, 60_000)).toEqual({ body: '{"a":1}', storedAtMs: 1_700_000_000_000 })
    nowMs += 1
    expect(await cache.read(URL_A, 60_000)).toBeNull()
    expect(await cache.read(URL_B, 60_000)).toBeNull()
    expect(await cache.read(URL_A, 0)).toBeNull()
  })

  it('holds the key neither in a name nor in a file, though the vendor echoes it', async () => {
    await cacheWith().write(URL_A, `{"request":{"params":{"api_key":"${KEY}","x":"${KEY}"}}}`, signal)
    const [name] = files()
    expect(name).toMatch(/^[0-9a-f]{64}\.cache$/)
    const text = readFileSync(join(folder, 'http', name), 'utf8')
    expect(text).not.toContain(KEY)
    expect(text).toContain('"api_key":"***"')
  })

  it('finds the answer again under another key: only what was asked for counts', async () => {
    await cacheWith().write(URL_A, '{}', signal)
    const other = cacheWith({ redact: createRedactor(['AnotherKey']) })
    expect(await other.read(URL_A.replace(KEY, 'AnotherKey'), 60_000)).not.toBeNull()
  })

  it('reads nothing under --no-cache, and still keeps the new answer', async () => {
    await cacheWith().write(URL_A, '{"old":1}', signal)
    const bypassing = cacheWith({ reading: false })
    expect(await bypassing.read(URL_A, 60_000)).toBeNull()
    await bypassing.write(URL_A, '{"new":1}', signal)
    expect((await cacheWith().read(URL_A, 60_000))?.body).toBe('{"new":1}')
  })

  it('takes a file that was cut, scribbled over or dated tomorrow for no answer', async () => {
    const cache = cacheWith()
    await cache.write(URL_A, '{"a":"€"}', signal)
    const path = join(folder, 'http', files()[0])
    const whole = readFileSync(path)
    writeFileSync(path, whole.subarray(0, whole.length - 1))
    expect(await cache.read(URL_A, 60_000)).toBeNull()
    writeFileSync(path, 'null\n{}')
    expect(await cache.read(URL_A, 60_000)).toBeNull()
    writeFileSync(path, whole)
    expect(await cache.read(URL_A, 60_000)).not.toBeNull()
    nowMs -= 1
    expect(await cache.read(URL_A, 60_000)).toBeNull()
  })

  it('drops the oldest answers once the folder is over its bound', async () => {
    const cache = cacheWith({ maxBytes: 2500 })
    const urls = Array.from({ length: 5 }, (_, i) => `https://api.example.com/${i}`)
    for (const [i, url] of urls.entries()) {
      const before = new Set(i === 0 ? [] : files())
      await cache.write(url, 'x'.repeat(1000), signal)
      const [added] = files().filter((name) => !before.has(name))
      utimesSync(join(folder, 'http', added), 1000 + i, 1000 + i)
    }
    await cache.prune()
    const kept = await Promise.all(urls.map((url) => cache.read(url, 60_000)))
    expect(kept.map((one) => one !== null)).toEqual([false, false, false, true, true])
  })

  it('never ends a run: a folder that cannot be made is a remark', async () => {
    writeFileSync(join(folder, 'http'), 'a file in the way')
    const cache = cacheWith()
    await cache.write(URL_A, '{}', signal)
    await cache.prune()
    expect(await cache.read(URL_A, 60_000)).toBeNull()
    expect(troubles.length).toBeGreaterThan(0)
  })
})
