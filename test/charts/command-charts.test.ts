import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, it } from 'vitest'
import { contango } from '../support/contango.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-charts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each(['svg', 'png', 'html', 'vl.json'])(
  'curve --chart writes the same %s in two processes under two zones and locales',
  async (ending) => {
    const draw = async (zone: string, locale: string): Promise<string> => {
      const file = join(folder, `curve.${ending}`)
      const env = { TZ: zone, LANG: locale, LC_ALL: locale }
      const { code, stderr } = await contango(['curve', 'wti', '--chart', '-o', file], { home: inject('simHome'), env })
      expect([code, stderr]).toEqual([0, expect.stringContaining(`wrote curve.${ending}`)])
      return createHash('sha256').update(readFileSync(file)).digest('hex')
    }
    expect(await draw('Pacific/Kiritimati', 'de_DE.UTF-8')).toBe(await draw('America/Los_Angeles', 'C'))
  },
)
