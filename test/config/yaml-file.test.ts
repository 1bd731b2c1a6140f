import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { issueText } from '../../src/lib/config/config-issue.js'
import { validateYaml } from '../../src/lib/config/validate-yaml.js'
import { readYamlFile } from '../../src/lib/config/yaml-file.js'
import { asOrdinaryUser, folderWith } from './support.js'

function read(content: string | Uint8Array) {
  const result = readYamlFile(join(folderWith({ 'x.yaml': content }), 'x.yaml'), 'x.yaml')
  if (result === null) throw new Error('the file is there')
  return result
}

/** The mistakes of a file as text; empty where it parses. */
function mistakes(content: string | Uint8Array): string[] {
  const result = read(content)
  return result.ok ? [] : result.issues.map(issueText)
}

describe('readYamlFile', () => {
  it('is null where there is no file', () => {
    expect(readYamlFile(join(folderWith(), 'x.yaml'), 'x.yaml')).toBeNull()
    expect(readYamlFile(join(folderWith({ x: '' }), 'x/x.yaml'), 'x.yaml')).toBeNull()
  })

  it('fingerprints the bytes', () => {
    const result = read('a: 1\n')
    // printf 'a: 1\n' | sha256sum
    expect(result.ok && result.value.sha256).toBe('37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae')
  })

  it('reads YAML 1.2: yes is a word, 0o17 a number, a date a text', () => {
    const result = read('a: yes\nb: 0o17\nc: 2024-01-02\n')
    expect(result.ok && result.value.value).toEqual({ a: 'yes', b: 15, c: '2024-01-02' })
  })

  it('does not mind a byte order mark or CRLF, and counts lines and columns without them', () => {
    const result = read('\uFEFFa: 1\r\nb:\r\n  c: x\r\n')
    if (!result.ok) throw new Error('parses')
    expect(result.value.value).toEqual({ a: 1, b: { c: 'x' } })
    expect(result.value.positionOf(['a'], 'key')).toEqual({ line: 1, column: 1 })
    expect(result.value.positionOf(['b', 'c'])).toEqual({ line: 3, column: 6 })
  })

  it('holds null where there is nothing but comments', () => {
    for (const text of ['', '# x\n', '---\n', '\n\n']) {
      const result = read(text)
      expect(result.ok && result.value.value, JSON.stringify(text)).toBeNull()
    }
  })

  it('names the line and column of what YAML refuses', () => {
    expect(mistakes('a: 1\nb: 2\na: 3\n')).toEqual(['x.yaml:3:1 the key stands twice in this mapping'])
    expect(mistakes('a:\n\t b: 1\n')).toEqual(['x.yaml:2:1 a tab cannot indent YAML; use spaces'])
    expect(mistakes('a: 1\n---\nb: 2\n')).toEqual(['x.yaml:2:1 one document per file; take the --- away'])
    expect(mistakes('? [a]\n: b\n')).toEqual(['x.yaml:1:3 a key must be plain text'])
    expect(mistakes('a: !!js/function x\n')[0]).toMatch(/^x\.yaml:1:4 Unresolved tag/)
    expect(mistakes('a: 1\nb: *c\n')).toEqual(['x.yaml:2:4 *c repeats something that no &c above it names'])
    expect(mistakes('a: &a [1, *a]\n')).toEqual(['x.yaml:1:11 *a stands inside the value that it repeats'])
    expect(mistakes('a: [1, 2\nb: 3\n')[0]).toMatch(/^x\.yaml:2:1 /)
  })

  it('refuses an alias bomb', () => {
    const levels = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 9; i++) {
      const [name, below] = [String.fromCharCode(97 + i), String.fromCharCode(96 + i)]
      levels.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${below}`).join(', ')}]`)
    }
    expect(mistakes(levels.join('\n'))).toEqual(['x.yaml repeats aliases too often; write the values out'])
  })

  it('refuses nesting that would exhaust the stack, as brackets, dashes or indentation', () => {
    expect(mistakes('['.repeat(200_000))).toEqual(['x.yaml:1:1 is nested deeper than 64 levels'])
    expect(mistakes(`a: 1\nb: ${'- '.repeat(100)}`)[0]).toMatch(/^x\.yaml:2/)
    expect(mistakes(`a: 1\n${'- '.repeat(50_000)}x`)).toEqual(['x.yaml:2:1 is nested deeper than 64 levels'])
    const stairs = Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')
    expect(mistakes(stairs)).toEqual(['x.yaml:130:1 is nested deeper than 64 levels'])
    expect(mistakes(`${'['.repeat(60)}${']'.repeat(60)}`)).toEqual([])
  })

  it('refuses more than 1 MiB, bytes that are not UTF-8, a folder and a dangling link', () => {
    expect(mistakes(`# ${'x'.repeat(1024 * 1024)}`)).toEqual(['x.yaml is larger than 1 MiB (1048578 bytes)'])
    expect(mistakes(Uint8Array.of(0x61, 0x3a, 0x20, 0xff))).toEqual(['x.yaml is not UTF-8 text'])
    const folder = folderWith()
    mkdirSync(join(folder, 'f.yaml'))
    symlinkSync(join(folder, 'gone'), join(folder, 'l.yaml'))
    for (const [name, says] of [
      ['f.yaml', 'is not a file'],
      ['l.yaml', 'is a link to a file that does not exist'],
    ]) {
      const result = readYamlFile(join(folder, name), name)
      expect(result?.ok === false && result.issues.map(issueText)).toEqual([`${name} ${says}`])
    }
  })

  it('says so where permission is denied', async () => {
    const folder = folderWith({ 'x.yaml': 'a: 1' })
    chmodSync(folder, 0o755)
    chmodSync(join(folder, 'x.yaml'), 0o000)
    const result = await asOrdinaryUser(() => readYamlFile(join(folder, 'x.yaml'), 'x.yaml'))
    expect(result?.ok === false && result.issues.map(issueText)).toEqual(['x.yaml cannot be read (EACCES)'])
  })

  it('gives __proto__ no power', () => {
    const result = read('__proto__: {polluted: true}\n')
    expect(result.ok && Object.keys(result.value.value as object)).toEqual(['__proto__'])
    expect('polluted' in {}).toBe(false)
  })
})

describe('validateYaml', () => {
  const schema = z.strictObject({
    legs: z.array(
      z.strictObject({ product: z.enum(['CL', 'HO']), weight: z.number(), size: z.union([z.number(), z.string()]) }),
    ),
    dates: z.record(z.string().regex(/^\d{4}$/, 'a year'), z.string()).optional(),
    rule: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('a'), days: z.number() }),
        z.strictObject({ kind: z.literal('b') }),
      ])
      .optional(),
  })
  const validate = (text: string): string[] => {
    const file = read(text)
    if (!file.ok) throw new Error('parses')
    const result = validateYaml(file.value, schema)
    return result.ok ? [] : result.issues.map(issueText)
  }

  it('points at the value that is wrong', () => {
    expect(validate('legs:\n  - product: CL\n    weight: two\n    size: 1\n')).toEqual([
      'x.yaml:3:13 legs.0.weight: expected number, received string',
    ])
    expect(validate('legs: [{product: XX, weight: 1, size: 1}]\n')).toEqual([
      'x.yaml:1:18 legs.0.product: expected one of "CL"|"HO"',
    ])
  })

  it('points at the mapping where a key is missing, and at the key that is unknown', () => {
    expect(validate('legs:\n  - product: CL\n    wieght: 2\n    size: 1\n')).toEqual([
      'x.yaml:2:5 legs.0.weight: is missing (expected number)',
      'x.yaml:3:5 legs.0.wieght: unknown key',
    ])
  })

  it('looks through aliases', () => {
    expect(validate('dates: &d\n  "2020": 5\nlegs: []\n')).toEqual([
      'x.yaml:2:11 dates.2020: expected string, received number',
    ])
    expect(validate('legs:\n  - &leg {product: CL, weight: x, size: 1}\n  - *leg\n')).toEqual([
      'x.yaml:2:32 legs.0.weight: expected number, received string',
      'x.yaml:2:32 legs.1.weight: expected number, received string',
    ])
  })

  it('says what a key must be, and which alternative a value came near to', () => {
    expect(validate('legs: []\ndates:\n  soon: x\n')).toEqual(['x.yaml:3:3 dates.soon: a year'])
    expect(validate('legs:\n  - product: CL\n    weight: 1\n    size: [1]\n')).toEqual([
      'x.yaml:4:5 legs.0.size: expected number, received array, or expected string, received array',
    ])
    expect(validate('legs: []\nrule: {kind: a}\n')).toEqual(['x.yaml:2:7 rule.days: is missing (expected number)'])
    expect(validate('legs: []\nrule:\n  kind: c\n')[0]).toMatch(/^x\.yaml:3:9 rule\.kind: /)
  })

  it('says that an empty file is empty', () => {
    expect(validate('# nothing\n')).toEqual(['x.yaml is empty'])
  })

  it('names the type that stands where a mapping belongs', () => {
    expect(validate('- 1\n')).toEqual(['x.yaml:1:1 expected object, received array'])
  })
})
