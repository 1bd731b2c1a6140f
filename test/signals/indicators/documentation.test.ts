import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { plainTable } from '../../support/plain-table.js'
import { indicatorsTable } from './indicators-table.js'

const page = fileURLToPath(new URL('../../../docs/indicators.md', import.meta.url))

it('docs/indicators.md has the table of the registry (UPDATE_GOLDEN=1 writes it)', () => {
  const text = readFileSync(page, 'utf8')
  const written = text.slice(text.search(/^\| name +\| what/m)).trimEnd()
  if (process.env['UPDATE_GOLDEN'] === '1')
    writeFileSync(
      page,
      text.replace(written, () => indicatorsTable()),
    )
  else expect(plainTable(written)).toBe(plainTable(indicatorsTable()))
})
