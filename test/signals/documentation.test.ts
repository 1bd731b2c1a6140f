import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { plainTable } from '../support/plain-table.js'
import { signalsTables } from './signals-table.js'

const page = fileURLToPath(new URL('../../docs/signals.md', import.meta.url))
const HEADING = '### Technical'

it('docs/signals.md has the tables of the registry (UPDATE_GOLDEN=1 writes them)', () => {
  const text = readFileSync(page, 'utf8')
  const at = text.indexOf(HEADING)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(page, `${text.slice(0, at)}${signalsTables()}`)
  else expect(plainTable(text.slice(at))).toBe(plainTable(signalsTables()))
})
