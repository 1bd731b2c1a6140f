import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { copyWorkspace } from '../support/copy-workspace.js'
import { packageRoot } from '../support/contango.js'

/** What a pipeline needs besides contango, and how one sees that it is there. */
const TOOLS: readonly { readonly word: RegExp; readonly name: string; readonly probe: readonly string[] }[] = [
  { word: /\bjq\b/, name: 'jq', probe: ['jq', '--version'] },
  { word: /\bpolars\b/, name: 'Polars', probe: ['python3', '-c', 'import polars'] },
]

const document = readFileSync(join(packageRoot, 'docs/shell.md'), 'utf8')
const pipelines = [...document.matchAll(/\n([^\n]+):\n\n```sh\n([^`]*?)\n```/g)].map(([, title, line]) => ({
  title,
  line,
}))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-pipelines-'))
  copyWorkspace(inject('simHome'), join(folder, 'home'))
  mkdirSync(join(folder, 'bin'))
  const tool = (name: string, script: string): void => {
    writeFileSync(
      join(folder, 'bin', name),
      `#!/bin/sh\nexec "${process.execPath}" "${join(packageRoot, script)}" "$@"\n`,
    )
    chmodSync(join(folder, 'bin', name), 0o755)
  }
  tool('contango', 'bin/run.js')
  tool('duckdb', 'test/support/duckdb-cli.mjs')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function missingTool(line: string): string | null {
  for (const { word, name, probe } of TOOLS) {
    if (word.test(line) && spawnSync(probe[0], probe.slice(1)).status !== 0) return name
  }
  return null
}

describe('the pipelines of docs/shell.md', () => {
  it('are ten', () => expect(pipelines).toHaveLength(10))

  for (const { title, line } of pipelines) {
    it(title, (context) => {
      const missing = missingTool(line)
      if (missing !== null) {
        console.log(`skipped: ${missing} is not on this machine`)
        context.skip()
      }
      const printed = execFileSync('bash', ['-c', `set -o pipefail; ${line}`], {
        cwd: join(folder, 'home'),
        env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, CONTANGO_HOME: undefined },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      expect(printed.trim()).not.toBe('')
      expect(printed).not.toMatch(/\b(null|NaN|undefined)\b/)
    })
  }
})
