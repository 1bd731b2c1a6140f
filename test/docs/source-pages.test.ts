import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../support/contango.js'

const manifest = JSON.parse(readFileSync(join(packageRoot, 'oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, unknown>
}
/** `fetch X` whose page has another name. */
const PAGES: Readonly<Record<string, string>> = { sim: 'simulator.md', 'opec-quotas': 'sources-opec.md' }
/** These fetch nothing of their own. */
const NO_SOURCE = ['all', 'status']
const sources = Object.keys(manifest.commands)
  .filter((id) => id.startsWith('fetch:'))
  .map((id) => id.slice('fetch:'.length))
  .filter((name) => !NO_SOURCE.includes(name))

describe('the page of a source', () => {
  it('stands in the list of the README', () => {
    const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8')
    for (const file of readdirSync(join(packageRoot, 'docs')).filter((name) => /^(sources-|simulator)/.test(name)))
      expect(readme).toContain(`docs/${file}`)
  })

  it.each(sources)(
    'of fetch %s says how to get access, what is fetched, what its numbers mean, and its traps',
    (name) => {
      const page = readFileSync(join(packageRoot, 'docs', PAGES[name] ?? `sources-${name}.md`), 'utf8')
      const sections = page.split(/^## /m).slice(1)
      for (const title of ['Access', 'What is fetched', 'What the numbers mean', 'Traps']) {
        const section = sections.find((text) => text.startsWith(title))
        expect(section, title).toBeDefined()
        expect(section!.split('\n').slice(1).join('').trim().length, title).toBeGreaterThan(60)
      }
    },
  )
})
