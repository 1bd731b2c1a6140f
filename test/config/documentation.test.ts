import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sections } from '../../src/lib/config/sections.js'
import { settingLeaves } from '../../src/lib/config/settings-schema.js'
import { packageRoot } from './support.js'

const page = readFileSync(join(packageRoot, 'docs/configuration.md'), 'utf8')

/** The cells of the table below a heading. */
function tableBelow(heading: string): string[][] {
  const section = page.split(`## ${heading}\n`)[1].split('\n## ')[0]
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

describe('docs/configuration.md', () => {
  it('lists every setting with its variable, default and meaning', () => {
    const rows = settingLeaves.map(({ key, env, fallback, about }) => [
      `\`${key}\``,
      `\`${env}\``,
      `\`${Array.isArray(fallback) ? `[${fallback.join(', ')}]` : String(fallback)}\``,
      about,
    ])
    expect(tableBelow('Settings')).toEqual(rows)
  })

  it('lists every section of config/', () => {
    const files = Object.values(sections).map(({ file }) => `\`${file}\``)
    expect(tableBelow('Sections').map(([file]) => file)).toEqual(files)
  })
})
