import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, it } from 'vitest'
import { contango } from '../support/contango.js'
import { inside } from '../support/inside.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-charts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each(['svg', 'png', 'html', 'vl.json'])(
  'curve --chart writes the same %s in another process under another zone and locale',
  async (ending) => {
    const draw = async (run: typeof contango | typeof inside, env: Record<string, string>): Promise<string> => {
      const file = join(folder, `curve.${ending}`)
      const { code, stderr } = await run(['curve', 'wti', '--chart', '-o', file], { home: inject('simHome'), env })
      expect([code, stderr]).toEqual([0, expect.stringContaining(`wrote curve.${ending}`)])
      return createHash('sha256').update(readFileSync(file)).digest('hex')
    }
    const elsewhere = { TZ: 'America/Los_Angeles', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }
    expect(await draw(contango, elsewhere)).toBe(await draw(inside, {})) // inside: Pacific/Kiritimati
  },
)
