import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { packageRoot } from '../support/contango.js'
import { jobWorkspace, type JobWorkspace } from './job-workspace.js'

let place: JobWorkspace
beforeAll(() => {
  place = jobWorkspace(inject('simHome'))
})
afterAll(() => place.remove())

const page = readFileSync(join(packageRoot, 'docs/jobs.md'), 'utf8')

describe('docs/jobs.md', () => {
  it('its job runs as it stands', async () => {
    place.job('evening', page.split('```yaml\n')[1].split('```')[0])
    const { code, document } = await place.document(['run', 'evening'])
    expect([0, 10], JSON.stringify(document)).toContain(code)
    expect(document.data.title).toBe('Evening')
    expect(document.data.steps.map(({ id, status }) => [id, status])).toEqual([
      ['positions', 'ok'],
      ['curves.wti', 'ok'],
      ['curves.brent', 'ok'],
      ['var', expect.stringMatching(/ok|tripped/)],
      ['stress', 'ok'],
    ])
  })

  it('its mistakes are said as it says', async () => {
    const said = page.split('error: 2 mistakes in the configuration\n')[1].split('```')[0].trimEnd()
    place.job(
      'evening',
      [
        'name: Evening',
        'vars: {}',
        'steps:',
        '  - id: curve',
        '    # a typo',
        '    command: curv wti',
        '  - id: var',
        '    command: var --book example',
        '    with: { methd: normal }',
        '',
      ].join('\n'),
    )
    const { stderr } = await place.run(['run', 'validate', 'evening'])
    expect(stderr).toContain(`error: 2 mistakes in the configuration\n${said}`)
  })

  it('names every key of a step', () => {
    const schema = JSON.parse(
      readFileSync(join(packageRoot, 'schemas/contango.job.1.schema.json'), 'utf8'),
    ) as JobFileSchema
    for (const key of Object.keys(schema.properties.steps.items.properties)) expect(page).toContain(`\`${key}\``)
    for (const key of Object.keys(schema.properties))
      if (!key.startsWith('$') && key !== 'title') expect(page).toContain(`\`${key}\``)
  })
})

interface JobFileSchema {
  readonly properties: {
    readonly steps: {
      readonly items: {
        readonly properties: Readonly<Record<string, unknown>>
        readonly allOf: readonly {
          readonly if: {
            readonly properties: { readonly command: { readonly anyOf: readonly [{ readonly pattern: string }] } }
          }
          readonly then: {
            readonly properties: { readonly with: { readonly properties: Readonly<Record<string, unknown>> } }
          }
        }[]
      }
    }
  }
}

describe('the JSON Schema of job files', () => {
  const schema = JSON.parse(
    readFileSync(join(packageRoot, 'schemas/contango.job.1.schema.json'), 'utf8'),
  ) as JobFileSchema
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, { id: string; args: object; flags: Record<string, { helpGroup?: string }> }>
  }
  const branches = schema.properties.steps.items.allOf.map((branch) => ({
    command: new RegExp(branch.if.properties.command.anyOf[0].pattern),
    names: Object.keys(branch.then.properties.with.properties),
  }))

  for (const { id, args, flags } of Object.values(manifest.commands)) {
    const line = id.replaceAll(':', ' ')
    it(`knows the flags and arguments of ${line}, and of no other command there`, () => {
      for (const text of [line, `contango ${line} x --json`]) {
        const found = branches.filter(({ command }) => command.test(text))
        expect(found).toHaveLength(1)
        const own = Object.keys(flags).filter((name) => flags[name].helpGroup !== 'GLOBAL')
        expect([...found[0].names].sort()).toEqual([...new Set([...Object.keys(args), ...own])].sort())
      }
    })
  }
})
